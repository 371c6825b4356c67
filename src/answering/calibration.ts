import type { Network } from '../network.ts';
import learned from './learned.json' with { type: 'json' };

// Learned by `npm run -s learn -- phrasings`; see docs/answering.md.

/** Whether the best candidate answers the question. */
export const CONFIDENCE: Network = learned.confidence;
/** Whether the question is about the library at all. */
export const RELEVANCE: Network = learned.relevance;

export const THRESHOLDS = {
  /** From this confidence on, the clause is given as the answer. */
  answered: 0.35,
  /** From this relevance on, the closest clauses are shown as related. */
  related: 0.55,
  /** From this confidence on, a clause that nobody wrote phrasings for is given as the answer … */
  text: 0.7,
  /** … and from this likelihood that one of them answers, the first three are shown. */
  perhaps: 0.06,
};

/** The confidence of an answer that was pointed at. */
export const POINTED = 0.95;
