import type { Message } from '@grammyjs/types';
import type { FaultOutcome } from 'telegram-emulator/faults';
import { describe, expect, it } from 'vitest';
import { type Harness, inGroup, only, privately, type Room, startHarness, UNPACED } from './harness.ts';

const ASK = '社区工作者有体检吗';
const OWNER = 77;
/** As in life, but for the waits. */
const wait = { first: 40, longest: 80 };
const LIMITS = {
  ...UNPACED,
  retry: { ...UNPACED.retry, ambiguousMs: 20 },
  halt: { ...UNPACED.halt, waits: { unreached: wait, ambiguous: wait, 'too-many': wait, unauthorized: wait } },
};

/** A send is given up after `sendTimeoutMs`: on a machine that has other things to do, one that arrives may take long. */
async function withBot(check: (bot: Harness) => Promise<void>, sendTimeoutMs = 20_000): Promise<void> {
  const bot = await startHarness({ limits: { ...LIMITS, sendTimeoutMs }, environment: { OWNER_IDS: String(OWNER) } });
  try {
    await check(bot);
  } finally {
    await bot.close();
  }
}

function ask({ emulator }: Harness, { chat, user }: Room): Message {
  return emulator.people.say(chat, user, chat.type === 'private' ? ASK : `@wence_bot ${ASK}`);
}

/** Waits so long; what went out meanwhile is a first flight of 32, and a probe now and then. */
async function expectProbesAlone(bot: Harness, ms: number): Promise<void> {
  const since = performance.now();
  await new Promise((resolve) => setTimeout(resolve, ms));
  // On a busy machine it takes longer, and there are more of them.
  const probes = (performance.now() - since) / wait.first;
  expect(sends(bot).length).toBeLessThan(32 + 5 + probes);
}

function sends({ emulator }: Harness) {
  return emulator.watch.calls('sendMessage');
}

describe('a 429', () => {
  it('of groups in slow mode, whose waits are of an hour, keeps nobody else waiting', () =>
    withBot(async (bot) => {
      const groups = Array.from({ length: 12 }, () => inGroup(bot));
      for (const room of groups) {
        ask(bot, room);
        ask(bot, room);
        // From here on: its one member has asked twice already.
        bot.emulator.rule.slowMode(room.chat, 3_600);
      }
      const refused = () => sends(bot).filter(({ reply }) => reply && !reply.ok);
      while (refused().length < groups.length) await new Promise((resolve) => setTimeout(resolve, 5));
      const room = privately(bot);
      const answer = bot.emulator.watch.nextFromBot(room.chat, 50_000);
      ask(bot, room);
      await answer;
      expect(refused()).toHaveLength(groups.length);
      expect(bot.warnings).toEqual([]);
    }));

  it('to everybody stops all but a call now and then, and is over as soon as one gets through', () =>
    withBot(async (bot) => {
      const rooms = Array.from({ length: 40 }, () => privately(bot));
      const outcome: FaultOutcome = { kind: '429', retryAfter: 1 };
      bot.emulator.faults.add({ method: 'sendMessage', times: Number.POSITIVE_INFINITY, outcome });
      for (const room of rooms) ask(bot, room);
      await expectProbesAlone(bot, 360);
      // One of the first flight that hears of it only when it is over would begin it anew.
      while (sends(bot).some(({ reply }) => !reply)) await new Promise((resolve) => setTimeout(resolve, 2));
      bot.emulator.faults.clear();
      await bot.settled();
      for (const { chat } of rooms) only(bot.emulator.watch.fromBot(chat));
      expect(bot.warnings).toEqual(['Telegram 要求放慢：全部暂停，隔一会儿试一条']);
    }));
});

describe('while nothing can be sent', () => {
  const faults: readonly (readonly [string, FaultOutcome])[] = [
    ['502', { kind: '502' }],
    ['a page of a proxy', { kind: 'html' }],
    ['an answer that is none', { kind: 'body', status: 200, text: '{"ok":false}' }],
  ];
  it.each(faults)('(%s) all answers are kept, and the owner is told once', (_, outcome) =>
    withBot(async (bot) => {
      const owner = { id: OWNER, is_bot: false, first_name: '主人' };
      bot.emulator.places.user(owner);
      const told = bot.emulator.places.privateChat(owner);
      const rooms = Array.from({ length: 100 }, () => privately(bot));
      bot.emulator.faults.add({ method: 'sendMessage', times: Number.POSITIVE_INFINITY, outcome });
      for (const room of rooms) ask(bot, room);
      await expectProbesAlone(bot, 600);
      bot.emulator.faults.clear();
      const notice = bot.emulator.watch.nextFromBot(told, 50_000);
      await bot.settled();
      for (const { chat } of rooms) only(bot.emulator.watch.fromBot(chat));
      expect((await notice).text).toMatch(/消息发不出去.*已经恢复/);
      await bot.settled();
      only(bot.emulator.watch.fromBot(told));
      expect(bot.warnings).toHaveLength(1);
    }),
  );

  it('(nothing is answered at all) most are kept', () =>
    withBot(async (bot) => {
      const rooms = Array.from({ length: 60 }, () => privately(bot));
      bot.emulator.faults.add({ method: 'sendMessage', times: Number.POSITIVE_INFINITY, outcome: { kind: 'hang' } });
      for (const room of rooms) ask(bot, room);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      bot.emulator.faults.clear();
      await bot.settled();
      const answered = rooms.filter(({ chat }) => bot.emulator.watch.fromBot(chat).length === 1);
      expect(answered.length).toBeGreaterThan(50);
    }, 1_000));
});
