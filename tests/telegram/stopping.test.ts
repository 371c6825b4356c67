import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Harness, inGroup, privately, startHarness, UNPACED } from './harness.ts';

const ASK = '社区工作者有体检吗';
/** In milliseconds; the promise of ten seconds, made shorter. */
const DEADLINE = 1_500;
/** What closing the database and a busy machine take beyond; half of what a call that hangs would be waited for. */
const GRACE = 10_000;

const METHODS = ['getMe', 'getChat', 'getChatMember', 'sendMessage', 'answerCallbackQuery', 'setMyCommands'];

async function stops({ app }: Harness): Promise<number> {
  const began = performance.now();
  await app().stop(DEADLINE);
  return performance.now() - began;
}

/** While Telegram hangs in everything, a bot is asked to stop, and what was asked is answered after the next start. */
async function whileHanging(prepare: (bot: Harness) => Promise<void> | void): Promise<void> {
  const bot = await startHarness({ limits: { ...UNPACED, retry: { ...UNPACED.retry, ambiguousMs: 20 } } });
  const { emulator } = bot;
  for (const method of METHODS)
    emulator.faults.add({ method, times: Number.POSITIVE_INFINITY, outcome: { kind: 'hang' } });
  await prepare(bot);
  emulator.faults.add({ method: 'getUpdates', times: Number.POSITIVE_INFINITY, outcome: { kind: 'hang' } });
  expect(await stops(bot)).toBeLessThan(DEADLINE + GRACE);
  emulator.faults.clear();
  await bot.restart();
  await bot.settled();
  await bot.close();
}

it('sends in the air are given up in time, and made again after the next start', () =>
  whileHanging(async (bot) => {
    const rooms = Array.from({ length: 40 }, () => privately(bot));
    for (const { chat, user } of rooms) bot.emulator.people.say(chat, user, ASK);
    while (bot.emulator.watch.calls('sendMessage').length === 0) await sleep(5);
  }));

it('questions of who is an admin, by the hundred, are given up in time', () =>
  whileHanging(async (bot) => {
    const rooms = Array.from({ length: 100 }, () => inGroup(bot));
    for (const { chat, user } of rooms) bot.emulator.people.say(chat, user, '/settings@wence_bot');
    while (bot.emulator.watch.calls('getChatMember').length === 0) await sleep(5);
  }));

it('buttons and inline queries that nobody answers are given up in time', () =>
  whileHanging(async (bot) => {
    bot.emulator.faults.add({ method: 'answerInlineQuery', times: 50, outcome: { kind: 'hang' } });
    for (let i = 0; i < 50; i++) void bot.emulator.buttons.inline(privately(bot).user, '体检').catch(() => {});
    while (bot.emulator.watch.calls('answerInlineQuery').length === 0) await sleep(5);
    bot.emulator.faults.clear();
  }));

it('without anything to do it stops at once, though the last poll is not answered', async () => {
  const bot = await startHarness();
  bot.emulator.faults.add({ method: 'getUpdates', times: 100, outcome: { kind: 'hang' } });
  const began = performance.now();
  await bot.app().stop(60_000);
  expect(performance.now() - began).toBeLessThan(5_000);
  bot.emulator.faults.clear();
  await bot.restart();
  await bot.close();
});
