import type { Language } from '../lexicon/language.ts';
import { evaluate, sigmoid } from '../network.ts';
import { certaintyOf } from './certainty.ts';
import { type Candidate, candidatesOf, scaleOf } from './features.ts';
import {
  createPassageFinder,
  type Finding,
  type IndexedReading,
  type PassageFinder,
  type PassageRef,
  type Scope,
} from './passage-finder.ts';
import { type RankedCandidate, rankCandidates } from './ranked.ts';
import { RIGHT, SHOWN } from './weights.ts';

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

/** What was found, and in which passages. */
export interface Ranked extends Found {
  /** Best first. */
  readonly passages: readonly PassageRef[];
}

/**
 * Finds the clauses of texts, with or without phrasings, that may answer a question. Never changed: with another text,
 * or without one, it is another search, which shares with this one what stays.
 */
export interface TextSearch {
  search(question: string, scope?: Scope): Found;
  /** The same with up to `k` passages. */
  rank(question: string, k: number, scope?: Scope): Ranked;
  /** What `search` weighs of each clause, best first. */
  explain(question: string, scope?: Scope): readonly RankedCandidate[];
  /** In passages. */
  readonly size: number;
  /** With another document, in place of the one with its id, if any. */
  with(reading: IndexedReading): TextSearch;
  without(id: string): TextSearch;
}

/** A search in no text at all. */
export const NO_TEXTS: Pick<TextSearch, 'search' | 'rank' | 'size'> = {
  search: () => NOTHING,
  rank: () => ({ ...NOTHING, passages: [] }),
  size: 0,
};

const NOTHING: Found = { hits: [], confidence: 0, shown: 0 };

export function createTextSearch(readings: readonly IndexedReading[], language: Language): TextSearch {
  return searchIn(createPassageFinder(readings, language));
}

function searchIn(finder: PassageFinder): TextSearch {
  return {
    size: finder.size,
    rank(question, k, scope) {
      const finding = finder.find(question, k, scope);
      if (!finding) return { ...NOTHING, passages: [] };
      const ranked = rankCandidates(candidatesOf(finding, scaleOf(finding)));
      return { ...foundOf(finding, ranked), passages: passagesOf(finding, ranked, k) };
    },
    search(question, scope) {
      const finding = finder.find(question, 0, scope);
      return finding ? foundOf(finding, rankCandidates(candidatesOf(finding, scaleOf(finding)))) : NOTHING;
    },
    explain(question, scope) {
      const finding = finder.find(question, 0, scope);
      return finding ? rankCandidates(candidatesOf(finding, scaleOf(finding))) : [];
    },
    with: (reading) => searchIn(finder.with(reading)),
    without: (id) => searchIn(finder.without(id)),
  };
}

function foundOf(finding: Finding, ranked: readonly RankedCandidate[]): Found {
  const signs = certaintyOf(finding, ranked);
  return {
    hits: ranked.map(({ candidate: { clause, passage, document }, score }) => ({ clause, passage, document, score })),
    confidence: sigmoid(evaluate(RIGHT, signs)),
    shown: sigmoid(evaluate(SHOWN, signs)),
  };
}

/** Passages by the best of their clauses; then those that were read; then those that were only found. */
function passagesOf(finding: Finding, ranked: readonly RankedCandidate[], k: number): readonly PassageRef[] {
  const seen = new Set<PassageRef['passage']>();
  return [...ranked.map(({ candidate }) => candidate), ...finding.passages, ...finding.rest]
    .filter(({ passage }) => !seen.has(passage) && seen.add(passage))
    .slice(0, k);
}
