import { expect, it } from 'vitest';
import { createTurns } from '../../src/storage/turns.ts';

it('who asks now and then goes ahead of all who ask without end', () => {
  const turns = createTurns(0);
  const many = Array.from({ length: 200 }, (_, i) => i + 1);
  for (let round = 0; round < 10; round++) for (const asker of many) turns.next(asker);
  turns.served(5);
  const now = turns.next(1_000);
  expect(now).toBeLessThan(5);
  // Who asks again and again is soon among the others.
  const again = Array.from({ length: 5 }, () => turns.next(1_000));
  expect(again).toEqual([now + 1, now + 2, now + 3, now + 4, now + 5]);
  // What one person asks in many chats is that person's.
  const spread = Array.from({ length: 5 }, (_, i) => turns.next(-1 - i, 2_000));
  expect(new Set(spread).size).toBe(5);
});
