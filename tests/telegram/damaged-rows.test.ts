import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { dataOf, only, privately, useBot } from './harness.ts';

const ASK = '社区工作者有体检吗';
const bot = useBot({ environment: { SLOGAN_TIME: '08:30' } });

function damage(sql: string, ...values: (string | number)[]): void {
  const database = new DatabaseSync(bot().database, { timeout: 5_000 });
  database.prepare(sql).run(...values);
  database.close();
}

async function ask(): Promise<string | undefined> {
  const { chat, user } = privately(bot());
  return only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, ASK))).text;
}

it.each(['', 'no json', '{"text":"cut o', 'null', '5', '[]', '\u0000'])(
  'a message in the outbox that reads %j is given up with one line, and the others go out',
  async (payload) => {
    const { chat } = privately(bot());
    const before = bot().warnings.length;
    damage(
      `insert into outbox (chat_id, kind, lane, method, payload, state, attempts, ambiguities, created_at, not_before)
       values (?, 'reply', 0, 'sendMessage', ?, 'pending', 0, 0, 0, 0)`,
      chat.id,
      payload,
    );
    expect(await ask()).toContain('体检');
    await bot().settled();
    expect(bot().warnings.slice(before)).toEqual(['一条待发的消息在数据库里已损坏，不再发']);
    expect(bot().emulator.watch.fromBot(chat)).toEqual([]);
  },
);

it.each(['', 'no json', 'null', '{}', '{"version":2}', '{"version":1,"asked":5}', '{"version":1,"related":"x"}'])(
  'an answer that is kept as %j is as good as none: follow-ups, edits and buttons go on',
  async (content) => {
    const { chat, user } = privately(bot());
    const { people, buttons } = bot().emulator;
    const before = bot().warnings.length;
    let question = people.say(chat, user, ASK);
    await bot().settled();
    const answer = only(bot().emulator.watch.fromBot(chat));
    damage('update answers set content = ? where chat_id = ?', content, chat.id);
    const replies = await bot().replies(chat, () => people.say(chat, user, '多久一次', { replyTo: answer }));
    expect(replies).toHaveLength(1);
    damage('update answers set content = ? where chat_id = ?', content, chat.id);
    question = people.edit(question, '社区工作者有年假吗');
    await buttons.pressData(answer, user, dataOf(answer, '看原文'));
    await bot().settled();
    expect(await ask()).toContain('体检');
    expect(bot().warnings.slice(before)).toEqual([]);
    expect(question.text).toBe('社区工作者有年假吗');
  },
);

it('a day whose slogan is kept as nothing that can be read is mended, and a broken mark keeps nobody waiting', async () => {
  const { chat, user } = privately(bot());
  const { people } = bot().emulator;
  const show = () => bot().replies(chat, () => people.say(chat, user, '/slogan'));
  const shown = only(await show()).text;
  damage(`update campaigns set content = 'no json'`);
  expect(only(await show()).text).toBe(shown);
  damage(`update campaigns set content = '{}'`);
  await bot().restart();
  expect(only(await show()).text).toBe(shown);
  expect(await ask()).toContain('体检');
});
