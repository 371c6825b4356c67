import { BIGRAM, CHARACTER, RUN } from '../index/terms.ts';
import type { Weighing } from './evidence.ts';
import learned from './learned.json' with { type: 'json' };
import { CONCEPT, WORD } from './terms.ts';

/** Kinds of term that are weighed together. A Latin word or a number stands for a character, a bigram and a word alike. */
export interface Field {
  readonly kinds: readonly number[];
  readonly weight: number;
}

// Characters carry most, bigrams and words sharpen, concepts bridge different words for one thing. The proportions of
// the first three were measured on CMRC 2018 and DRCD, where tuning them further bought nothing.
export const CHARACTERS: Field = { kinds: [CHARACTER, RUN], weight: 1 };
export const BIGRAMS: Field = { kinds: [BIGRAM, RUN], weight: 0.75 };
export const WORDS: Field = { kinds: [WORD, RUN], weight: 0.35 };
export const CONCEPTS: Field = { kinds: [CONCEPT], weight: 1 };
export const FIELDS = [CHARACTERS, BIGRAMS, WORDS, CONCEPTS] as const;

/** What a term of each kind weighs in all of its fields together. */
export const KIND_WEIGHTS: readonly number[] = [CHARACTER, BIGRAM, RUN, WORD, CONCEPT].map((kind) =>
  FIELDS.reduce((sum, { kinds, weight }) => (kinds.includes(kind) ? sum + weight : sum), 0),
);

/** BM25's parameters. Larger k1 (0.2–3) lets repetition count longer; b (0–1) is how far length is held against a text. */
export interface FieldBm25 {
  /** By field. */
  readonly k1: readonly number[];
  readonly b: number;
}

/** In some forty phrasings taken as one text, a word that comes back says more than one that comes once: a high k1. */
export const BAG_BM25: FieldBm25 = { k1: [3, 3, 3, 3], b: 0.5 };
export const PASSAGE_BM25: FieldBm25 = { k1: [1.2, 0.6, 0.6, 0.6], b: 0.5 };

/** What each signal counts in the ranking; learned by `npm run -s learn -- phrasings`. */
export const RANKING: Weighing = learned.ranking;
