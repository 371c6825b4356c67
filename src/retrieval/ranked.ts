import { evaluate } from '../network.ts';
import type { Candidate } from './features.ts';
import { RANKING } from './weights.ts';

export interface RankedCandidate {
  readonly candidate: Candidate;
  readonly score: number;
}

/** The best first. */
export function rankCandidates(candidates: readonly Candidate[], ranking = RANKING): readonly RankedCandidate[] {
  return candidates
    .map((candidate) => ({ candidate, score: evaluate(ranking, candidate.features) }))
    .sort((a, b) => b.score - a.score);
}
