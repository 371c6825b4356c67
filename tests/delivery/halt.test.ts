import { describe, expect, it } from 'vitest';
import { createHalt, HALT_LIMITS, type Halt, type Outage } from '../../src/delivery/halt.ts';
import type { SendResult } from '../../src/delivery/outcome.ts';
import type { OutboxRow } from '../../src/storage/outbox-row.ts';
import { DELIVERED, refused } from './fixture.ts';

const SECOND = 1_000;
const DOUBT: SendResult = { kind: 'ambiguous', reason: '502 Bad Gateway', answered: true };
const tooMany = (retryAfter: number) => refused(429, `Too Many Requests: retry after ${retryAfter}`, { retryAfter });

/** A halt, the rows that leave through it, and what it says. */
function create() {
  const said: string[] = [];
  const outages: Outage[] = [];
  const say = (_: object, message: string) => said.push(message);
  const log = { info: say, warn: say, error: say };
  const halt = createHalt({ limits: HALT_LIMITS, log, onOutage: (outage) => outages.push(outage) });
  let id = 0;
  /** A call to a chat that leaves and comes back at once. */
  const call = (chatId: number, result: SendResult, at: number) => {
    const row = rowTo(chatId, ++id);
    halt.left(row);
    halt.ended(row, result, at);
  };
  return { halt, call, said, outages };
}

function rowTo(chatId: number, id: number): OutboxRow {
  const state = { state: 'sending', attempts: 1, ambiguities: 0, createdAt: 0, notBefore: 0 } as const;
  return { id, chatId, kind: 'reply', method: 'sendMessage', payload: {}, ...state };
}

/** When probes leave while each ends like that, in seconds. */
function probesUntil(halt: Halt, call: (at: number) => void, until: number): readonly number[] {
  const times: number[] = [];
  for (let at = 0; at <= until; at += 500) {
    if (halt.gate(at).open !== 'one') continue;
    times.push(at / SECOND);
    call(at);
  }
  return times;
}

describe('a 429', () => {
  it('of groups in slow mode holds up nobody, however many there are', () => {
    const { halt, call, said } = create();
    for (let chat = 1; chat <= 200; chat++) call(-chat, DELIVERED, 0);
    for (let chat = 1; chat <= 200; chat++) call(-chat, tooMany(3_590), 5 * SECOND);
    expect(halt.gate(5 * SECOND)).toEqual({ open: 'all' });
    expect(said).toEqual([]);
  });

  it('of people who asked much is theirs alone too', () => {
    const { halt, call } = create();
    for (let chat = 1; chat <= 20; chat++) call(chat, DELIVERED, 0);
    for (let chat = 1; chat <= 20; chat++) call(chat, tooMany(3), SECOND);
    expect(halt.gate(SECOND)).toEqual({ open: 'all' });
  });

  it('of chats where nothing was sent is a flood: one tries now and then, whatever time was told', () => {
    const { halt, call, said } = create();
    for (const chat of [-1, 2, -3]) call(chat, tooMany(3_600), 0);
    expect(halt.gate(0)).toEqual({ open: 'none', until: SECOND });
    let chat = 10;
    expect(probesUntil(halt, (at) => call(++chat, tooMany(3_600), at), 100 * SECOND)).toEqual([
      1, 3, 7, 15, 31, 61, 91,
    ]);
    call(7, DELIVERED, 121 * SECOND);
    expect(halt.gate(121 * SECOND)).toEqual({ open: 'all' });
    expect(said).toHaveLength(2);
  });

  it('longer than any slow mode is no slow mode', () => {
    const { halt, call } = create();
    for (const chat of [-1, -2, -3]) call(chat, DELIVERED, 0);
    for (const chat of [-1, -2, -3]) call(chat, tooMany(4_000), 0);
    expect(halt.gate(0).open).toBe('none');
  });

  it('again and again of one chat, or now and then of several, is no flood', () => {
    const { halt, call } = create();
    for (let at = 0; at < 10; at++) call(5, tooMany(60), at);
    for (let at = 1; at < 10; at++) call(-at, tooMany(60), at * 11 * SECOND);
    expect(halt.gate(110 * SECOND)).toEqual({ open: 'all' });
  });

  it('in slow mode does not end a flood, nor prolong it', () => {
    const { halt, call } = create();
    call(-9, DELIVERED, 0);
    for (const chat of [-1, 2, -3]) call(chat, tooMany(20), 0);
    call(-9, tooMany(30), SECOND);
    expect(halt.gate(SECOND)).toEqual({ open: 'one' });
  });
});

describe('a run of doubtful ends', () => {
  it('is an outage: one tries now and then, and it is said once', () => {
    const { halt, call, said, outages } = create();
    for (const chat of [1, 2, 3]) call(chat, DOUBT, 0);
    expect(halt.trouble()).toBe('ambiguous');
    expect(probesUntil(halt, (at) => call(6, DOUBT, at), 250 * SECOND)).toEqual([1, 3, 7, 15, 31, 63, 123, 183, 243]);
    expect(said).toHaveLength(1);
    call(6, DELIVERED, 303 * SECOND);
    expect(halt.gate(303 * SECOND)).toEqual({ open: 'all' });
    expect(outages).toEqual([{ from: 0, to: 303 * SECOND }]);
  });

  it('is none while others get through', () => {
    const { halt, call } = create();
    for (let i = 0; i < 20; i++) call(i + 1, i % 3 === 2 ? DELIVERED : DOUBT, i);
    expect(halt.gate(20)).toEqual({ open: 'all' });
  });

  it('lets one out at a time, and waits for its end', () => {
    const { halt, call } = create();
    for (const chat of [1, 2, 3]) call(chat, DOUBT, 0);
    const probe = rowTo(9, 99);
    halt.left(probe);
    expect(halt.gate(60 * SECOND)).toEqual({ open: 'none', until: undefined });
    halt.ended(rowTo(4, 98), DOUBT, 60 * SECOND);
    expect(halt.gate(60 * SECOND)).toEqual({ open: 'none', until: undefined });
    halt.ended(probe, DOUBT, 61 * SECOND);
    expect(halt.gate(61 * SECOND)).toEqual({ open: 'none', until: 63 * SECOND });
  });

  it('is over when Telegram answers, if only to refuse', () => {
    const { halt, call } = create();
    for (const chat of [1, 2, 3]) call(chat, DOUBT, 0);
    call(4, refused(403, 'Forbidden: bot was kicked from the group chat'), SECOND);
    expect(halt.gate(SECOND)).toEqual({ open: 'all' });
  });
});

it('a clock that is put back does not prolong a halt', () => {
  const { halt, call } = create();
  call(1, { kind: 'unreached', reason: 'ENOTFOUND' }, 3_600 * SECOND);
  expect(halt.gate(0)).toEqual({ open: 'one' });
});
