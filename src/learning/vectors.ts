import type { LexiconGroup } from '../lexicon/lexicon-rows.ts';
import { DIMENSIONS, normalize, ROWS, rowsOf } from '../lexicon/vectors.ts';
import { createRandom, shuffle } from '../random.ts';

const EPOCHS = 6;
const BATCH = 128;
const TEMPERATURE = 0.07;
const RATE = 0.1;
const SEED = 3;
const SMALL = 1e-6;
const NEGLIGIBLE = 1e-4;

interface Pair {
  readonly everyday: string;
  readonly official: string;
  readonly group: number;
}

/**
 * Vectors by which an everyday word is nearer to its official words than to those of other groups: the softmax over a
 * batch (van den Oord et al., Representation learning with contrastive predictive coding, 2018), with Adagrad (Duchi et
 * al., 2011). What characters mean is learned from the words that have them, so it holds for words that no group has.
 */
export function learnVectors(groups: readonly LexiconGroup[], say: (step: string) => void): Int8Array {
  const random = createRandom(SEED);
  const table = Float32Array.from({ length: ROWS * DIMENSIONS }, () => (random() - 0.5) / 5);
  const squares = new Float32Array(table.length);
  const pairs = groups.flatMap(({ everyday, official }, group): Pair[] =>
    everyday
      .filter(({ word }) => word.length > 1)
      .flatMap(({ word }) => official.map((one) => ({ everyday: word, official: one, group }))),
  );
  const asked = vectors();
  const found = vectors();
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(pairs, random);
    const rate = RATE * (1 - epoch / EPOCHS);
    for (let from = 0; from + BATCH <= pairs.length; from += BATCH) learnFrom(pairs.slice(from, from + BATCH), rate);
    say(`epoch ${epoch + 1} of ${EPOCHS}`);
  }
  return quantized(table);

  function learnFrom(batch: readonly Pair[], rate: number): void {
    const lengths = batch.map(({ everyday, official }, at) => [
      fill(asked[at] as Float32Array, everyday),
      fill(found[at] as Float32Array, official),
    ]);
    const pullAsked = vectors();
    const pullFound = vectors();
    for (const [one, { group }] of batch.entries()) {
      const scores = batch.map((other, at) =>
        at !== one && other.group === group
          ? Number.NEGATIVE_INFINITY
          : dot(asked[one] as Float32Array, found[at] as Float32Array) / TEMPERATURE,
      );
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const all = odds.reduce((sum, value) => sum + value, 0);
      for (const [at, value] of odds.entries()) {
        const error = (value / all - (at === one ? 1 : 0)) / TEMPERATURE;
        if (Math.abs(error) < NEGLIGIBLE) continue;
        add(pullAsked[one] as Float32Array, found[at] as Float32Array, error);
        add(pullFound[at] as Float32Array, asked[one] as Float32Array, error);
      }
    }
    for (const [at, { everyday, official }] of batch.entries()) {
      const [askedLength, foundLength] = lengths[at] as [number, number];
      move(everyday, pullAsked[at] as Float32Array, asked[at] as Float32Array, askedLength, rate);
      move(official, pullFound[at] as Float32Array, found[at] as Float32Array, foundLength, rate);
    }
  }

  function fill(vector: Float32Array, word: string): number {
    vector.fill(0);
    for (const row of rowsOf(word)) add(vector, table.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS), 1);
    return normalize(vector);
  }

  function move(word: string, pull: Float32Array, vector: Float32Array, length: number, rate: number): void {
    const along = dot(pull, vector);
    const rows = rowsOf(word);
    for (let at = 0; at < DIMENSIONS; at++) {
      const slope = ((pull[at] as number) - along * (vector[at] as number)) / length / rows.length;
      for (const row of rows) {
        const place = row * DIMENSIONS + at;
        squares[place] = (squares[place] as number) + slope * slope;
        table[place] = (table[place] as number) - (rate * slope) / (Math.sqrt(squares[place] as number) + SMALL);
      }
    }
  }
}

function vectors(): readonly Float32Array[] {
  return Array.from({ length: BATCH }, () => new Float32Array(DIMENSIONS));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

function add(to: Float32Array, vector: Float32Array, times: number): void {
  for (let at = 0; at < DIMENSIONS; at++) to[at] = (to[at] as number) + times * (vector[at] as number);
}

/** One byte a number: beyond four deviations there is hardly anything. */
function quantized(table: Float32Array): Int8Array {
  let square = 0;
  for (const value of table) square += value * value;
  const step = (4 * Math.sqrt(square / table.length)) / 127;
  return Int8Array.from(table, (value) => Math.max(-127, Math.min(127, Math.round(value / step))));
}
