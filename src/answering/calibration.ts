import type { Logistic } from './confidence.ts';

/** Fitted by `npm run -s calibrate`, which tells how. */
export const CONFIDENCE: Logistic = {
  bias: -3.15,
  weights: {
    score: 0.11,
    margin: 0.2,
    share: 3.26,
    cover: -0.66,
    likeness: -0.22,
    fuzzy: -0.77,
    nearMiss: 1.19,
    anyNearMiss: -2,
    wording: -0.7,
    nearWording: 1.41,
    anyNearWording: -1.52,
    suspicion: -0.8,
    affinity: -0.13,
    type: -0.21,
    strangeType: -1.47,
    strangeConcepts: -1.47,
    unknown: -0.48,
    changed: -0.54,
    topic: 2.14,
    passage: 0.05,
    mass: 0.29,
    section: -0.4,
  },
};

/** Whether a question is about the library at all; fitted likewise. */
export const RELEVANCE: Logistic = {
  bias: 0.77,
  weights: {
    score: 0.56,
    margin: -0.33,
    share: -0.66,
    cover: 0.77,
    likeness: 0.38,
    fuzzy: -0.18,
    nearMiss: 0.38,
    anyNearMiss: -0.63,
    wording: -0.36,
    nearWording: 1.02,
    anyNearWording: 0.46,
    suspicion: -0.57,
    affinity: 0.51,
    type: -0.55,
    strangeType: 1.05,
    strangeConcepts: 0.81,
    unknown: -2.39,
    changed: -0.68,
    topic: 2.67,
    passage: 0.33,
    mass: 0.44,
    section: 0.72,
  },
};

export const THRESHOLDS = {
  /** From this confidence on, the clause is given as the answer. */
  answered: 0.4,
  /** From this relevance on, the closest clauses are shown as related. */
  related: 0.65,
};
