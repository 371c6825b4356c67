import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseLabelled } from '../../src/evaluation/labelled.ts';
import { figures, judge } from '../../src/evaluation/score.ts';
import { shippedEngine } from '../shipped.ts';

/** In shares. A little below what was reached: a change of a question or two is no alarm, a fall is. */
const FLOORS = [
  ['development', { right: 0.95, wrong: 0.03, abstained: 0.95, complete: 0.99 }],
  ['tuning', { right: 0.955, wrong: 0.02, abstained: 0.97, complete: 0.9 }],
  ['independent', { right: 0.95, wrong: 0.025, abstained: 0.93, complete: 0.95 }],
  ['unseen', { right: 0.95, wrong: 0.02, abstained: 0.97, complete: 0.9 }],
  ['off-topic', { right: 1, wrong: 0.04, abstained: 0.96, complete: 1 }],
] as const;

describe('the figures of the labelled questions do not fall', () => {
  it.each(FLOORS)('%s', async (name, floor) => {
    const { answerer } = await shippedEngine();
    const labelled = parseLabelled(await readFile(`eval/${name}.jsonl`, 'utf8'));
    const reached = figures(labelled.map((one) => judge(one, answerer.answer(one.question))));
    expect(reached.right).toBeGreaterThanOrEqual(floor.right);
    expect(reached.wrong).toBeLessThanOrEqual(floor.wrong);
    expect(reached.abstained).toBeGreaterThanOrEqual(floor.abstained);
    expect(reached.complete).toBeGreaterThanOrEqual(floor.complete);
  });
});
