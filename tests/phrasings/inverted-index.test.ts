import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bm25, buildIndex } from '../../src/phrasings/inverted-index.ts';

describe('BM25', () => {
  it('gives for every term and text what the formula gives, written out slowly', () => {
    fc.assert(
      fc.property(corpus, parameters, ({ texts, terms }, bm25) => {
        const scores = scoresOf(buildIndex(texts, terms, bm25));
        for (let term = 0; term < terms; term++) {
          for (const [text, words] of texts.entries()) {
            expect(scores.get(`${term} ${text}`) ?? 0).toBeCloseTo(slowScore(texts, term, words, bm25), 4);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('postings are complete: each text once for each distinct term, in order', () => {
    fc.assert(
      fc.property(corpus, parameters, ({ texts, terms }, bm25) => {
        const index = buildIndex(texts, terms, bm25);
        expect(index.from[terms]).toBe(index.texts.length);
        for (let term = 0; term < terms; term++) {
          const found = [...index.texts.subarray(index.from[term], index.from[term + 1])];
          expect(found).toEqual(texts.flatMap((words, text) => (words.includes(term) ? [text] : [])));
        }
      }),
    );
  });

  it('the worked example: two texts, k1 = 1.2, b = 0.75', () => {
    // 0 stands twice in a text of three terms, once in one of one; the average length is two.
    const { idf, impacts } = buildIndex([[0, 0, 1], [0]], 2, { k1: 1.2, b: 0.75 });
    expect(idf[0]).toBeCloseTo(Math.log(1 + 0.5 / 2.5), 6);
    expect(idf[1]).toBeCloseTo(Math.log(1 + 1.5 / 1.5), 6);
    expect(impacts[0]).toBeCloseTo((Math.log(1.2) * 2 * 2.2) / (2 + 1.2 * (0.25 + 0.75 * 1.5)), 6);
    expect(impacts[1]).toBeCloseTo((Math.log(1.2) * 2.2) / (1 + 1.2 * (0.25 + 0.75 * 0.5)), 6);
    expect(impacts[2]).toBeCloseTo((Math.log(2) * 2.2) / (1 + 1.2 * (0.25 + 0.75 * 1.5)), 6);
  });

  it('is never negative, even for a term of every text, and holds without texts or terms', () => {
    expect(buildIndex([[0], [0], [0]], 1, { k1: 1.2, b: 0.75 }).impacts.every((impact) => impact > 0)).toBe(true);
    expect(buildIndex([], 3, { k1: 1.2, b: 0.75 }).texts).toHaveLength(0);
    expect(buildIndex([[], []], 0, { k1: 1.2, b: 0.75 }).texts).toHaveLength(0);
  });
});

const parameters: fc.Arbitrary<Bm25> = fc.record({
  k1: fc.double({ min: 0.2, max: 3, noNaN: true }),
  b: fc.double({ min: 0, max: 1, noNaN: true }),
});

const corpus = fc.integer({ min: 1, max: 8 }).chain((terms) =>
  fc.record({
    terms: fc.constant(terms),
    texts: fc.array(fc.array(fc.integer({ min: 0, max: terms - 1 }), { maxLength: 12 }), { maxLength: 10 }),
  }),
);

function scoresOf({ from, texts, impacts }: ReturnType<typeof buildIndex>): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (let term = 0; term + 1 < from.length; term++) {
    for (let at = from[term] as number; at < (from[term + 1] as number); at++) {
      scores.set(`${term} ${texts[at]}`, impacts[at] as number);
    }
  }
  return scores;
}

function slowScore(
  texts: readonly (readonly number[])[],
  term: number,
  words: readonly number[],
  { k1, b }: Bm25,
): number {
  const frequency = words.filter((word) => word === term).length;
  const having = texts.filter((text) => text.includes(term)).length;
  const average = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const idf = Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
  return frequency === 0 ? 0 : (idf * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + (b * words.length) / average));
}
