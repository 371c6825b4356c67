import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseLabelled } from '../../src/evaluation/labelled.ts';
import { type Figures, figures, judge } from '../../src/evaluation/score.ts';
import { shippedEngine } from '../shipped.ts';

/** In shares. A little below what was reached: a change of a question or two is no alarm, a fall is. */
const FLOORS: readonly (readonly [string, Partial<Figures>])[] = [
  ['development', { right: 0.95, wrong: 0.03, abstained: 0.95, complete: 0.99 }],
  ['tuning', { right: 0.955, wrong: 0.02, abstained: 0.97, complete: 0.9 }],
  ['independent', { right: 0.95, wrong: 0.025, abstained: 0.93, complete: 0.95 }],
  ['unseen', { right: 0.95, wrong: 0.02, abstained: 0.97, complete: 0.9 }],
  ['off-topic', { wrong: 0.04, abstained: 0.96 }],
];

describe('the figures of the labelled questions do not fall', () => {
  it.each(FLOORS)('%s', async (name, floor) => {
    const { answerer } = await shippedEngine();
    const labelled = parseLabelled(await readFile(`eval/${name}.jsonl`, 'utf8'));
    const judgements = labelled.map((one) => judge(one, answerer.answer(one.question)));
    const reached = figures(judgements);
    const answerable = labelled.filter(({ gold }) => gold !== null).length;
    // A share of nothing would hold whatever happens.
    const of: Figures = {
      right: answerable,
      wrong: labelled.length,
      abstained: labelled.length - answerable,
      complete: judgements.filter(({ complete }) => complete !== undefined).length,
    };
    for (const [share, limit] of Object.entries(floor) as [keyof Figures, number][]) {
      expect(of[share], share).toBeGreaterThan(0);
      if (share === 'wrong') expect(reached.wrong).toBeLessThanOrEqual(limit);
      else expect(reached[share], share).toBeGreaterThanOrEqual(limit);
    }
  });
});
