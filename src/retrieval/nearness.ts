import { createNumbering } from '../index/numbering.ts';
import { bigram } from '../index/terms.ts';
import { HAN, kindOf } from '../index/units.ts';
import { DIMENSIONS, type Vectors } from '../lexicon/vectors.ts';
import type { Question } from './question.ts';
import type { QuestionWord } from './words.ts';

/** How near a stretch of text comes to each word of a question: 0 to 1, in the order of the words. */
export interface Nearness {
  readonly words: readonly QuestionWord[];
  of(read: ReadText, start: number, end: number): Float32Array;
}

/** A passage with its folded units. */
export interface ReadText {
  readonly passage: object;
  readonly folded: Uint16Array;
}

/** Below this cosine two words have nothing to do with each other; the rest is stretched to 0–1 and bent. */
const FLOOR = 0.3;
const BEND = 1.5;
/** Of a question so many words are compared: those with the highest idf. */
const WORDS = 8;
/** Pairs of characters whose vectors are kept, some 43 MB; when there are more, all are made anew. */
const KEPT = 1 << 17;
/** Units of passages whose pairs are kept, 16 MB; when there are more, they are looked up anew. */
const KEPT_UNITS = 1 << 22;

/** The vectors of neighbouring characters, which come again with every question about the same texts. */
export interface PairVectors {
  nearness(question: Question, words: readonly QuestionWord[]): Nearness;
}

export function createPairVectors(vectors: Vectors): PairVectors {
  let places = createNumbering();
  let size = 0;
  let kept = new Float32Array(1 << 12);
  let coarse = new Int8Array(kept.length);
  let best = new Float32Array(0);
  let seen = new Int32Array(0);
  let questions = 0;
  let passages = new WeakMap<object, Int32Array>();
  let units = 0;

  /** Where the vector of a pair begins. */
  function placeOf(first: number, second: number): number {
    const place = places.of(bigram(first, second));
    if (place < size) return place;
    size++;
    if ((place + 1) * DIMENSIONS > kept.length) {
      kept = grownTo(new Float32Array(2 * kept.length), kept);
      coarse = grownTo(new Int8Array(kept.length), coarse);
    }
    const vector = vectors.of(String.fromCharCode(first, second));
    kept.set(vector, place * DIMENSIONS);
    for (let at = 0; at < DIMENSIONS; at++)
      coarse[place * DIMENSIONS + at] = Math.round(COARSE * (vector[at] as number));
    return place;
  }

  /** By unit of a passage, one more than the place of the pair that ends there; −1 where none does, 0 where nobody looked. */
  function pairsOf({ passage, folded }: ReadText): Int32Array {
    const known = passages.get(passage);
    if (known) return known;
    const pairs = new Int32Array(folded.length);
    passages.set(passage, pairs);
    units += folded.length;
    return pairs;
  }

  function pairAt(folded: Uint16Array, at: number): number {
    const [first, second] = [folded[at - 1] as number, folded[at] as number];
    return kindOf(first) === HAN && kindOf(second) === HAN ? 1 + placeOf(first, second) : -1;
  }

  return {
    nearness(question, all) {
      if (size > KEPT) {
        places = createNumbering();
        size = 0;
      }
      if (size === 0 || units > KEPT_UNITS) {
        passages = new WeakMap();
        units = 0;
      }
      const words = all
        .filter(({ start }) => kindOf(question.units[start] as number) === HAN)
        .toSorted((a, b) => b.idf - a.idf)
        .slice(0, WORDS);
      const asked = words.map(({ start, end }) => new Float64Array(vectors.of(question.folded.slice(start, end))));
      const packs = packed(asked);
      // Of a pair that was compared with this question: near none of its words, or near some.
      const far = 2 * ++questions;
      const near = far + 1;
      return { words, of };

      function of(read: ReadText, start: number, end: number): Float32Array {
        const nearest = new Float32Array(words.length);
        const pairs = pairsOf(read);
        for (let at = start + 1; at < end; at++) {
          if (pairs[at] === 0) pairs[at] = pairAt(read.folded, at);
          const place = (pairs[at] as number) - 1;
          if (place < 0 || seen[place] === far) continue;
          if (seen[place] !== near && !compare(place)) continue;
          for (let word = 0; word < words.length; word++) {
            const value = best[place * WORDS + word] as number;
            if (value > (nearest[word] as number)) nearest[word] = value;
          }
        }
        for (let word = 0; word < words.length; word++) {
          const value = nearest[word] as number;
          nearest[word] = value <= FLOOR ? 0 : ((value - FLOOR) / (1 - FLOOR)) ** BEND;
        }
        return nearest;
      }

      /** Notes how near a pair comes to each of the words; whether it is near any. */
      function compare(place: number): boolean {
        if (place >= seen.length) {
          seen = grownTo(new Int32Array(kept.length / DIMENSIONS), seen);
          best = grownTo(new Float32Array((kept.length / DIMENSIONS) * WORDS), best);
        }
        multiply(packs, coarse, place * DIMENSIONS);
        seen[place] = far;
        for (let word = 0; word < words.length; word++) {
          // Only what may be nearer than nothing is worked out exactly.
          const isNear = (products[word] as number) >= LEAST_PRODUCT;
          best[place * WORDS + word] = isNear ? cosine(asked[word] as Float64Array, kept, place * DIMENSIONS) : 0;
          if (isNear) seen[place] = near;
        }
        return seen[place] === near;
      }
    },
  };
}

