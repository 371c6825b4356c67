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

/** What of a question's terms in one field a text does not have. */
export interface Missing {
  /** Share of the field's idf mass, 0 to 1. */
  readonly share: number;
  /** Idf of the rarest, as a share of that of a term that no text has. */
  readonly rarest: number;
  /** How many distinct terms. */
  readonly count: number;
}

export interface TextIndex {
  search(question: Encoded): Scores;
  /** The same without BM25, for half the work. */
  overlap(question: Encoded): Overlap;
  /** Weighted sum of the idf of a text's own distinct terms. */
  mass(text: number): number;
  missing(question: Encoded, field: Field, text: number): Missing;
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

  function missing(question: Encoded, field: Field, text: number): Missing {
    const index = fields.find((one) => one.field === field)?.index;
    let all = 0;
    let missed = 0;
    let rarest = 0;
    let count = 0;
    for (const term of new Set(question[field])) {
      const idf = index?.idf[term] ?? unseen;
      all += idf;
      if (index && has(index, term, text)) continue;
      missed += idf;
      rarest = Math.max(rarest, idf);
      count++;
    }
    return { share: all > 0 ? missed / all : 0, rarest: rarest / unseen, count };
  }

  return {
    missing,
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

/** By halving: postings are in the order of the texts. */
function has({ texts, from }: InvertedIndex, term: number, text: number): boolean {
  let low = from[term] ?? 0;
  let high = from[term + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((texts[middle] as number) < text) low = middle + 1;
    else high = middle;
  }
  return low < (from[term + 1] ?? 0) && texts[low] === text;
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
