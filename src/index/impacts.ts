import { BIGRAM, CHARACTER } from './terms.ts';

/** BM25's parameters for one kind of term, and what the kind weighs in the sum. */
export interface Bm25 {
  readonly weight: number;
  /** 0.2–3: larger lets repetition count longer. */
  readonly k1: number;
  /** 0–1: how far length is held against a passage. */
  readonly b: number;
}

/** By kind of term; see docs/retrieval.md. */
export const BM25: readonly Bm25[] = [
  { weight: 1, k1: 1.2, b: 0.75 },
  { weight: 0.75, k1: 1, b: 0.75 },
  { weight: 2.1, k1: 0.8, b: 0.75 },
];
if (CHARACTER !== 0 || BIGRAM !== 1) throw new Error('BM25 is in the order of the kinds');

// A posting's count and its passage's length share one byte: 3 bits of count, 5 of length. So the idf and the average
// length stay out of the postings, and adding a document changes neither.
const COUNTS = [1, 2, 3, 4, 6, 8, 12, 20];
const LENGTH_CLASSES = 32;
const SHORTEST = 8;
const STEP = 1.22;
const lengthOfClass = Array.from({ length: LENGTH_CLASSES }, (_, index) => SHORTEST * STEP ** index);
const classOfCount = Array.from({ length: 21 }, (_, count) =>
  COUNTS.findLastIndex((least) => least <= Math.max(1, count)),
);

export function lengthClass(length: number): number {
  const exact = Math.round(Math.log(Math.max(SHORTEST, length) / SHORTEST) / Math.log(STEP));
  return Math.min(LENGTH_CLASSES - 1, exact);
}

export function impactCode(count: number, lengthClassOfPassage: number): number {
  return ((classOfCount[Math.min(20, count)] as number) << 5) | lengthClassOfPassage;
}

/** By code: tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average)), to be multiplied by the term's idf. */
export function impactTable({ weight, k1, b }: Bm25, averageLength: number): Float32Array {
  return Float32Array.from({ length: COUNTS.length << 5 }, (_, code) => {
    const count = COUNTS[code >> 5] as number;
    const length = lengthOfClass[code & 31] as number;
    return (weight * count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / Math.max(1, averageLength)));
  });
}

/** Lucene's idf, never negative: ln(1 + (N − n + 0.5) / (n + 0.5)). */
export function idf(frequency: number, size: number): number {
  return Math.log(1 + (Math.max(0, size - frequency) + 0.5) / (frequency + 0.5));
}
