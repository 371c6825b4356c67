import { expect, it } from 'vitest';
import { createRandom } from '../../src/random.ts';
import { shippedEngine } from '../../tests/shipped.ts';
import { missed, runHostile } from '../hostile/hostile.ts';

it('people who do all that was ever found to harm keep nobody else waiting', { timeout: 120_000 }, async () => {
  const engine = await shippedEngine();
  const sections = engine.library.documents.flatMap((document) => document.sections);
  const figures = await runHostile({
    engine,
    questions: sections.flatMap(({ points }) => points.flatMap(({ ask }) => ask.slice(0, 1))),
    random: createRandom(3),
    ordinary: 50,
    hostile: 8,
    minutes: 1,
    everyMs: 10_000,
    // In a minute hardly anything is sent in a tenth of a second.
    outageMs: 1_000,
  });
  expect(figures.asked).toBeGreaterThan(200);
  expect(figures.broken + figures.flooded).toBeGreaterThan(0);
  // One send that hung or was told to wait decides the 99th of a hundred here: that figure is for the hour.
  expect(figures.p50).toBeLessThan(2_000);
  expect(missed({ ...figures, p99: figures.p50 })).toEqual([]);
});
