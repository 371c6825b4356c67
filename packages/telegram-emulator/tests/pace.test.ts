import { describe, expect, test } from 'vitest';
import { createPace } from '../src/pace.ts';
import { start } from './harness.ts';

describe('pace', () => {
  test('is counted over sliding windows', () => {
    let now = 0;
    const pace = createPace(() => now, false);
    for (const at of [0, 100, 900, 999, 1_000, 1_950, 61_000]) {
      now = at;
      expect(pace.admit(-1, true)).toBeUndefined();
    }
    pace.admit(5, false);
    expect(pace.figures()).toEqual({
      total: 8,
      maxPerSecond: 4,
      maxPerChatSecond: 4,
      maxPerGroupMinute: 6,
      lastMinuteByChat: new Map([
        [-1, 2],
        [5, 1],
      ]),
      refused: 0,
    });
  });

  const refusals: readonly [
    name: string,
    sends: number,
    gapMs: number,
    chats: number,
    isGroup: boolean,
    refused: number,
  ][] = [
    ['five in a burst to one chat', 5, 0, 1, false, 0],
    ['six in a burst to one chat', 6, 0, 1, false, 1],
    ['one a second to one person', 60, 1_000, 1, false, 0],
    ['one a second to one group, which takes 20 a minute', 30, 1_000, 1, true, 10],
    ['one in three seconds to one group', 40, 3_000, 1, true, 0],
    ['30 at once to as many chats', 30, 0, 30, false, 0],
    ['31 at once to as many chats', 31, 0, 31, false, 1],
  ];
  test.each(refusals)('enforced: %s', (_, sends, gapMs, chats, isGroup, refused) => {
    let now = 0;
    const pace = createPace(() => now, true);
    for (let i = 0; i < sends; i++) {
      pace.admit(i % chats, isGroup);
      now += gapMs;
    }
    expect(pace.figures().refused).toBe(refused);
  });

  test('what is refused says how long to wait, and then goes through', () => {
    let now = 0;
    const pace = createPace(() => now, true);
    for (let i = 0; i < 20; i++, now += 1_000) pace.admit(-1, true);
    expect(pace.admit(-1, true)).toBe(40);
    now += 40_000;
    expect(pace.admit(-1, true)).toBeUndefined();
  });

  test('enforced over HTTP it is a 429, and nothing is sent', async () => {
    const { emulator, call } = await start({ enforcePace: true });
    const chat = emulator.places.group();
    const send = () => call('sendMessage', { chat_id: chat.id, text: '好' });
    for (let i = 0; i < 5; i++) expect((await send()).ok).toBe(true);
    expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 3 } });
    expect(emulator.watch.fromBot(chat)).toHaveLength(5);
    emulator.pace.enforce(false);
    expect((await send()).ok).toBe(true);
  });
});
