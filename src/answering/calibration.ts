import type { Logistic } from './confidence.ts';

/** Fitted by `npm run -s calibrate`, which tells how. */
export const CONFIDENCE: Logistic = {
  bias: -3.08,
  weights: {
    score: 0.22,
    margin: 0.74,
    cover: 0.26,
    likeness: -1.69,
    fuzzy: -0.83,
    nearMiss: -0.47,
    anyNearMiss: -2.72,
    type: -0.82,
    strangeType: -1.91,
    strangeConcepts: -2.07,
    unknown: -0.92,
    passage: -0.42,
    mass: 0.54,
    section: -1.01,
  },
};

/** Whether a question is about the library at all; fitted likewise. */
export const RELEVANCE: Logistic = {
  bias: -0.36,
  weights: {
    score: 0.45,
    margin: -0.13,
    cover: 1.67,
    likeness: 1.15,
    fuzzy: 0.4,
    nearMiss: -1.78,
    anyNearMiss: -0.01,
    type: -0.16,
    strangeType: 0.27,
    strangeConcepts: 0.29,
    unknown: -5.49,
    passage: -0.51,
    mass: 0.04,
    section: -0.06,
  },
};

export const THRESHOLDS = {
  /** From this confidence on, the clause is given as the answer. */
  answered: 0.55,
  /** From this relevance on, the closest clauses are shown as related. */
  related: 0.5,
};