/** Numbers from −1 to 1 are rounded to as many steps: of a pair of characters, and of a word of the question. */
const COARSE = 127;
const FINE = 255;
/** Products of two such vectors of length 1 are within ±32,385, so that three fit side by side in the 53 bits of a number. */
const SHIFT = 2 ** 17;
const SQUARE = SHIFT ** 2;
/** Rounding moves each of the numbers by half a step at most, so a cosine by no more than this. */
const ROUNDING = (Math.sqrt(DIMENSIONS) / 2) * (1 / COARSE + 1.04 / FINE);
const LEAST_PRODUCT = (FLOOR - ROUNDING) * COARSE * FINE;

type Packs = readonly [Float64Array, Float64Array, Float64Array];

/** Words, rounded, three side by side in one number: by dimension. */
function packed(asked: readonly Float64Array[]): Packs {
  const packs: Packs = [new Float64Array(DIMENSIONS), new Float64Array(DIMENSIONS), new Float64Array(DIMENSIONS)];
  for (const [word, vector] of asked.entries()) {
    const pack = packs[Math.floor(word / 3)] as Float64Array;
    const shift = SHIFT ** (word % 3);
    for (let at = 0; at < DIMENSIONS; at++)
      pack[at] = (pack[at] as number) + shift * Math.round(FINE * (vector[at] as number));
  }
  return packs;
}

const products = new Float64Array(9);

/** Notes the product of each word with a pair. */
function multiply([first, second, third]: Packs, coarse: Int8Array, from: number): void {
  let [a, b, c] = [0, 0, 0];
  for (let at = 0; at < DIMENSIONS; at++) {
    const value = coarse[from + at] as number;
    a += (first[at] as number) * value;
    b += (second[at] as number) * value;
    c += (third[at] as number) * value;
  }
  unpack(0, a);
  unpack(3, b);
  unpack(6, c);
}

function unpack(word: number, sum: number): void {
  const third = Math.floor(sum / SQUARE + 0.5);
  const others = sum - third * SQUARE;
  const second = Math.floor(others / SHIFT + 0.5);
  products[word] = others - second * SHIFT;
  products[word + 1] = second;
  products[word + 2] = third;
}

/** Four sums side by side, as none has to wait for the one before: three times as fast. */
function cosine(vector: Float64Array, kept: Float32Array, from: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < DIMENSIONS; at += 4) {
    a += (vector[at] as number) * (kept[from + at] as number);
    b += (vector[at + 1] as number) * (kept[from + at + 1] as number);
    c += (vector[at + 2] as number) * (kept[from + at + 2] as number);
    d += (vector[at + 3] as number) * (kept[from + at + 3] as number);
  }
  return a + b + (c + d);
}

function grownTo<T extends Float32Array | Int32Array | Int8Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}
