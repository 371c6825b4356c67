import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { privately, useBot } from './harness.ts';

const bot = useBot();
const NOBODY_KNOWS = '红烧肉怎么做';

/** All that stands in the database's files, journal included: more than any query shows. */
async function kept(): Promise<string> {
  await bot().settled();
  const files = await Promise.all(['', '-wal'].map((end) => readFile(`${bot().database}${end}`).catch(() => '')));
  return files.map((bytes) => bytes.toString('utf8')).join();
}

function unanswered(): readonly string[] {
  const database = new DatabaseSync(bot().database, { readOnly: true });
  const rows = database.prepare('select question from unanswered').all();
  database.close();
  return rows.map(({ question }) => String(question));
}

describe('what is kept of a question that nobody could answer', () => {
  it.each([
    ['a telephone', '13912345678'],
    ['an identity card', '44010619900307876X'],
    ['a bank card', '6222 0298 7654 3210 987'],
    ['an address', 'li.lei.of.guangzhou@example.com'],
    ['a plate', '粤A98Z76'],
  ])('is no number: %s', async (_, number) => {
    const { chat, user } = privately(bot());
    await bot().replies(chat, () => bot().emulator.people.say(chat, user, `我是${number}，${NOBODY_KNOWS}`));
    expect(unanswered()).toContain(`我是***，${NOBODY_KNOWS}`);
    expect(await kept()).not.toContain(number);
  });

  it('is no name and no person', async () => {
    const user = bot().emulator.places.user({ first_name: '慕容雪村', username: 'murong_xuecun' });
    const chat = bot().emulator.places.privateChat(user);
    await bot().replies(chat, () => bot().emulator.people.say(chat, user, '火锅怎么做'));
    expect(unanswered()).toContain('火锅怎么做');
    expect(await kept()).not.toMatch(/慕容雪村|murong_xuecun/);
  });
});

describe('what a third person said, and somebody points us to,', () => {
  it.each([
    ['with a bare mention', '@wence_bot'],
    ['with a mention and white space', ' @wence_bot \n'],
  ])('%s, is not kept where we had no answer', async (_, pointing) => {
    const { places, people } = bot().emulator;
    const [user, other] = [places.user(), places.user({ first_name: '小赵' })];
    const chat = places.supergroup({ members: [user, other] });
    const words = `我家电表箱坏了找谁赔${Math.random()}`;
    const message = people.say(chat, other, words);
    const replies = await bot().replies(chat, () => people.say(chat, user, pointing, { replyTo: message }));
    expect(replies).toHaveLength(1);
    expect(unanswered().filter((question) => question.includes('电表箱'))).toEqual([]);
    expect(await kept()).not.toContain(words);
  });
});
