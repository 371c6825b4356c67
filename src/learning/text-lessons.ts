import { type DocumentQuestion, holdsGold } from '../evaluation/document-questions.ts';
import { cut } from '../knowledge/document.ts';
import type { Language } from '../lexicon/language.ts';
import { evaluate, type Network } from '../network.ts';
import type { Reading } from '../reading/reading.ts';
import { type Asked, certaintyOf } from '../retrieval/certainty.ts';
import { type Candidate, candidatesOf, scaleOf } from '../retrieval/features.ts';
import { createPassageFinder } from '../retrieval/passage-finder.ts';
import { rankCandidates } from '../retrieval/ranked.ts';
import { averaged, type Group, type Plan, train } from './descent.ts';

/** A question with all that was found for it in one library. */
export interface Lesson {
  readonly question: DocumentQuestion;
  readonly asked: Asked;
  readonly candidates: readonly Candidate[];
  /** By candidate: whether its clause holds a gold. */
  readonly right: readonly boolean[];
}

export type IsRight = (question: DocumentQuestion, candidate: Candidate) => boolean;

/** Puts questions to a library of documents. Questions of documents that are not in it have no answer there. */
export function lessonsOf(
  readings: readonly Reading[],
  questions: readonly DocumentQuestion[],
  language: Language,
  isRight: IsRight = holdsItsGold,
): readonly Lesson[] {
  const finder = createPassageFinder(readings, language);
  return questions.flatMap((question): Lesson[] => {
    const finding = finder.find(question.q, 0);
    if (!finding) return [];
    const candidates = candidatesOf(finding, scaleOf(finding));
    const right = candidates.map((candidate) => isRight(question, candidate));
    const { question: read, statistics } = finding;
    return [{ question, asked: { question: read, statistics }, candidates, right }];
  });
}

function holdsItsGold({ doc, gold }: DocumentQuestion, { clause, document: { document } }: Candidate): boolean {
  return document.id === doc && holdsGold(cut(document, clause.span), gold);
}

// Chosen by folds of documents: more units or epochs gain nothing on documents not learned from, the mean of three a little.
const SEEDS = [1, 2, 3];
const RANKING_PLAN = { hidden: 8, decay: 1e-2, epochs: 12, none: false };
const CERTAINTY_PLAN = { hidden: 8, decay: 3e-3, epochs: 16, none: true };

/** Which clause answers, beside the others: from the questions that one of the candidates answers. */
export function learnRanking(lessons: readonly Lesson[]): Network {
  const groups = lessons
    .filter(({ right }) => right.includes(true))
    .map(({ candidates, right }): Group => ({ rows: candidates.map(({ features }) => features), right }));
  return learn(groups, RANKING_PLAN);
}

/** How far a ranking's first three are looked at. */
const SHOWN = 3;

/** Whether the first clause answers, or one of the first three, in the order of a ranking that did not learn from these lessons. */
export function learnCertainty(lessons: readonly Lesson[], rankingOf: (lesson: Lesson) => Network) {
  const rows = lessons.map((lesson) => certainties(lesson, rankingOf(lesson)));
  const of = (holds: (row: Certainty) => boolean) =>
    learn(
      rows.map((row): Group => ({ rows: [row.signs], right: [holds(row)] })),
      CERTAINTY_PLAN,
    );
  return {
    right: of(({ right }) => right[0] ?? false),
    shown: of(({ right }) => right.slice(0, SHOWN).includes(true)),
  };
}

export interface Certainty {
  readonly signs: Float32Array;
  /** In the order of the ranking. */
  readonly right: readonly boolean[];
}

export function certainties({ asked, candidates, right }: Lesson, ranking: Network): Certainty {
  const truth = new Map(candidates.map((candidate, at) => [candidate, right[at] as boolean]));
  const ranked = rankCandidates(candidates, ranking);
  return {
    signs: certaintyOf(asked, ranked),
    right: ranked.map(({ candidate }) => truth.get(candidate) as boolean),
  };
}

function learn(groups: readonly Group[], plan: Omit<Plan, 'seed'>): Network {
  return averaged(SEEDS.map((seed) => train(groups, { ...plan, seed })));
}

/** How often each confidence came true, for the threshold and the reliability table. */
export function confidenceOf({ signs }: Certainty, network: Network): number {
  return 1 / (1 + Math.exp(-evaluate(network, signs)));
}
