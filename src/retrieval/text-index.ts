import { FIELDS, type Field } from './analysis.ts';
import { type Bm25, buildIndex, type InvertedIndex } from './inverted-index.ts';
import type { Encoded, Vocabulary } from './vocabulary.ts';

/** How much a field's score counts, and its BM25 parameters. */
export type Weights = Readonly<Record<Field, Bm25 & { readonly weight: number }>>;

/** What the texts have in common with a question. The arrays belong to the index and hold until its next search. */
export interface Overlap {
  /** The texts that share a term with the question. */
  readonly touched: readonly number[];
  /** Weighted sum of the idf of the question's distinct terms that the text has. */
  readonly shared: Float32Array;
  /** What `shared` would be of a text with all of the question's terms; a term that no text has counts in full. */
  readonly total: number;
}

export interface Scores extends Overlap {
  /** Weighted sum of the fields' BM25, by text. */
  readonly bm25: Float32Array;
}

export interface TextIndex {
  search(question: Encoded): Scores;
  /** The same without BM25, for half the work. */
  overlap(question: Encoded): Overlap;
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

  function sum(question: Encoded, add: (term: number, index: InvertedIndex, weight: number) => void): number {
    for (const text of touched) {
      bm25[text] = 0;
      shared[text] = 0;
    }
    touched = [];
    let total = 0;
    for (const { field, index, weight } of fields) {
      for (const term of new Set(question[field])) {
        const idf = index.idf[term];
        total += weight * (idf ?? unseen);
        if (idf === undefined) continue;
        share(index.texts, index.from[term] as number, index.from[term + 1] as number, weight * idf);
        add(term, index, weight);
      }
    }
    return total;
  }

  function share(texts: Uint32Array, from: number, end: number, mass: number): void {
    for (let at = from; at < end; at++) {
      const text = texts[at] as number;
      const before = shared[text] as number;
      if (before === 0) touched.push(text);
      shared[text] = before + mass;
    }
  }

  function addImpacts(term: number, { texts, impacts, from }: InvertedIndex, weight: number): void {
    const end = from[term + 1] as number;
    for (let at = from[term] as number; at < end; at++) {
      const text = texts[at] as number;
      bm25[text] = (bm25[text] as number) + weight * (impacts[at] as number);
    }
  }

  return {
    mass: (text) => masses[text] ?? 0,
    search(question) {
      const total = sum(question, addImpacts);
      return { touched, bm25, shared, total };
    },
    overlap(question) {
      const total = sum(question, () => {});
      return { touched, shared, total };
    },
  };
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
