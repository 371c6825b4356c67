import { type Logistic, SIGNS, type Signs, signsOf } from '../answering/confidence.ts';
import { keyOf } from '../answering/key.ts';
import type { Library } from '../knowledge/document.ts';
import { SIGNALS, type Signal, type Weighing, weigh } from '../retrieval/evidence.ts';
import { type Candidate, createRetriever, type Retrieved } from '../retrieval/retriever.ts';
import { entriesOf, type Target } from '../retrieval/targets.ts';
import { folds } from './hold-out.ts';
import { mistype } from './mistype.ts';
import { type Example, fitLogistic, fitRanking } from './regression.ts';

export interface Calibration {
  readonly ranking: Weighing;
  /** Whether the best candidate answers the question. */
  readonly confidence: Logistic;
  /** Whether the question is about the library at all. */
  readonly relevance: Logistic;
}

/** What was retrieved for a question, and which candidates answer it: none do of a near miss. */
interface Trial {
  readonly retrieved: Retrieved;
  readonly kind: 'ask' | 'near' | 'far';
  isRight(target: Target): boolean;
}

const FOLDS = 5;
/** One phrasing in so many is put a second time, mistyped. */
const MISTYPED_EVERY = 6;
/** More candidates than these decide nothing and cost time. */
const CANDIDATES = 12;
// A near miss or a foreign question is written once for every three or four phrasings; in groups they are rarer still.
const WEIGHTS = { ask: 1, near: 0.5, far: 4 };

/**
 * Fits the ranking, then the confidence, by questions that the library did not contain when they were put to it: every
 * phrasing and near miss held out in turn, and questions that have nothing to do with it.
 */
export function calibrate(library: Library, foreign: readonly string[], start: Weighing): Calibration {
  const trials = [...heldOutTrials(library), ...foreignTrials(library, foreign)];
  const ranking = rankingOf(
    fitRanking(
      trials
        .filter(({ kind }) => kind === 'ask')
        .map(({ retrieved, isRight }) => ({
          candidates: shortlist(retrieved.candidates, isRight).map(({ target, evidence }) => ({
            x: SIGNALS.map((signal) => evidence[signal]),
            right: isRight(target),
          })),
        })),
      SIGNALS.map((signal) => start[signal]),
      { steps: 150, rate: 1, penalty: 1e-4 },
    ),
  );
  const judged = trials.flatMap(({ retrieved, kind, isRight }) => {
    const ranked = reranked(retrieved, ranking);
    const signs = signsOf(ranked);
    const [best] = ranked.candidates;
    return signs && best ? [{ x: row(signs), kind, right: isRight(best.target) }] : [];
  });
  const logistic = (examples: readonly Example[]): Logistic => {
    const start = new Array<number>(SIGNS.length + 1).fill(0);
    const [bias = 0, ...weights] = fitLogistic(examples, start, { steps: 1500, rate: 0.1, penalty: 1e-4 });
    return { bias, weights: record(SIGNS, weights) };
  };
  return {
    ranking,
    confidence: logistic(judged.map(({ x, kind, right }) => ({ x, y: right, weight: WEIGHTS[kind] }))),
    relevance: logistic(
      judged.map(({ x, kind }) => ({ x, y: kind !== 'far', weight: kind === 'far' ? FAR_WEIGHT : 1 })),
    ),
  };
}

/** Foreign questions are some twenty times fewer than phrasings. */
const FAR_WEIGHT = 10;

function heldOutTrials(library: Library): Trial[] {
  const targets = new Map(entriesOf(library).map(({ target }) => [keyOf(target), target]));
  return folds(library, FOLDS).flatMap((fold) => {
    const retriever = createRetriever(fold.library);
    const mistyped = fold.heldOut.flatMap((held, i) =>
      i % MISTYPED_EVERY === 0 ? [{ ...held, question: mistype(held.question, i) }] : [],
    );
    return [...fold.heldOut, ...mistyped].map(({ question, key, near }): Trial => {
      const asked = targets.get(key) as Target;
      return {
        retrieved: trimmed(retriever.retrieve(question), (target) => sameWords(asked, target)),
        kind: near ? 'near' : 'ask',
        isRight: (target) => !near && sameWords(asked, target),
      };
    });
  });
}

function foreignTrials(library: Library, questions: readonly string[]): Trial[] {
  const retriever = createRetriever(library);
  const never = () => false;
  return questions.map((question) => ({
    retrieved: trimmed(retriever.retrieve(question), never),
    kind: 'far',
    isRight: never,
  }));
}

/** Whether two targets answer with the same quote. */
export function sameWords(a: Target, b: Target): boolean {
  if (a.kind !== b.kind || a.document !== b.document) return false;
  if (a.kind === 'section' || b.kind === 'section') return keyOf(a) === keyOf(b);
  const [x, y] = [a.point.quote, b.point.quote];
  return x.paragraph === y.paragraph && x.start === y.start && x.end === y.end;
}

function trimmed(retrieved: Retrieved, isRight: (target: Target) => boolean): Retrieved {
  return { ...retrieved, candidates: shortlist(retrieved.candidates, isRight) };
}

function shortlist(candidates: readonly Candidate[], isRight: (target: Target) => boolean): readonly Candidate[] {
  return candidates.filter(({ target }, i) => i < CANDIDATES || isRight(target));
}

function reranked(retrieved: Retrieved, ranking: Weighing): Retrieved {
  const candidates = retrieved.candidates
    .map((candidate) => ({ ...candidate, score: weigh(candidate.evidence, ranking) }))
    .toSorted((a, b) => b.score - a.score);
  return { ...retrieved, candidates };
}

function rankingOf(weights: readonly number[]): Weighing {
  return record<Signal>(SIGNALS, weights);
}

function row(signs: Signs): readonly number[] {
  return [1, ...SIGNS.map((sign) => signs[sign])];
}

function record<K extends string>(names: readonly K[], values: readonly number[]): Record<K, number> {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0])) as Record<K, number>;
}
