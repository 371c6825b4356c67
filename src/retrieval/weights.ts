import type { Weighing } from './evidence.ts';
import type { Weights } from './text-index.ts';

// Characters carry most, bigrams and words sharpen, concepts bridge different words for one thing. The proportions of
// the first three were measured on CMRC 2018 and DRCD, where tuning them further bought nothing.
const FIELD_WEIGHTS = { characters: 1, bigrams: 0.75, words: 0.35, concepts: 1 };

function weights(k1: number, b: number): Weights {
  const field = (weight: number, k = k1) => ({ weight, k1: k, b });
  return {
    characters: field(FIELD_WEIGHTS.characters, Math.max(1.2, k1)),
    bigrams: field(FIELD_WEIGHTS.bigrams),
    words: field(FIELD_WEIGHTS.words),
    concepts: field(FIELD_WEIGHTS.concepts),
  };
}

export const PHRASING_WEIGHTS = weights(0.6, 0.5);
/** In some forty phrasings taken as one text, a word that comes back says more than one that comes once: a high k1. */
export const BAG_WEIGHTS = weights(3, 0.5);
export const PASSAGE_WEIGHTS = weights(0.6, 0.5);

/** What each signal counts in the ranking: fitted by `npm run -s calibrate`. */
export const RANKING: Weighing = {
  familiarity: 4.57,
  cover: 0.92,
  likeness: 0.36,
  support: 1.08,
  nearMiss: 1.58,
  passage: 1.36,
  fuzzy: -0.28,
  type: 2.09,
  strangeType: -0.65,
  strangeConcepts: -2.43,
  section: 0.1,
  whole: 2.86,
};
