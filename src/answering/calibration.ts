import type { Logistic } from './confidence.ts';

/** Fitted by `npm run -s calibrate`, which tells how. */
export const CONFIDENCE: Logistic = {
  bias: -2.6,
  weights: {
    score: 0.11,
    margin: 0.3,
    share: 2.53,
    cover: -0.59,
    likeness: 0.06,
    fuzzy: -0.68,
    nearMiss: 1.25,
    anyNearMiss: -1.78,
    wording: -0.54,
    nearWording: 1.44,
    anyNearWording: -1.1,
    suspicion: -0.82,
    affinity: -0.15,
    type: -0.34,
    strangeType: -1.53,
    strangeConcepts: -1.65,
    unknown: -0.73,
    passage: 0.14,
    mass: 0.23,
    section: -0.49,
  },
};

/** Whether a question is about the library at all; fitted likewise. */
export const RELEVANCE: Logistic = {
  bias: 0.7,
  weights: {
    score: 0.6,
    margin: -0.16,
    share: -1.13,
    cover: 0.68,
    likeness: 0.66,
    fuzzy: 0.05,
    nearMiss: 0.69,
    anyNearMiss: 0.28,
    wording: -0.11,
    nearWording: 1.2,
    anyNearWording: 1.39,
    suspicion: -0.7,
    affinity: 0.28,
    type: -0.65,
    strangeType: 0.99,
    strangeConcepts: 0.54,
    unknown: -2.68,
    passage: -0.13,
    mass: 0.29,
    section: 0.72,
  },
};

export const THRESHOLDS = {
  /** From this confidence on, the clause is given as the answer. */
  answered: 0.4,
  /** From this relevance on, the closest clauses are shown as related. */
  related: 0.5,
};
