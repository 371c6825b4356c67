import type { Logistic } from './confidence.ts';

/** Fitted by `npm run -s calibrate`, which tells how. */
export const CONFIDENCE: Logistic = {
  bias: -3,
  weights: {
    score: 0.11,
    margin: 0.25,
    share: 2.88,
    cover: -0.59,
    likeness: -0.06,
    fuzzy: -0.8,
    nearMiss: 1.17,
    anyNearMiss: -1.87,
    wording: -0.58,
    nearWording: 1.3,
    anyNearWording: -1.34,
    suspicion: -0.83,
    affinity: -0.15,
    type: -0.23,
    strangeType: -1.41,
    strangeConcepts: -1.41,
    unknown: -0.62,
    changed: -0.39,
    passage: 0.15,
    mass: 0.32,
    section: -0.4,
  },
};

/** Whether a question is about the library at all; fitted likewise. */
export const RELEVANCE: Logistic = {
  bias: 0.58,
  weights: {
    score: 0.62,
    margin: -0.36,
    share: -0.74,
    cover: 0.62,
    likeness: 0.45,
    fuzzy: -0.14,
    nearMiss: 0.4,
    anyNearMiss: -0.6,
    wording: -0.22,
    nearWording: 0.92,
    anyNearWording: 0.34,
    suspicion: -0.61,
    affinity: 0.45,
    type: -0.52,
    strangeType: 1,
    strangeConcepts: 0.69,
    unknown: -2.51,
    changed: -0.48,
    passage: 0.45,
    mass: 0.55,
    section: 0.69,
  },
};

export const THRESHOLDS = {
  /** From this confidence on, the clause is given as the answer. */
  answered: 0.4,
  /** From this relevance on, the closest clauses are shown as related. */
  related: 0.78,
};
