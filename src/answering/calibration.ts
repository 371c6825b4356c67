import type { Logistic } from './confidence.ts';

/** Fitted by `npm run -s calibrate`, which tells how. */
export const CONFIDENCE: Logistic = {
  bias: -2.72,
  weights: {
    score: 0.14,
    margin: 0.3,
    share: 2.58,
    cover: -0.61,
    likeness: -0.08,
    fuzzy: -0.77,
    nearMiss: 1.15,
    anyNearMiss: -1.76,
    wording: -0.53,
    nearWording: 1.34,
    anyNearWording: -1.03,
    suspicion: -0.83,
    affinity: -0.18,
    type: -0.31,
    strangeType: -1.47,
    strangeConcepts: -1.53,
    unknown: -1.06,
    changed: -0.42,
    passage: 0.02,
    mass: 0.27,
    section: -0.65,
  },
};

/** Whether a question is about the library at all; fitted likewise. */
export const RELEVANCE: Logistic = {
  bias: 0.57,
  weights: {
    score: 0.58,
    margin: -0.2,
    share: -0.93,
    cover: 0.84,
    likeness: 0.63,
    fuzzy: 0.18,
    nearMiss: 0.7,
    anyNearMiss: 0.3,
    wording: -0.08,
    nearWording: 1.29,
    anyNearWording: 1.39,
    suspicion: -0.68,
    affinity: 0.33,
    type: -0.68,
    strangeType: 0.85,
    strangeConcepts: 0.51,
    unknown: -2.83,
    changed: -0.58,
    passage: -0.13,
    mass: 0.37,
    section: 0.4,
  },
};

export const THRESHOLDS = {
  /** From this confidence on, the clause is given as the answer. */
  answered: 0.42,
  /** From this relevance on, the closest clauses are shown as related. */
  related: 0.7,
};
