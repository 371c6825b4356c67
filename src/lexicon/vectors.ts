/** Tells how near two words are in meaning, as far as their characters show it. */
export interface Vectors {
  /** Of a folded word: DIMENSIONS numbers, of length 1. */
  of(word: string): Float32Array;
}

export const DIMENSIONS = 64;
/** Characters and pairs of them share so many rows. */
export const ROWS = 1 << 15;

/**
 * The rows that make up a word: its characters, its pairs of neighbours, and, of a longer one, the whole word
 * (Bojanowski et al., Enriching word vectors with subword information, 2017; FNV-1a instead of a vocabulary).
 */
export function rowsOf(word: string): readonly number[] {
  const rows: number[] = [];
  for (let at = 0; at < word.length; at++) {
    rows.push(hash(word, at, at + 1));
    if (at > 0) rows.push(hash(word, at - 1, at + 1));
  }
  if (word.length > 2) rows.push(hash(word, 0, word.length));
  return rows;
}

function hash(word: string, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < end; at++) value = Math.imul(value ^ word.charCodeAt(at), 0x01000193);
  value ^= value >>> 15;
  return (value >>> 0) % ROWS;
}

/** From a table of ROWS × DIMENSIONS; its scale does not matter. */
export function createVectors(table: Int8Array | Float32Array): Vectors {
  return {
    of(word) {
      const vector = new Float32Array(DIMENSIONS);
      for (const row of rowsOf(word)) {
        const from = row * DIMENSIONS;
        for (let at = 0; at < DIMENSIONS; at++) vector[at] = (vector[at] as number) + (table[from + at] as number);
      }
      normalize(vector);
      return vector;
    },
  };
}

/** Brings a vector to length 1 and tells the length that it had. */
export function normalize(vector: Float32Array): number {
  let square = 0;
  for (let at = 0; at < vector.length; at++) square += (vector[at] as number) ** 2;
  const length = Math.sqrt(square) || 1;
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) / length;
  return length;
}
