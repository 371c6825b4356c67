import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, PACE_LIMITS, type Pace } from '../../src/delivery/pace.ts';

const [PERSON, GROUP] = [5, -5];

/** Sends to one chat as soon as it may, so many times; returns when each went. */
function sendAll(pace: Pace, chats: readonly number[], kind: 'reply' | 'broadcast' = 'reply'): readonly number[] {
  let at = 0;
  return chats.map((chatId) => {
    for (;;) {
      const { total, broadcasts, closed, changesAt } = pace.allowance(at);
      const room = kind === 'reply' ? total : broadcasts;
      if (room > 0 && !closed.includes(chatId)) break;
      expect(changesAt).toBeGreaterThan(at);
      at = changesAt ?? Number.POSITIVE_INFINITY;
    }
    pace.sent(chatId, kind, at);
    return at;
  });
}

function most(times: readonly number[], ms: number): number {
  return Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + ms).length));
}

describe('pace', () => {
  it('lets a short burst into one chat, then about one a second', () => {
    const times = sendAll(createPace(PACE_LIMITS), Array(9).fill(PERSON));
    expect(times.slice(0, 4)).toEqual([0, 0, 0, 3_100]);
    expect(most(times, 3_000)).toBe(3);
  });

  it('keeps a group to 20 a minute', () => {
    const times = sendAll(createPace(PACE_LIMITS), Array(41).fill(GROUP));
    expect(most(times, 60_000)).toBe(20);
    expect(times[40]).toBeLessThan(125_000);
  });

  it('keeps everything to 30 a second, and broadcasts to a little less', () => {
    const chats = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(most(sendAll(createPace(PACE_LIMITS), chats), 1_000)).toBe(30);
    const pace = createPace(PACE_LIMITS);
    expect(most(sendAll(pace, chats, 'broadcast'), 1_000)).toBe(25);
  });

  it('has room for replies in the middle of a broadcast', () => {
    const pace = createPace(PACE_LIMITS);
    for (let chatId = 1; chatId <= 25; chatId++) pace.sent(chatId, 'broadcast', 0);
    expect(pace.allowance(0)).toMatchObject({ total: 5, broadcasts: 0 });
  });

  it('is not stopped by a clock that is put back', () => {
    const pace = createPace(PACE_LIMITS);
    for (let chatId = 1; chatId <= 30; chatId++) pace.sent(chatId, 'reply', 7_200_000);
    for (let i = 0; i < 20; i++) pace.sent(GROUP, 'reply', 7_200_000);
    expect(pace.allowance(3_600_000)).toMatchObject({ total: 0, closed: [GROUP] });
    expect(pace.allowance(3_601_100)).toMatchObject({ total: 30, closed: [GROUP] });
    expect(pace.allowance(3_661_000)).toMatchObject({ total: 30, closed: [] });
  });

  it('is kept over a clock that is put back by a little', () => {
    const pace = createPace(PACE_LIMITS);
    pace.allowance(10_000);
    for (let chatId = 1; chatId <= 30; chatId++) pace.sent(chatId, 'reply', 10_000);
    expect(pace.allowance(9_995)).toMatchObject({ total: 0 });
    expect(pace.allowance(11_044)).toMatchObject({ total: 0 });
    expect(pace.allowance(11_045)).toMatchObject({ total: 30 });
  });

  it('forgets nothing when it hears late what another process has sent, and of what it is yet to send', () => {
    const pace = createPace(PACE_LIMITS);
    pace.allowance(10_000);
    for (let chatId = 1; chatId <= 10; chatId++) pace.sent(chatId, 'reply', 10_000);
    for (let chatId = 11; chatId <= 20; chatId++) pace.heard(chatId, 'reply', 10_200);
    for (let chatId = 21; chatId <= 30; chatId++) pace.heard(chatId, 'reply', 9_500);
    expect(pace.allowance(10_001)).toMatchObject({ total: 0, changesAt: 10_550 });
    expect(pace.allowance(10_550)).toMatchObject({ total: 10 });
    expect(pace.allowance(11_050)).toMatchObject({ total: 20 });
    expect(pace.allowance(11_250)).toMatchObject({ total: 30 });
  });

  it('is never exceeded, whatever is asked and whenever', () => {
    const wish = fc.record({
      wait: fc.integer({ min: 0, max: 900 }),
      chats: fc.array(fc.integer({ min: -3, max: 40 }), { maxLength: 40 }),
      kind: fc.constantFrom('reply' as const, 'broadcast' as const),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 120 }), (wishes) => {
        const pace = createPace(PACE_LIMITS);
        const sent: { at: number; chatId: number }[] = [];
        let at = 0;
        for (const { wait, chats, kind } of wishes) {
          at += wait;
          for (const chatId of chats) {
            const { total, broadcasts, closed } = pace.allowance(at);
            if ((kind === 'reply' ? total : broadcasts) < 1 || closed.includes(chatId)) continue;
            pace.sent(chatId, kind, at);
            sent.push({ at, chatId });
          }
        }
        const times = (chatId?: number) =>
          sent.filter((one) => chatId === undefined || one.chatId === chatId).map((one) => one.at);
        expect(most(times(), 1_000)).toBeLessThanOrEqual(30);
        for (const chatId of new Set(sent.map((one) => one.chatId))) {
          expect(most(times(chatId), 3_000)).toBeLessThanOrEqual(3);
          if (chatId < 0) expect(most(times(chatId), 60_000)).toBeLessThanOrEqual(20);
        }
      }),
      { numRuns: 60 },
    );
  });
});
