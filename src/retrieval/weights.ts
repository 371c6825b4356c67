import type { Network } from '../learning/network.ts';
import learned from './learned.json' with { type: 'json' };

// Learned on the tuning corpora by `npm run bench -- learn`; see docs/retrieval.md.
export const RERANKING: readonly number[] = learned.rerank;
export const SENTENCES: Network = learned.sentences;
export const CONFIDENCE: Network = learned.confidence;
/** Confidence from which a quote is given as the answer: 5 % false on the tuning corpora. */
export const CONFIDENT: number = learned.confident;
