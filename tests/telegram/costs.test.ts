import type { Update, UserFromGetMe } from '@grammyjs/types';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { openStore } from '../../src/storage/store.ts';
import { createBot } from '../../src/telegram/bot.ts';
import { shippedEngine } from '../shipped.ts';
import { inGroup, only, privately, useBot } from './harness.ts';

const ME = {
  id: 7_000_000_001,
  is_bot: true,
  first_name: '问策',
  username: 'wence_bot',
  can_read_all_group_messages: true,
} as UserFromGetMe;
const [PERSON, GROUP] = [500, -1_000_000_000_500];
const TIMES = 300;

/** A bot that is handed updates, and how often it has looked for an answer. */
async function start() {
  const engine = await shippedEngine();
  const { answerer } = engine;
  let looks = 0;
  const counting: Engine = {
    ...engine,
    answerer: {
      ...answerer,
      answer(question, asked) {
        looks++;
        return answerer.answer(question, asked);
      },
      search(words, most) {
        looks++;
        return answerer.search(words, most);
      },
    },
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  // The clock stands still.
  const now = () => 1_767_225_600_000;
  const store = await openStore({ url: 'sqlite::memory:', now, log });
  onTestFinished(() => store.close());
  const slogans = { today: async () => undefined, subscribersChanged: () => {} };
  const place = { owners: [], timeZone: 'Asia/Shanghai', sloganTime: '08:30' };
  const deps = { token: '1:a', apiRoot: 'http://127.0.0.1:9', engine: () => counting, store, slogans, now, log };
  const { bot, decide } = createBot({ ...deps, ...place });
  bot.botInfo = ME;
  let id = 0;
  /** Decides an update and commits what it comes to. */
  const take = async (content: object): Promise<void> => {
    const updateId = ++id;
    const decision = await decide({ update_id: updateId, ...content } as Update);
    await store.updates.commit([{ ...decision, updateId }]);
  };
  return { take, store, looks: () => looks };
}

const from = { id: PERSON, is_bot: false, first_name: '王' };
const mention = [{ type: 'mention', offset: 0, length: 10 }];

function said(chat: object, text: string, more = {}): object {
  return { message_id: 1, date: 1, chat, from, text, ...more };
}

describe('what is over the allowance is not looked for', () => {
  const group = { id: GROUP, type: 'supergroup', title: '群' };

  it('mentions', async () => {
    const { take, looks } = await start();
    for (let i = 0; i < TIMES; i++) {
      await take({ message: said(group, `@wence_bot 补贴 ${i}`, { message_id: i, entities: mention }) });
    }
    expect(looks()).toBe(8);
  });

  it('questions in private', async () => {
    const { take, looks } = await start();
    for (let i = 0; i < TIMES; i++) await take({ message: said({ id: PERSON, type: 'private' }, `补贴 ${i}`) });
    expect(looks()).toBe(30);
  });

  it('commands with something to look for', async () => {
    const { take, looks } = await start();
    const entities = [{ type: 'bot_command', offset: 0, length: 6 }];
    for (let i = 0; i < TIMES; i++) await take({ message: said(group, `/pilot 海南 ${i}`, { entities }) });
    expect(looks()).toBe(8);
  });

  it('inline queries', async () => {
    const { take, looks } = await start();
    for (let i = 0; i < TIMES; i++)
      await take({ inline_query: { id: String(i), from, query: `IDC ${i}`, offset: '' } });
    expect(looks()).toBe(40);
  });

  it('edits', async () => {
    const { take, looks } = await start();
    const chat = { id: PERSON, type: 'private' };
    await take({ message: said(chat, '社区工作者有体检吗') });
    for (let i = 0; i < TIMES; i++) await take({ edited_message: said(chat, `社区工作者 ${i}`, { edit_date: i }) });
    expect(looks()).toBe(1 + 20);
  });

  it('what a group says among itself', async () => {
    const { take, store, looks } = await start();
    await take({ message: said(group, '早上好') });
    await store.chats.set(GROUP, { ambient: true });
    const others = [1, 2, 3, 4, 5].map((id) => ({ ...from, id }));
    for (let i = 0; i < TIMES; i++) await take({ message: said(group, `体检 ${i}`) });
    expect(looks()).toBe(20);
    for (const other of others) {
      for (let i = 0; i < TIMES / 5; i++) await take({ message: said(group, `体检 ${i}`, { from: other }) });
    }
    expect(looks()).toBe(60);
  });

  it('thanks in a group, which need no answer at all', async () => {
    const { take, looks } = await start();
    for (let i = 0; i < 20; i++) await take({ message: said(group, '@wence_bot 谢谢', { entities: mention }) });
    await take({ message: said(group, '@wence_bot 有体检吗', { entities: mention }) });
    expect(looks()).toBe(1);
  });
});

describe('one person who does something 300 times', () => {
  const bot = useBot();

  it('keeps nobody waiting with mentions, edits and inline queries', async () => {
    const { emulator } = bot();
    const { chat, user } = inGroup(bot());
    const asked = emulator.people.say(chat, user, '@wence_bot 社区工作者有体检吗');
    for (let i = 0; i < TIMES; i++) {
      emulator.people.say(chat, user, `@wence_bot ${i} 号楼的电梯什么时候修，物业不管的话找谁投诉`);
      emulator.people.edit(asked, `@wence_bot 社区工作者有体检吗 ${i}`);
      void emulator.buttons.inline(user, `telecom licence ${i}`);
    }
    const room = privately(bot());
    const answer = emulator.watch.nextFromBot(room.chat, 20_000);
    emulator.people.say(room.chat, room.user, '社区工作者有体检吗');
    expect((await answer).text).toContain('体检');
    await bot().settled();
    only(emulator.watch.fromBot(room.chat));
  });
});
