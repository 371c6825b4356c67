import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, Message, User } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { dataOf, type Harness, inGroup, only, privately, useBot } from './harness.ts';

const ASK = '社区工作者有体检吗';
const TIMES = 300;
const ROUND_TRIP_MS = 150;
const bot = useBot();

/** How long somebody else's answer takes, in milliseconds, while look-ups take their time. */
async function waitOfAnother(act: (harness: Harness) => void): Promise<number> {
  const { emulator } = bot();
  const outcome = { kind: 'delay', ms: ROUND_TRIP_MS } as const;
  for (const method of ['getChatMember', 'getChat', 'getMe']) {
    emulator.faults.add({ method, times: Number.POSITIVE_INFINITY, outcome });
  }
  act(bot());
  const { chat, user } = privately(bot());
  const answer = emulator.watch.nextFromBot(chat, 30_000);
  const since = performance.now();
  emulator.people.say(chat, user, ASK);
  await answer;
  const took = performance.now() - since;
  emulator.faults.clear();
  await bot().settled();
  return took;
}

async function settingsCard(chat: Chat, creator: User): Promise<Message> {
  const { emulator, replies } = bot();
  return only(await replies(chat, () => emulator.people.say(chat, creator, '/settings')));
}

function calls(method: string): number {
  return bot().emulator.watch.calls(method).length;
}

/** A third of what one after another would take, on a machine that has other things to do. */
const SOON = (TIMES * ROUND_TRIP_MS) / 3;

describe('look-ups keep nobody waiting', () => {
  it('when one who is no admin presses a setting again and again', async () => {
    const creator = bot().emulator.places.user();
    const { chat, user } = inGroup(bot(), { creator });
    const card = await settingsCard(chat, creator);
    const before = calls('getChatMember');
    const took = await waitOfAnother(({ emulator }) => {
      for (let i = 0; i < TIMES; i++) void emulator.buttons.press(card, user, dataOf(card, '没 @ 也回答'));
    });
    expect(took).toBeLessThan(SOON);
    expect(calls('getChatMember') - before).toBeLessThanOrEqual(20);
  });

  it('when hundreds do so once each', async () => {
    const creator = bot().emulator.places.user();
    const { chat } = inGroup(bot(), { creator });
    const card = await settingsCard(chat, creator);
    const before = calls('getChatMember');
    const took = await waitOfAnother(({ emulator }) => {
      for (let i = 0; i < TIMES; i++) {
        const user = emulator.places.user();
        emulator.rule.role(chat, user, { status: 'member' });
        void emulator.buttons.press(card, user, dataOf(card, '没 @ 也回答'));
      }
    });
    expect(took).toBeLessThan(SOON);
    expect(calls('getChatMember') - before).toBeLessThanOrEqual(60);
  });

  it('when hundreds give commands for admins, each in a group of their own', async () => {
    const took = await waitOfAnother(({ emulator }) => {
      for (let i = 0; i < TIMES; i++) {
        const { chat, user } = inGroup(bot());
        emulator.people.say(chat, user, i % 2 ? '/settings' : '/subscribe 08:00');
      }
    });
    expect(took).toBeLessThan(SOON);
  });

  it('when one brings it into hundreds of groups', async () => {
    const creator = bot().emulator.places.user();
    const before = calls('getChat');
    const took = await waitOfAnother(({ emulator }) => {
      for (let i = 0; i < TIMES; i++) {
        emulator.rule.bot(emulator.places.group({ creator, bot: false }), { status: 'member' });
      }
    });
    expect(took).toBeLessThan(SOON);
    expect(calls('getChat') - before).toBe(10);
  });

  it('when Telegram does not answer them at all', async () => {
    const { emulator } = bot();
    const groups = Array.from({ length: 40 }, () => inGroup(bot()));
    emulator.faults.add({ method: 'getChatMember', times: 40, outcome: { kind: 'hang' } });
    const room = privately(bot());
    const answer = emulator.watch.nextFromBot(room.chat, 30_000);
    const since = performance.now();
    for (const { chat, user } of groups) emulator.people.say(chat, user, '/settings');
    emulator.people.say(room.chat, room.user, ASK);
    await answer;
    // The first batch is decided but for those that wait; no batch waits for longer than one look-up.
    expect(performance.now() - since).toBeLessThan(8_000);
    emulator.faults.clear();
    await bot().settled();
    for (const { chat } of groups) expect(only(emulator.watch.fromBot(chat)).text).toContain('只有管理员');
  });
});

describe('an admin', () => {
  it('is asked about once a minute', async () => {
    const creator = bot().emulator.places.user();
    const { chat } = inGroup(bot(), { creator });
    const before = calls('getChatMember');
    for (let i = 0; i < 4; i++) await settingsCard(chat, creator);
    expect(calls('getChatMember') - before).toBe(1);
  });
});

it('a button that is pressed too often says so once, and then nothing', async () => {
  const { chat, user } = privately(bot());
  const { emulator, replies } = bot();
  const answer = only(await replies(chat, () => emulator.people.say(chat, user, ASK)));
  const toasts: (string | undefined)[] = [];
  for (let i = 0; i < 150; i++) {
    void emulator.buttons.press(answer, user, dataOf(answer, '👍')).then((press) => {
      if (press.answered) toasts.push(press.text);
    });
  }
  await bot().settled();
  while (toasts.length < 121) await sleep(5);
  await sleep(50);
  expect(toasts).toHaveLength(121);
  expect(toasts.filter((text) => text?.startsWith('问得有点快'))).toHaveLength(1);
});

it('what comes after a look-up in its chat keeps its place', async () => {
  const creator = bot().emulator.places.user();
  const { chat } = inGroup(bot(), { creator });
  const { emulator, replies } = bot();
  emulator.faults.add({ method: 'getChatMember', outcome: { kind: 'delay', ms: 100 } });
  const said = await replies(chat, () => {
    emulator.people.say(chat, creator, '/settings');
    emulator.people.say(chat, creator, `@wence_bot ${ASK}`);
  });
  expect(said.map(({ text }) => text?.slice(0, 5))).toEqual(['这里的设置', expect.not.stringContaining('这里')]);
});
