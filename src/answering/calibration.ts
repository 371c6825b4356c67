import type { Logistic } from './confidence.ts';

/** Fitted by `npm run -s calibrate`, which tells how. */
export const CONFIDENCE: Logistic = {
  bias: -2.44,
  weights: {
    score: 0.15,
    margin: 0.44,
    share: 2.35,
    cover: -0.6,
    likeness: 0.14,
    fuzzy: -0.6,
    nearMiss: 1.33,
    anyNearMiss: -1.28,
    wording: -0.4,
    nearWording: 1.42,
    anyNearWording: -1.22,
    suspicion: -0.9,
    affinity: -0.37,
    type: -0.57,
    strangeType: -1.36,
    strangeConcepts: -1.51,
    unknown: -0.28,
    passage: -0.32,
    mass: 0.2,
    section: -1.04,
  },
};

/** Whether a question is about the library at all; fitted likewise. */
export const RELEVANCE: Logistic = {
  bias: -0.14,
  weights: {
    score: 0.38,
    margin: 0.03,
    share: -0.73,
    cover: 0.45,
    likeness: 0.73,
    fuzzy: 0,
    nearMiss: 0.47,
    anyNearMiss: 1.08,
    wording: -0.03,
    nearWording: 1.03,
    anyNearWording: 2.06,
    suspicion: -1.03,
    affinity: 0.48,
    type: -0.33,
    strangeType: 1.16,
    strangeConcepts: 0.99,
    unknown: -4.65,
    passage: 0.44,
    mass: 0.49,
    section: -0.24,
  },
};

export const THRESHOLDS = {
  /** From this confidence on, the clause is given as the answer. */
  answered: 0.5,
  /** From this relevance on, the closest clauses are shown as related. */
  related: 0.5,
};
