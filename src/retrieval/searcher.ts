import { BM25, impactTable } from './impacts.ts';
import { createMatcher, type Matcher, type PassageMatch } from './matcher.ts';
import { createMistakeReader } from './mistakes.ts';
import { type Question, readQuestion } from './question.ts';
import { type Ranked, rank, type WeightedTerm } from './ranking.ts';
import { unitsOf } from './segment.ts';
import { sentenceEnds } from './sentence-ends.ts';
import type { PassageStore } from './store.ts';
import { kindOfTerm } from './terms.ts';
import { foldUnits } from './units.ts';

/** What was found for a question, before anything learned weighs it. */
export interface Finding {
  readonly question: Question;
  readonly matcher: Matcher;
  idf(term: number): number;
  /** The best sum of terms that a passage could have, length aside. */
  readonly attainable: number;
  /** Read and matched with the question, by descending sum of terms. */
  readonly candidates: readonly Candidate[];
  /** Passages after these. */
  readonly rest: readonly Ranked[];
}

export interface Candidate {
  readonly segment: number;
  readonly passage: number;
  readonly sum: number;
  /** Its sum of terms over the best passage's. */
  readonly share: number;
  readonly folded: Uint16Array;
  readonly match: PassageMatch;
}

export interface Searcher {
  /**
   * Up to `k` passages, those left out whose sum of terms is less than half the best's. Undefined when no passage
   * shares anything with the question.
   */
  find(text: string, k: number): Finding | undefined;
}

/** As many are read and matched; more cost time and change nothing. */
const READ = 20;
/** A passage with less than this share of the best sum never comes first, and is left out. */
const NEAR = 0.5;

export function createSearcher({ segments, statistics }: PassageStore): Searcher {
  const mistakes = createMistakeReader(statistics);
  let averageLength = -1;
  let tables: readonly Float32Array[] = [];

  return {
    find(text, k) {
      const question = readQuestion(text, mistakes);
      const terms = weighted(question);
      const ranked = rank(segments, terms, Math.max(k, READ), NEAR);
      const best = ranked[0];
      if (!best) return undefined;
      const matcher = createMatcher(question, statistics.idf);
      const near = ranked.slice(0, READ);
      const candidates = near.map((one): Candidate => {
        const units = unitsOf((segments[one.segment] as (typeof segments)[number]).segment, one.passage);
        const folded = foldUnits(units);
        return {
          segment: one.segment,
          passage: one.passage,
          sum: one.score,
          share: one.score / best.score,
          folded,
          match: matcher.match(folded, sentenceEnds(units)),
        };
      });
      const attainable = terms.reduce((sum, { weight, table }) => sum + weight * (table[0] as number), 0);
      return { question, matcher, idf: statistics.idf, attainable, candidates, rest: ranked.slice(near.length) };
    },
  };

  function weighted({ terms }: Question): readonly WeightedTerm[] {
    if (averageLength !== statistics.averageLength()) {
      averageLength = statistics.averageLength();
      tables = BM25.map((parameters) => impactTable(parameters, averageLength));
    }
    return terms
      .map(({ term, share }) => ({
        term,
        weight: share * statistics.idf(term),
        table: tables[kindOfTerm(term)] as Float32Array,
      }))
      .sort((a, b) => b.weight - a.weight || a.term - b.term);
  }
}
