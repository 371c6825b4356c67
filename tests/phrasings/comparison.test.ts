import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, comparableTexts, createComparison } from '../../src/phrasings/comparison.ts';
import { createRowWriter } from '../../src/phrasings/rows.ts';

const TERMS = 9;
const text = fc.array(fc.integer({ min: 1, max: TERMS }), { maxLength: 8 });
const groups = fc.array(fc.array(text, { maxLength: 4 }), { minLength: 1, maxLength: 5 });
const weightOf = (term: number) => 1 + (term % 3);

describe('createComparison', () => {
  it('gives the texts of the groups that are asked for what the formula gives, written out slowly', () => {
    fc.assert(
      fc.property(groups, text, text, fc.array(fc.nat({ max: 4 })), (all, question, before, some) => {
        const texts = all.flat();
        const writer = createRowWriter(texts.length);
        texts.forEach(writer.add);
        const rows = writer.rows();
        const firsts = Uint32Array.from([0, ...all.map((_, group) => all.slice(0, group + 1).flat().length)]);
        const comparison = createComparison(comparableTexts(rows, firsts), weightOf);
        const encode = (terms: readonly number[]) => {
          const distinct = [...new Set(terms)];
          return { terms: distinct, numbers: distinct.map((term) => rows.terms.indexOf(term)) };
        };
        comparison.compare(encode(before), [...all.keys()]);
        const chosen = new Set(some.filter((group) => group < all.length));
        comparison.compare(encode(question), [...chosen]);
        for (const group of chosen) {
          const [first = 0, end = 0] = firsts.subarray(group, group + 2);
          const wanted = texts.slice(first, end).map((one) => slowDice(texts, question, one));
          const given = diceOf(comparison, group, first, end);
          for (const [at, coefficient] of wanted.entries()) expect(given[at]).toBeCloseTo(coefficient, 5);
          expect(comparison.most(group, first, end)).toBeCloseTo(Math.max(0, ...wanted), 5);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a text is wholly like itself, and nothing like what shares no term with it', () => {
    const writer = createRowWriter(2);
    writer.add([1, 2]);
    writer.add([3]);
    const comparison = createComparison(comparableTexts(writer.rows(), Uint32Array.of(0, 2)), weightOf);
    comparison.compare({ terms: [2, 1], numbers: [1, 0] }, [0]);
    expect(diceOf(comparison, 0, 0, 2)).toEqual([expect.closeTo(1, 5), 0]);
    comparison.compare({ terms: [], numbers: [] }, [0]);
    expect(diceOf(comparison, 0, 0, 2)).toEqual([0, 0]);
  });
});

function diceOf(comparison: Comparison, group: number, start: number, end: number): readonly number[] {
  const coefficients = new Float64Array(end - start);
  comparison.dice(group, start, coefficients);
  return [...coefficients];
}

function slowDice(texts: readonly (readonly number[])[], a: readonly number[], b: readonly number[]): number {
  const massOf = (terms: Iterable<number>) => {
    let mass = 0;
    for (const term of new Set(terms)) {
      const having = texts.filter((other) => other.includes(term)).length;
      mass += weightOf(term) * Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
    }
    return mass;
  };
  const shared = massOf(a.filter((term) => b.includes(term)));
  return shared === 0 ? 0 : (2 * shared) / (massOf(a) + massOf(b));
}
