import { evaluate, sigmoid } from '../learning/network.ts';
import type { Language } from '../lexicon/language.ts';
import type { Reading } from '../reading/reading.ts';
import { certaintyOf } from './certainty.ts';
import { type Candidate, candidatesOf, scaleOf } from './features.ts';
import { createLibrary, type Finding, type PassageRef, type Scope } from './library.ts';
import { RANKING, RIGHT, SHOWN } from './weights.ts';

/** A clause that was found. */
export interface Hit extends Pick<Candidate, 'clause' | 'passage' | 'document'> {
  /** Log odds against the other hits of the same question. */
  readonly score: number;
}

export interface Found {
  /** Best first, each clause once. */
  readonly hits: readonly Hit[];
  /** How likely it is, from 0 to 1, that the first hit answers. */
  readonly confidence: number;
  /** How likely it is that one of the first three does. */
  readonly shown: number;
}

/** Finds the clauses of texts, with or without phrasings, that may answer a question. Never changed once made. */
export interface TextSearch {
  search(question: string, scope?: Scope): Found;
  /** Up to `k` passages, best first. */
  rank(question: string, k: number): readonly PassageRef[];
  /** In passages. */
  readonly size: number;
}

/** A search in no text at all. */
export const NO_TEXTS: TextSearch = { search: () => NOTHING, rank: () => [], size: 0 };

const NOTHING: Found = { hits: [], confidence: 0, shown: 0 };

export function createTextSearch(readings: readonly Reading[], language: Language): TextSearch {
  const library = createLibrary(readings, language);
  return {
    size: library.size,
    rank(question, k) {
      const finding = library.find(question, k);
      return finding ? passagesOf(finding, k) : [];
    },
    search(question, scope) {
      const finding = library.find(question, 0, scope);
      if (!finding) return NOTHING;
      const ranked = rankCandidates(candidatesOf(finding, scaleOf(finding)));
      const signs = certaintyOf(finding, ranked);
      return {
        hits: ranked.map(({ candidate: { clause, passage, document }, score }) => ({
          clause,
          passage,
          document,
          score,
        })),
        confidence: sigmoid(evaluate(RIGHT, signs)),
        shown: sigmoid(evaluate(SHOWN, signs)),
      };
    },
  };
}

/** Passages by the best of their clauses; then those that were read; then those that were only found. */
function passagesOf(finding: Finding, k: number): readonly PassageRef[] {
  const ranked = rankCandidates(candidatesOf(finding, scaleOf(finding))).map(({ candidate }) => candidate);
  const seen = new Set<PassageRef['passage']>();
  return [...ranked, ...finding.passages, ...finding.rest]
    .filter(({ passage }) => !seen.has(passage) && seen.add(passage))
    .slice(0, k);
}

export interface RankedCandidate {
  readonly candidate: Candidate;
  readonly score: number;
}

export function rankCandidates(candidates: readonly Candidate[], ranking = RANKING): readonly RankedCandidate[] {
  return candidates
    .map((candidate) => ({ candidate, score: evaluate(ranking, candidate.features) }))
    .sort((a, b) => b.score - a.score);
}
