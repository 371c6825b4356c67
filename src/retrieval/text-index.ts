import { FIELDS, type Field } from './analysis.ts';
import { type Bm25, buildIndex, type InvertedIndex } from './inverted-index.ts';
import type { Encoded, Vocabulary } from './vocabulary.ts';

/** How much a field's score counts, and its BM25 parameters. */
export type Weights = Readonly<Record<Field, Bm25 & { readonly weight: number }>>;

/** What a search found. The arrays belong to the index and hold until its next search. */
export interface Scores {
  /** The texts that share a term with the question. */
  readonly touched: readonly number[];
  /** Weighted sum of the fields' BM25, by text. */
  readonly bm25: Float32Array;
  /** Weighted sum of the idf of the question's distinct terms that the text has. */
  readonly shared: Float32Array;
  /** What `shared` would be of a text with all of the question's terms; a term that no text has counts in full. */
  readonly total: number;
}

export interface TextIndex {
  search(question: Encoded): Scores;
  /** Weighted sum of the idf of a text's own distinct terms. */
  mass(text: number): number;
}

export function createTextIndex(texts: readonly Encoded[], vocabulary: Vocabulary, weights: Weights): TextIndex {
  const unseen = Math.log(1 + (texts.length + 0.5) / 0.5);
  const fields = FIELDS.filter((field) => weights[field].weight > 0).map((field) => {
    const rows = texts.map((terms) => terms[field]);
    return { field, index: buildIndex(rows, vocabulary.size(field), weights[field]), weight: weights[field].weight };
  });
  const masses = new Float32Array(texts.length);
  for (const { index, weight } of fields) addMasses(masses, index, weight);
  const bm25 = new Float32Array(texts.length);
  const shared = new Float32Array(texts.length);
  let touched: number[] = [];

  return {
    mass: (text) => masses[text] ?? 0,
    search(question) {
      for (const text of touched) {
        bm25[text] = 0;
        shared[text] = 0;
      }
      touched = [];
      let total = 0;
      for (const { field, index, weight } of fields) {
        for (const term of new Set(question[field])) total += weight * add(term, index, weight);
      }
      return { touched, bm25, shared, total };
    },
  };

  function add(term: number, index: InvertedIndex, weight: number): number {
    const idf = index.idf[term];
    if (idf === undefined) return unseen;
    const end = index.from[term + 1] as number;
    for (let at = index.from[term] as number; at < end; at++) {
      const text = index.texts[at] as number;
      if (shared[text] === 0) touched.push(text);
      bm25[text] = (bm25[text] as number) + weight * (index.impacts[at] as number);
      shared[text] = (shared[text] as number) + weight * idf;
    }
    return idf;
  }
}

function addMasses(masses: Float32Array, index: InvertedIndex, weight: number): void {
  for (let term = 0; term < index.idf.length; term++) {
    const idf = weight * (index.idf[term] as number);
    const end = index.from[term + 1] as number;
    for (let at = index.from[term] as number; at < end; at++) {
      const text = index.texts[at] as number;
      masses[text] = (masses[text] as number) + idf;
    }
  }
}
