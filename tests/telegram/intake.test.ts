import type { Update } from '@grammyjs/types';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/storage/store.ts';
import { StoreError } from '../../src/storage/store-error.ts';
import type { WenceBot } from '../../src/telegram/bot.ts';
import { newDecision } from '../../src/telegram/context.ts';
import { createIntake } from '../../src/telegram/intake.ts';

/** Decides one reply to each update; to some it fails, and to some in a way that only the database notices. */
const decide: WenceBot['decide'] = async ({ update_id }: Update) => {
  if (update_id === 3) throw new TypeError('nobody thought of that');
  const chatId = update_id === 5 ? Number.NaN : update_id;
  return { ...newDecision(), outgoing: [{ chatId, kind: 'reply', method: 'sendMessage', payload: { text: '答' } }] };
};

const silent = { info: () => {}, warn: () => {}, error: () => {} };

async function start() {
  const faults: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (_: object, message: string) => void faults.push(message) };
  const store = await openStore({ url: 'sqlite::memory:', now: Date.now, log });
  onTestFinished(() => store.close());
  const intake = createIntake({ decide, prepare: () => undefined }, { store, now: Date.now, log }, () => {});
  return { store, intake, faults };
}

const updates = [1, 2, 3, 4, 5, 6].map((update_id) => ({ update_id }));

it('leaves out an update that we stumble over, or that cannot be written, and none of the others', async () => {
  const { store, intake, faults } = await start();
  await intake.take(updates);
  expect(await store.outbox.depth()).toMatchObject({ replies: 4 });
  expect([...(await store.updates.known([1, 2, 3, 4, 5, 6]))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(faults).toEqual(['处理一条更新时出错，已跳过', '一条更新写不进数据库，已跳过']);
});

it('leaves out nothing when the database is away while an update is decided: it comes again', async () => {
  const faults: string[] = [];
  const log = { ...silent, error: (_: object, message: string) => void faults.push(message) };
  const store = await openStore({ url: 'sqlite::memory:', now: Date.now, log });
  onTestFinished(() => store.close());
  let isAway = true;
  const reading: WenceBot['decide'] = async (update) => {
    if (isAway && update.update_id === 2) throw new StoreError('away', 'postgres://host/wence');
    return await decide(update);
  };
  const intake = createIntake({ decide: reading, prepare: () => undefined }, { store, now: Date.now, log }, () => {});
  const batch = updates.slice(0, 2);
  await expect(intake.take(batch)).rejects.toThrow(StoreError);
  expect(await store.updates.known([2])).toEqual(new Set());
  isAway = false;
  await intake.take(batch);
  expect(await store.outbox.depth()).toMatchObject({ replies: 2 });
  expect(faults).toEqual([]);
});

it('takes a batch that comes again without doing anything twice', async () => {
  const { store, intake } = await start();
  await intake.take(updates.slice(0, 2));
  await intake.take(updates);
  await intake.take(updates.toReversed());
  expect(await store.outbox.depth()).toMatchObject({ replies: 4 });
});

const from = { id: 1, is_bot: false, first_name: '居民' };
const said = (id: number, text = '问') => ({
  message_id: 1,
  date: 1,
  from,
  chat: { id, type: 'group', title: '群' },
  text,
});
const message = (chatId: number) => ({ message: said(chatId) });
const setting = (chatId: number) => ({ message: said(chatId, '设置') });
const edit = (chatId: number) => ({ edited_message: { ...said(chatId), edit_date: 2 } });
const press = (chatId?: number) => ({
  callback_query: { id: '1', from, chat_instance: '1', data: '1', ...(chatId ? { message: said(chatId) } : {}) },
});
const INLINE = { inline_query: { id: '1', from, query: '', offset: '' } };

it.each([
  ['an edit in the chat of a message', [message(-1), message(-2), edit(-1)], [2, 1]],
  ['a press elsewhere', [message(-1), press(-2), press(-3), message(-4)], [4]],
  ['a press on an inline message', [message(-1), press()], [1, 1]],
  ['a message after a setting', [setting(-1), message(-2)], [1, 1]],
  ['a message after a setting, with an inline query in between', [setting(-1), INLINE, message(-1)], [2, 1]],
])('commits before what reads what was decided, and no sooner: %s', async (_, contents, expected) => {
  const store = await openStore({ url: 'sqlite::memory:', now: Date.now, log: silent });
  onTestFinished(() => store.close());
  const sizes: number[] = [];
  const commit: typeof store.updates.commit = async (decided) => {
    sizes.push(decided.length);
    return await store.updates.commit(decided);
  };
  const counted = { ...store, updates: { ...store.updates, commit } };
  const decideSetting: WenceBot['decide'] = async ({ message }) => ({
    ...newDecision(),
    effects: message?.text === '设置' ? [{ kind: 'restore', chatId: message.chat.id }] : [],
  });
  const deps = { store: counted, now: () => 0, log: silent };
  const intake = createIntake({ decide: decideSetting, prepare: () => undefined }, deps, () => {});
  await intake.take(contents.map((content, at) => ({ update_id: at + 1, ...content })));
  expect(sizes).toEqual(expected);
});
