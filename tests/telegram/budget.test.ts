import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DELIVERY_LIMITS } from '../../src/delivery/limits.ts';
import { dataOf, only, privately, useBot } from './harness.ts';

const ASK = '社区工作者有体检吗';
const bot = useBot({ limits: DELIVERY_LIMITS });

it('a thousand presses keep the pace, and hold up no answer', { timeout: 120_000 }, async () => {
  const { emulator, replies } = bot();
  const rooms = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const room = privately(bot());
      const answer = only(await replies(room.chat, () => emulator.people.say(room.chat, room.user, ASK)));
      return { ...room, answer };
    }),
  );
  await sleep(1_200);
  const since = emulator.watch.calls().length;
  for (let i = 0; i < 1_000; i++) {
    const { answer, user } = rooms[i % rooms.length] as (typeof rooms)[number];
    void emulator.buttons.press(answer, user, dataOf(answer, i % 20 < 10 ? '看原文' : '👍'));
  }
  const other = privately(bot());
  const answered = emulator.watch.nextFromBot(other.chat, 20_000);
  emulator.people.say(other.chat, other.user, ASK);
  await answered;
  await sleep(2_000);
  const times = emulator.watch
    .calls()
    .slice(since)
    .flatMap(({ method, at }) => (method === 'getUpdates' ? [] : [at]));
  expect(times.length).toBeGreaterThan(20);
  const most = Math.max(...times.map((at) => times.filter((other) => other >= at && other < at + 1_000).length));
  // Thirty, and some that a busy machine bunches.
  expect(most).toBeLessThan(45);
});

it('a hundred people who ask much keep nobody else waiting for longer than a round', { timeout: 120_000 }, async () => {
  const { emulator } = bot();
  const many = Array.from({ length: 100 }, () => privately(bot()));
  for (let i = 0; i < 10; i++) for (const { chat, user } of many) emulator.people.say(chat, user, ASK);
  // Until the outbox is full of them.
  await emulator.watch.drained(100_000);
  const other = privately(bot());
  const since = performance.now();
  const answered = emulator.watch.nextFromBot(other.chat, 60_000);
  emulator.people.say(other.chat, other.user, ASK);
  await answered;
  // A hundred answers take 3.5 s; a thousand would take 35.
  expect(performance.now() - since).toBeLessThan(12_000);
});
