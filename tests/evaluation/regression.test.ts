import { describe, expect, it } from 'vitest';
import { type Example, fitLogistic, fitRanking } from '../../src/evaluation/regression.ts';

const DESCENT = { steps: 500, rate: 0.2, penalty: 1e-4 };

describe('fitLogistic', () => {
  it('parts what can be parted', () => {
    const examples = [-3, -2, -1, 1, 2, 3].map((x): Example => ({ x: [1, x], y: x > 0, weight: 1 }));
    const [bias = 0, slope = 0] = fitLogistic(examples, [0, 0], DESCENT);
    for (const { x, y } of examples) expect(bias + slope * (x[1] ?? 0) > 0).toBe(y);
    expect(slope).toBeGreaterThan(1);
    expect(bias).toBeCloseTo(0, 6);
  });

  it('finds the share where nothing else tells, and a weight counts as so many examples', () => {
    const examples: readonly Example[] = [
      { x: [1], y: true, weight: 3 },
      { x: [1], y: false, weight: 1 },
    ];
    const [bias = 0] = fitLogistic(examples, [0], { ...DESCENT, penalty: 0 });
    expect(1 / (1 + Math.exp(-bias))).toBeCloseTo(0.75, 3);
  });

  it('a penalty keeps weights small; no steps leave them as they are', () => {
    const examples = [-1, 1].map((x): Example => ({ x: [1, x], y: x > 0, weight: 1 }));
    const [, free = 0] = fitLogistic(examples, [0, 0], DESCENT);
    const [, held = 0] = fitLogistic(examples, [0, 0], { ...DESCENT, penalty: 1 });
    expect(held).toBeLessThan(free / 2);
    expect(held).toBeGreaterThan(0);
    expect(fitLogistic(examples, [4, 5], { ...DESCENT, steps: 0 })).toEqual([4, 5]);
  });
});

describe('fitRanking', () => {
  const examples = [
    [
      { x: [2, 9], right: true },
      { x: [1, 9], right: false },
    ],
    [
      { x: [5, 0], right: false },
      { x: [6, 3], right: true },
      { x: [4, 7], right: false },
    ],
    [
      { x: [0, 1], right: false },
      { x: [3, 1], right: true },
      { x: [3, 1], right: true },
    ],
  ].map((candidates) => ({ candidates }));

  it('puts a right candidate first wherever the signals allow', () => {
    const weights = fitRanking(examples, [0, 0], DESCENT);
    const score = (x: readonly number[]) => x.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
    for (const { candidates } of examples) {
      const [best] = candidates.toSorted((a, b) => score(b.x) - score(a.x));
      expect(best?.right).toBe(true);
    }
    expect(weights[0]).toBeGreaterThan(Math.abs(weights[1] ?? 0));
  });

  it('what has no right candidate teaches nothing', () => {
    const hopeless = { candidates: [{ x: [9, 0], right: false }] };
    expect(fitRanking([...examples, hopeless], [0, 0], DESCENT)).toEqual(fitRanking(examples, [0, 0], DESCENT));
    expect(fitRanking([hopeless], [1, 2], { ...DESCENT, penalty: 0 })).toEqual([1, 2]);
  });

  it('changes neither its examples nor its start', () => {
    const start = [0, 0];
    const before = structuredClone(examples);
    fitRanking(examples, start, DESCENT);
    expect([start, examples]).toEqual([[0, 0], before]);
  });
});
