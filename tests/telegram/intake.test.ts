import type { Update } from '@grammyjs/types';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/storage/store.ts';
import type { WenceBot } from '../../src/telegram/bot.ts';
import { newDecision } from '../../src/telegram/context.ts';
import { createIntake } from '../../src/telegram/intake.ts';

/** Decides one reply to each update; to some it fails, and to some in a way that only the database notices. */
const decide: WenceBot['decide'] = async ({ update_id }: Update) => {
  if (update_id === 3) throw new TypeError('nobody thought of that');
  const chatId = update_id === 5 ? Number.NaN : update_id;
  return { ...newDecision(), outgoing: [{ chatId, kind: 'reply', method: 'sendMessage', payload: { text: '答' } }] };
};

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

it('takes a batch that comes again without doing anything twice', async () => {
  const { store, intake } = await start();
  await intake.take(updates.slice(0, 2));
  await intake.take(updates);
  await intake.take(updates.toReversed());
  expect(await store.outbox.depth()).toMatchObject({ replies: 4 });
});
