import { bigram } from '../index/terms.ts';
import { HAN, kindOf } from '../index/units.ts';
import { DIMENSIONS, type Vectors } from '../lexicon/vectors.ts';
import type { Question } from './question.ts';
import type { QuestionWord } from './words.ts';

/** How near a stretch of text comes to each word of a question: 0 to 1, in the order of the words. */
export interface Nearness {
  readonly words: readonly QuestionWord[];
  of(units: Uint16Array, start: number, end: number): Float32Array;
}

/** Below this cosine two words have nothing to do with each other; the rest is stretched to 0–1 and bent. */
const FLOOR = 0.3;
const BEND = 1.5;
/** Of a question so many words are compared: those with the highest idf. */
const WORDS = 8;
/** Pairs of characters whose vectors are kept, some 17 MB; when there are more, all are made anew. */
const KEPT = 1 << 16;

/** The vectors of neighbouring characters, which come again with every question about the same texts. */
export interface PairVectors {
  nearness(question: Question, words: readonly QuestionWord[]): Nearness;
}

export function createPairVectors(vectors: Vectors): PairVectors {
  const places = new Map<number, number>();
  let kept = new Float32Array(1 << 12);
  let best = new Float32Array(0);
  let stamps = new Int32Array(0);
  let stamp = 0;

  /** Where the vector of a pair begins. */
  function placeOf(first: number, second: number): number {
    const pair = bigram(first, second);
    const known = places.get(pair);
    if (known !== undefined) return known;
    const place = places.size;
    if ((place + 1) * DIMENSIONS > kept.length) kept = grownTo(new Float32Array(2 * kept.length), kept);
    kept.set(vectors.of(String.fromCharCode(first, second)), place * DIMENSIONS);
    places.set(pair, place);
    return place;
  }

  return {
    nearness(question, all) {
      if (places.size > KEPT) places.clear();
      const words = all
        .filter(({ start }) => kindOf(question.units[start] as number) === HAN)
        .toSorted((a, b) => b.idf - a.idf)
        .slice(0, WORDS);
      const asked = words.map(({ start, end }) => vectors.of(question.folded.slice(start, end)));
      const own = ++stamp;
      return {
        words,
        of(units, start, end) {
          const nearest = new Float32Array(words.length);
          for (let at = start + 1; at < end; at++) {
            const [first, second] = [units[at - 1] as number, units[at] as number];
            if (kindOf(first) !== HAN || kindOf(second) !== HAN) continue;
            const place = placeOf(first, second);
            if (place >= stamps.length) {
              stamps = grownTo(new Int32Array(kept.length / DIMENSIONS), stamps);
              best = grownTo(new Float32Array((kept.length / DIMENSIONS) * WORDS), best);
            }
            if (stamps[place] !== own) {
              stamps[place] = own;
              for (let word = 0; word < words.length; word++)
                best[place * WORDS + word] = cosine(asked[word] as Float32Array, kept, place * DIMENSIONS);
            }
            for (let word = 0; word < words.length; word++) {
              const value = best[place * WORDS + word] as number;
              if (value > (nearest[word] as number)) nearest[word] = value;
            }
          }
          return nearest.map((value) => (value <= FLOOR ? 0 : ((value - FLOOR) / (1 - FLOOR)) ** BEND));
        },
      };
    },
  };
}

function cosine(vector: Float32Array, kept: Float32Array, from: number): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) sum += (vector[at] as number) * (kept[from + at] as number);
  return sum;
}

function grownTo<T extends Float32Array | Int32Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}
