import type { Network } from '../network.ts';
import learned from './learned.json' with { type: 'json' };

// Learned from many documents by `npm run -s learn -- texts`; see docs/retrieval.md.

/** How well a clause answers, beside the others that were found. */
export const RANKING: Network = learned.ranking;
/** Whether the first clause answers. */
export const RIGHT: Network = learned.right;
/** Whether one of the first three does. */
export const SHOWN: Network = learned.shown;
