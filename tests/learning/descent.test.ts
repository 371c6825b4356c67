import { describe, expect, it } from 'vitest';
import { train } from '../../src/learning/descent.ts';
import { evaluate, sigmoid } from '../../src/network.ts';

describe('training', () => {
  it('learns what no weighted sum can tell: which of two is one but not both', () => {
    const rows = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const groups = Array.from({ length: 200 }, (_, at) => ({
      rows: [rows[0], rows[1 + (at % 2)], rows[3]] as number[][],
      right: [false, true, false],
    }));
    const network = train(groups, { hidden: 4, decay: 0, epochs: 200, seed: 1, none: false });
    const [none, second, first, both] = rows.map((row) => evaluate(network, row)) as [number, number, number, number];
    expect(Math.min(first, second)).toBeGreaterThan(Math.max(none, both));
    expect(train(groups, { hidden: 4, decay: 0, epochs: 200, seed: 1, none: false })).toEqual(network);
  });

  it('finds the share where nothing else tells, and a weight counts as so many groups', () => {
    const groups = Array.from({ length: 100 }, (_, at) => ({
      rows: [[7]],
      right: [at % 2 === 0],
      weight: at % 2 === 0 ? 3 : 1,
    }));
    const network = train(groups, { hidden: 0, decay: 0, epochs: 200, seed: 1, none: true });
    expect(sigmoid(evaluate(network, [7]))).toBeCloseTo(0.75, 1);
  });
});
