import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUnits } from '../../src/index/units.ts';
import { createVectors, DIMENSIONS, ROWS } from '../../src/lexicon/vectors.ts';
import { createPairVectors } from '../../src/retrieval/nearness.ts';
import { readQuestion } from '../../src/retrieval/question.ts';

const CHARACTERS = Array.from('社区工作者薪酬待遇电信试点外资开放');
const characters = fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 2, maxLength: 24 });

let state = 1;
const vectors = createVectors(
  Int8Array.from({ length: ROWS * DIMENSIONS }, () => {
    state = Math.imul(state, 0x41c64e6d) + 0x3039;
    return state >> 24;
  }),
);

describe('nearness in meaning', () => {
  it('is that of the nearest pair, though most pairs are only looked at roughly', () => {
    fc.assert(
      fc.property(characters, characters, (asked, text) => {
        const question = readQuestion(asked);
        const words = Array.from({ length: Math.floor(asked.length / 2) }, (_, at) => {
          return { start: 2 * at, end: 2 * at + 2, idf: at };
        });
        const units = toUnits(text);
        const nearness = createPairVectors(vectors).nearness(question, words);
        const found = nearness.of({ passage: {}, folded: units }, 0, units.length);
        const plain = nearness.words.map(({ start, end }) => {
          const own = vectors.of(asked.slice(start, end));
          const cosines = Array.from({ length: text.length - 1 }, (_, at) => {
            const pair = vectors.of(text.slice(at, at + 2));
            return own.reduce((sum, value, place) => sum + value * (pair[place] as number), 0);
          });
          return Math.max(0, (Math.max(...cosines) - 0.3) / 0.7) ** 1.5;
        });
        expect(found.length).toBe(plain.length);
        for (const [at, value] of plain.entries()) expect(found[at]).toBeCloseTo(value, 6);
      }),
      { numRuns: 200 },
    );
  });
});
