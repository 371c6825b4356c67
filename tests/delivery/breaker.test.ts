import { expect, it } from 'vitest';
import { BREAKER_LIMITS, createBreaker } from '../../src/delivery/breaker.ts';

it('the breaker opens when most sends are refused, and closes when most get through', () => {
  const breaker = createBreaker(BREAKER_LIMITS);
  const states = (refused: boolean, times: number) => Array.from({ length: times }, () => breaker.note(refused, 0));
  expect(states(false, 10)).not.toContain(true);
  expect(states(true, 10)).not.toContain(true);
  expect(states(true, 40).every(Boolean)).toBe(true);
  expect(states(false, 25)).toEqual([...Array(24).fill(true), false]);
});

it('the breaker says nothing on the word of a few, or of what is long past', () => {
  const breaker = createBreaker(BREAKER_LIMITS);
  expect([1, 2, 3, 4].map(() => breaker.note(true, 0))).toEqual(Array(4).fill(false));
  expect(breaker.note(true, BREAKER_LIMITS.ms + 1)).toBe(false);
});
