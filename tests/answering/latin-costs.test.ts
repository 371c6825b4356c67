import { expect, it } from 'vitest';
import { createRandom } from '../../src/random.ts';
import { shippedEngine } from '../shipped.ts';

/** Of this thread, in milliseconds: the machine may be busy with other things. */
function spent(act: () => unknown): number {
  const before = process.threadCpuUsage();
  act();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

it('letters that mean nothing cost no more than a question', async () => {
  const { answerer } = await shippedEngine();
  const random = createRandom(5);
  const letters = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(97 + Math.floor(26 * random()))).join('');
  const junk = Array.from({ length: 40 }, (_, i) => [
    letters(5 + i),
    letters(400),
    Array.from({ length: 1 + (i % 12) }, () => letters(2 + (i % 7))).join(' '),
    'zhuangshuang'.repeat(1 + (i % 30)),
  ]).flat();
  for (const question of junk.slice(0, 40)) answerer.answer(question);
  const times = junk.slice(40).map((question) => spent(() => answerer.answer(question)));
  // One in five took 50 to 291 ms; now 16 at most, and a collection of garbage may fall into any.
  expect(times.filter((ms) => ms > 50).length).toBeLessThanOrEqual(2);
});
