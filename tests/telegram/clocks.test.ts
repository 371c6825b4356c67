import { expect, it } from 'vitest';
import { only, privately, useBot } from './harness.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;
/** By how much the clock is wrong, in milliseconds. */
let wrong = 0;
const bot = useBot({ now: () => Date.now() + wrong });
const ASK = '社区工作者有体检吗';

/** Somebody new asks, subscribes, sees the slogan and the settings. */
async function expectAllWell(): Promise<void> {
  const { chat, user } = privately(bot());
  const said = async (text: string) =>
    only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, text))).text;
  expect(await said(ASK)).toContain('体检');
  expect(await said('/subscribe 08:30')).toContain('已订阅');
  expect(await said('/slogan')).toBeTruthy();
  expect(await said('/settings')).toContain('下一条');
}

it.each([
  ['a year ahead', YEAR],
  ['back to today', 0],
  ['sixty years ahead', 60 * YEAR],
  ['back to today again', 0],
  ['ten years back', -10 * YEAR],
  ['to 1970, as a board without a battery starts', DAY - Date.now()],
  ['to today in the end', 0],
])('a clock that jumps %s: the bot goes on, with what came before', async (_, to) => {
  const { chat, user } = privately(bot());
  bot().emulator.faults.add({ method: 'sendMessage', chatId: chat.id, outcome: { kind: '429', retryAfter: 1 } });
  bot().emulator.people.say(chat, user, ASK);
  while (bot().emulator.faults.left().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  wrong = to;
  await bot().app().check();
  await expectAllWell();
  // By the clock that we have, a day is over, and so is the hour of the slogan.
  expect(bot().warnings.filter((line) => !/错过了这些标语|等了一天/.test(line))).toEqual([]);
});

it('what was to wait by a clock that was wrong does not wait for years', async () => {
  const { chat, user } = privately(bot());
  wrong = 5 * YEAR;
  bot().emulator.faults.add({ method: 'sendMessage', chatId: chat.id, outcome: { kind: '429', retryAfter: 1 } });
  bot().emulator.people.say(chat, user, ASK);
  while (bot().emulator.faults.left().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 50));
  wrong = 0;
  const answer = bot().emulator.watch.nextFromBot(chat, 50_000);
  await bot().restart();
  expect((await answer).text).toContain('体检');
});
