import { createAnswerer } from '../answering/answerer.ts';
import { signsOf } from '../answering/confidence.ts';
import { keyOf } from '../answering/key.ts';
import { folds, sameWords, without } from '../evaluation/hold-out.ts';
import type { Labelled } from '../evaluation/labelled.ts';
import { judge } from '../evaluation/score.ts';
import { createStrangers } from '../evaluation/strangers.ts';
import { mistype, TYPOS, type Typo } from '../evaluation/typos.ts';
import type { Library } from '../knowledge/document.ts';
import type { Network } from '../network.ts';
import { SIGNALS, type Signal, type Weighing, weigh } from '../phrasings/evidence.ts';
import { indexPhrasings } from '../phrasings/phrasing-index.ts';
import {
  createRetriever,
  type RankedTarget,
  type Retrieved,
  type Retriever,
  THOROUGH,
} from '../phrasings/retriever.ts';
import { type PhrasedTarget, phrasedOf } from '../phrasings/targets.ts';
import { readDocument } from '../reading/reading.ts';
import { NO_TEXTS } from '../retrieval/search.ts';
import { averaged, type Group, train } from './descent.ts';

export interface Calibration {
  readonly ranking: Weighing;
  /** Whether the best candidate answers the question. */
  readonly confidence: Network;
  /** Whether the question is about the library at all. */
  readonly relevance: Network;
}

/** What was retrieved for a question, and which candidates answer it. */
interface Trial {
  readonly retrieved: Retrieved;
  readonly source: Source;
  /** Whether the question is about the library, answered by it or not. */
  readonly about: boolean;
  isRight(target: PhrasedTarget): boolean;
}

type Source = 'phrasing' | 'near miss' | 'stranger' | 'labelled' | 'foreign';

const FOLDS = 5;
/** One phrasing in so many is put a second time, mistyped. */
const MISTYPED_EVERY = 6;
/** One in so many is asked of somebody else: see createStrangers. */
const STRANGERS_EVERY = 5;
/** More candidates than these decide nothing and cost time. */
const CANDIDATES = 12;
/** Kinds of labelled question that are about something else. */
const FOREIGN_KINDS: readonly string[] = ['none-far', 'none-chat'];

// What one question counts. The labelled ones are put as people put them; of phrasings that are held out many have no
// word in common with those that are left. Chosen by learning from some writers' questions and asking another's.
const COUNTS: Readonly<Record<Source, number>> = {
  phrasing: 1,
  'near miss': 0.5,
  stranger: 1,
  foreign: 4,
  labelled: 15,
};
const RANKING_COUNTS: Readonly<Record<Source, number>> = { ...COUNTS, labelled: 5 };
/** Of a labelled question that is about something else: there are a few among many. */
const FOREIGN_LABELLED = 60;
const RELEVANCE_COUNTS: Readonly<Record<Source, number>> = { ...COUNTS, 'near miss': 1, stranger: 0, foreign: 10 };

const RANKING_PLAN = { hidden: 0, decay: 1e-4, epochs: 8, seed: 1, none: false };
const CONFIDENCE_PLANS = [1, 2, 3].map((seed) => ({ hidden: 12, decay: 3e-3, epochs: 20, seed, none: true }));
const RELEVANCE_PLANS = [1, 2, 3].map((seed) => ({ hidden: 6, decay: 3e-3, epochs: 15, seed, none: true }));

/**
 * Learns the ranking, then confidence and relevance, by questions that the library did not contain when they were put to
 * it: every phrasing and near miss held out in turn, some of them mistyped; labelled questions by other writers; and
 * questions that have nothing to do with it.
 */
