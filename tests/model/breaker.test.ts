import { expect, it } from 'vitest';
import { createBreaker } from '../../src/model/breaker.ts';
import type { Called } from '../../src/model/endpoint.ts';

const LIMITS = { faults: 3, firstMs: 100, longestMs: 400 };
const FINE: Called<string> = { ok: true, value: '' };
const SICK: Called<string> = { ok: false, fault: 'sick', status: 500 };

it('stays closed while faults are few, and forgets them when one call succeeds', () => {
  const breaker = createBreaker(LIMITS);
  for (const called of [SICK, SICK, FINE, SICK, SICK]) expect(breaker.note(called, 0)).toBeUndefined();
  expect(breaker.admits(0)).toBe(true);
});

it('opens after faults in a row, says so once, and lets one probe through after each wait, which doubles', () => {
  const breaker = createBreaker(LIMITS);
  expect([SICK, SICK, SICK].map((called) => breaker.note(called, 0))).toEqual([undefined, undefined, 'opened']);
  const waits: number[] = [];
  for (let now = 0; now <= 1_500; now += 10) {
    if (!breaker.admits(now)) continue;
    waits.push(now);
    expect(breaker.admits(now)).toBe(false);
    expect(breaker.note(SICK, now)).toBeUndefined();
  }
  expect(waits).toEqual([100, 300, 700, 1_100, 1_500]);
});

it('closes when a probe succeeds, and says so', () => {
  const breaker = createBreaker(LIMITS);
  for (const called of [SICK, SICK, SICK]) breaker.note(called, 0);
  expect(breaker.admits(100)).toBe(true);
  expect(breaker.note(FINE, 120)).toBe('closed');
  expect(breaker.admits(120)).toBe(true);
  expect(breaker.isOpen).toBe(false);
});

it('opens at once for a refused key, and for 429 as long as that asks for', () => {
  const denied = createBreaker(LIMITS);
  expect(denied.note({ ok: false, fault: 'denied', status: 401 }, 0)).toBe('opened');
  const busy = createBreaker(LIMITS);
  expect(busy.note({ ok: false, fault: 'busy', status: 429, retryAfterMs: 250 }, 0)).toBe('opened');
  expect([100, 249, 250].map((now) => busy.admits(now))).toEqual([false, false, true]);
});
