import { idf } from '../index/impacts.ts';
import type { AskedTerms } from './asked-terms.ts';
import { findPosting, invert, type Part, type Postings } from './inverted-index.ts';
import type { Rows } from './rows.ts';
import { kindOf } from './terms.ts';
import { FIELDS, type Field, type FieldBm25, KIND_WEIGHTS } from './weights.ts';

/** Texts ready to be searched: plain data. */
export interface IndexedTexts extends Postings {
  /** How many texts there are. */
  readonly size: number;
  /** By posting: what it adds to a score. */
  readonly impacts: Float32Array;
}

/** What the texts have in common with a question. The arrays belong to the index and hold until its next search. */
export interface Scores {
  /** The texts that share a term with the question. */
  readonly touched: readonly number[];
  /** Weighted sum of the fields' BM25, by text. */
  readonly bm25: Float32Array;
  /** Weighted sum of the idf of the question's terms that the text has. */
  readonly shared: Float32Array;
  /** What `shared` would be of a text with all of the question's terms; a term that no text has counts in full. */
  readonly total: number;
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
  search(question: AskedTerms): Scores;
  missing(question: AskedTerms, field: Field, text: number): Missing;
  /** In how many of the texts a term occurs. */
  frequency(number: number): number;
  /** By text: how many of some terms it has. */
  count(numbers: readonly number[]): Uint8Array;
}

/**
 * Of each field of a term its impact is idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average length)).
 * Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the idf of Lucene.
 */
export function indexTexts(rows: Rows, parts: readonly (readonly Part[])[], { k1, b }: FieldBm25): IndexedTexts {
  const { counts, ...postings } = invert(rows, parts, rows.counts);
  const { from, texts } = postings;
  const kinds = Uint8Array.from(rows.terms, kindOf);
  const lengths = FIELDS.map(() => new Float32Array(parts.length));
  const fieldsOf = KIND_WEIGHTS.map((_, kind) =>
    FIELDS.flatMap(({ kinds: some }, at) => (some.includes(kind) ? [at] : [])),
  );
  const eachField = (visit: (posting: number, field: number, term: number) => void) => {
    for (let term = 0; term < kinds.length; term++) {
      for (const field of fieldsOf[kinds[term] as number] as readonly number[]) {
        for (let posting = from[term] as number; posting < (from[term + 1] as number); posting++)
          visit(posting, field, term);
      }
    }
  };
  eachField((posting, field) => {
    const length = lengths[field] as Float32Array;
    const text = texts[posting] as number;
    length[text] = (length[text] as number) + (counts[posting] as number);
  });
  const norms = lengths.map((some, field) => {
    const average = some.reduce((sum, length) => sum + length, 0) / Math.max(1, parts.length) || 1;
    return some.map((length) => (k1[field] as number) * (1 - b + (b * length) / average));
  });
  const impacts = new Float32Array(counts.length);
  eachField((posting, field, term) => {
    const count = counts[posting] as number;
    const norm = (norms[field] as Float32Array)[texts[posting] as number] as number;
    const rarity = idf((from[term + 1] as number) - (from[term] as number), parts.length);
    const { weight } = FIELDS[field] as Field;
    const impact = (weight * rarity * count * ((k1[field] as number) + 1)) / (count + norm);
    impacts[posting] = (impacts[posting] as number) + impact;
  });
  return { ...postings, size: parts.length, impacts };
}

export function createTextIndex(indexed: IndexedTexts): TextIndex {
  const { size, from, texts, impacts } = indexed;
  const unseen = idf(0, size);
  const frequency = (number: number) => (number < 0 ? 0 : (from[number + 1] as number) - (from[number] as number));
  const idfOf = (number: number) => idf(frequency(number), size);
  const bm25 = new Float32Array(size);
  const shared = new Float32Array(size);
  let touched: number[] = [];

  function add(number: number, mass: number): void {
    const end = from[number + 1] as number;
    for (let at = from[number] as number; at < end; at++) {
      const text = texts[at] as number;
      const before = shared[text] as number;
      if (before === 0) touched.push(text);
      shared[text] = before + mass;
      bm25[text] = (bm25[text] as number) + (impacts[at] as number);
    }
  }

  return {
    frequency,
    search({ terms, numbers }) {
      for (const text of touched) {
        bm25[text] = 0;
        shared[text] = 0;
      }
      touched = [];
      let total = 0;
      for (let at = 0; at < numbers.length; at++) {
        const number = numbers[at] as number;
        const mass = (KIND_WEIGHTS[kindOf(terms[at] as number)] as number) * idfOf(number);
        total += mass;
        if (number >= 0) add(number, mass);
      }
      return { touched, bm25, shared, total };
    },
    missing({ terms, numbers }, { kinds }, text) {
      let all = 0;
      let missed = 0;
      let rarest = 0;
      let count = 0;
      for (const [at, number] of numbers.entries()) {
        if (!kinds.includes(kindOf(terms[at] as number))) continue;
        const mass = idfOf(number);
        all += mass;
        if (number >= 0 && findPosting(indexed, number, text) >= 0) continue;
        missed += mass;
        rarest = Math.max(rarest, mass);
        count++;
      }
      return { share: all > 0 ? missed / all : 0, rarest: rarest / unseen, count };
    },
    count(numbers) {
      const counts = new Uint8Array(size);
      for (const number of numbers) {
        if (number < 0) continue;
        for (let at = from[number] as number; at < (from[number + 1] as number); at++) {
          const text = texts[at] as number;
          counts[text] = (counts[text] as number) + 1;
        }
      }
      return counts;
    },
  };
}