export function learnFromPhrasings(
  library: Library,
  labelled: readonly Labelled[],
  foreign: readonly string[],
): Calibration {
  const trials = [
    ...heldOutTrials(library, foreign),
    ...labelledTrials(library, labelled),
    ...foreignTrials(library, foreign),
  ];
  const { weights } = train(
    trials.map((trial) => rankingGroup(trial)),
    RANKING_PLAN,
  );
  const ranking = Object.fromEntries(SIGNALS.map((signal, i) => [signal, weights[i]])) as Record<Signal, number>;
  const judged = trials.flatMap(({ retrieved, source, about, isRight }) => {
    const ranked = reranked(retrieved, ranking);
    const row = signsOf(ranked);
    const [best] = ranked.candidates;
    return row && best ? [{ rows: [row], source, about, right: isRight(best.target) }] : [];
  });
  const confidence = judged.map(({ rows, source, right }) => ({ rows, right: [right], weight: COUNTS[source] }));
  const relevance = judged.map(({ rows, source, about }) => {
    const weight = source === 'labelled' && !about ? FOREIGN_LABELLED : RELEVANCE_COUNTS[source];
    return { rows, right: [about], weight };
  });
  return {
    ranking,
    confidence: averaged(CONFIDENCE_PLANS.map((plan) => train(confidence, plan))),
    relevance: averaged(RELEVANCE_PLANS.map((plan) => train(relevance, plan))),
  };
}

function rankingGroup({ retrieved, source, isRight }: Trial): Group {
  const { candidates } = retrieved;
  return {
    rows: candidates.map(({ evidence }) => Object.values(evidence())),
    right: candidates.map(({ target }) => isRight(target)),
    weight: RANKING_COUNTS[source],
  };
}

/** What is left out where it can't be the best would be learned as a sign of that. */
function thorough(library: Library): Retriever {
  return createRetriever(library, indexPhrasings(library), THOROUGH);
}

function heldOutTrials(library: Library, foreign: readonly string[]): Trial[] {
  const strangers = createStrangers(library, foreign);
  const targets = new Map(phrasedOf(library.documents).map(({ target }) => [keyOf(target), target]));
  return folds(library, FOLDS).flatMap((fold) => {
    const retriever = thorough(fold.library);
    const mistyped = fold.heldOut.flatMap((held, i) => {
      if (i % MISTYPED_EVERY !== 0) return [];
      const typo = TYPOS[(i / MISTYPED_EVERY) % TYPOS.length] as Typo;
      return [{ ...held, question: mistype(held.question, typo) }];
    });
    const strange = fold.heldOut.flatMap(({ question }, i): Trial[] => {
      const other = i % STRANGERS_EVERY === 0 ? strangers(question, i) : undefined;
      if (other === undefined) return [];
      const isRight = () => false;
      return [{ retrieved: shortened(retriever.retrieve(other), isRight), source: 'stranger', about: true, isRight }];
    });
    const held = [...fold.heldOut, ...mistyped].map(({ question, key, near }): Trial => {
      const asked = targets.get(key) as PhrasedTarget;
      const isRight = (target: PhrasedTarget) => !near && sameWords(asked, target);
      const retrieved = shortened(retriever.retrieve(question), isRight);
      return { retrieved, source: near ? 'near miss' : 'phrasing', about: true, isRight };
    });
    return [...held, ...strange];
  });
}

function labelledTrials(library: Library, labelled: readonly Labelled[]): Trial[] {
  const asked = labelled.map(({ question }) => question);
  const retriever = thorough(without(library, asked));
  const answerer = createAnswerer({
    library,
    readings: library.documents.map(readDocument),
    retriever,
    texts: NO_TEXTS,
  });
  return labelled.map((one): Trial => {
    const isRight = (target: PhrasedTarget) => {
      const answer = one.gold && answerer.open(keyOf(target));
      return answer ? judge(one, answer).verdict === 'right' : false;
    };
    const retrieved = shortened(retriever.retrieve(one.question), isRight);
    return { retrieved, source: 'labelled', about: !FOREIGN_KINDS.includes(one.kind), isRight };
  });
}

function foreignTrials(library: Library, questions: readonly string[]): Trial[] {
  const retriever = thorough(library);
  const isRight = () => false;
  return questions.map((question) => {
    const retrieved = shortened(retriever.retrieve(question), isRight);
    return { retrieved, source: 'foreign', about: false, isRight };
  });
}

function shortened(retrieved: Retrieved, isRight: (target: PhrasedTarget) => boolean): Retrieved {
  const candidates = retrieved.candidates.filter(({ target }, i) => i < CANDIDATES || isRight(target));
  return { ...retrieved, candidates, rest: [] };
}

function reranked(retrieved: Retrieved, ranking: Weighing): Retrieved {
  const candidates = retrieved.candidates
    .map((candidate): RankedTarget => ({ ...candidate, score: weigh(candidate.evidence(), ranking) }))
    .toSorted((a, b) => b.score - a.score);
  return { ...retrieved, candidates };
}
