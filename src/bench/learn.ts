import { evaluate, type Network, sigmoid } from '../learning/network.ts';
import { averaged, type Group, type Plan, train } from '../learning/training.ts';
import { confidenceFeatures } from '../passages/confidence.ts';
import { weigh } from '../passages/passage-index.ts';
import { pickQuote, scoreSentences } from '../passages/quote.ts';
import type { SearchedSegment } from '../passages/ranking.ts';
import { rerankFeatures } from '../passages/rerank.ts';
import { createSearcher } from '../passages/searcher.ts';
import { unitsOf } from '../passages/segment.ts';
import { sentenceEnds } from '../passages/sentence-ends.ts';
import { sentenceFeatures } from '../passages/sentence-features.ts';
import { createPassageStore, type PassageStore } from '../passages/store.ts';
import { foldUnits, toUnits } from '../passages/units.ts';
import { SENTENCES } from '../passages/weights.ts';
import type { Squad, SquadQuestion } from './squad.ts';

export interface Lessons {
  /** Passages that were read for a question, its own paragraph being right. */
  readonly reranking: readonly Group[];
  /** Sentences of the question's own paragraph, those with the answer being right. */
  readonly sentences: readonly Group[];
}

export interface ConfidenceLesson extends Group {
  /** The quote has an answer, whichever paragraph it is from. */
  readonly answered: boolean;
}

// Passages to read for a question; the searcher reads no more than it would for anyone.
const DEPTH = 20;

export function lessonsOf({ paragraphs, questions }: Squad): Lessons {
  const store = storeOf(paragraphs);
  const searcher = createSearcher(store);
  const ends = paragraphs.map((text) => sentenceEnds(toUnits(text)));
  const folded = paragraphs.map((text) => foldUnits(toUnits(text)));
  const reranking: Group[] = [];
  const sentences: Group[] = [];
  for (const { question: text, paragraph, answers } of questions) {
    const finding = searcher.find(text, DEPTH);
    if (!finding) continue;
    const { question, matcher, candidates } = finding;
    reranking.push({
      rows: candidates.map(({ share, match }) => rerankFeatures(share, match)),
      right: candidates.map(({ segment, passage }) => numberAt(store, segment, passage) === paragraph),
    });
    const own = folded[paragraph] as Uint16Array;
    const match = matcher.match(own, ends[paragraph] as readonly number[]);
    sentences.push({
      rows: sentenceFeatures(question, own, match),
      right: rightSentences(paragraphs[paragraph] as string, match.sentences, answers),
    });
  }
  return { reranking, sentences };
}

/** Each question with its own paragraph there and with it removed; one row of each. */
export function confidenceLessons({ paragraphs, questions }: Squad): {
  readonly own: readonly ConfidenceLesson[];
  readonly without: readonly ConfidenceLesson[];
} {
  const store = storeOf(paragraphs);
  const searcher = createSearcher(store);
  const lesson = ({ question: text, paragraph, answers }: SquadQuestion): ConfidenceLesson | undefined => {
    const finding = searcher.find(text, 1);
    if (!finding) return undefined;
    const weighed = weigh(finding);
    const first = weighed[0] as (typeof weighed)[number];
    const scores = scoreSentences(finding.question, first.folded, first.match, SENTENCES);
    const row = confidenceFeatures(finding, weighed, scores);
    const right = numberAt(store, first.segment, first.passage) === paragraph;
    const { start, end } = pickQuote(first.match, scores);
    const quote = String.fromCharCode(
      ...unitsOf((store.segments[first.segment] as SearchedSegment).segment, first.passage),
    ).slice(start, end);
    return {
      rows: [row],
      right: [right],
      answered: answers.some((answer) => quote.includes(answer)),
    };
  };
  const known = questions.flatMap((question) => lesson(question) ?? []);
  const without: ConfidenceLesson[] = [];
  for (const [paragraph, own] of Map.groupBy(questions, (question) => question.paragraph)) {
    store.remove(String(paragraph));
    for (const question of own) without.push(...[lesson(question) ?? []].flat());
    store.add([{ document: String(paragraph), text: paragraphs[paragraph] as string }]);
  }
  return { own: known, without };
}

function storeOf(paragraphs: readonly string[]): PassageStore {
  const store = createPassageStore();
  store.add(paragraphs.map((text, number) => ({ document: String(number), text })));
  return store;
}

function numberAt({ segments, documents }: PassageStore, segment: number, passage: number): number {
  return Number(documents[segments[segment]?.segment.documents[passage] ?? -1]);
}

/** The sentences that contain an answer; where none does, those that an answer reaches into. */
function rightSentences(
  text: string,
  sentences: readonly { start: number; end: number }[],
  answers: readonly string[],
): boolean[] {
  const whole = sentences.map(({ start, end }) => answers.some((answer) => text.slice(start, end).includes(answer)));
  if (whole.includes(true)) return whole;
  const places = answers
    .map((answer) => ({ from: text.indexOf(answer), length: answer.length }))
    .filter(({ from }) => from >= 0);
  return sentences.map(({ start, end }) => places.some(({ from, length }) => start < from + length && end > from));
}

// Chosen by cross-validation; more hidden units or epochs learn the tuning corpora by heart.
const SENTENCE_PLANS = [1, 2, 3].map((seed) => ({ hidden: 8, decay: 3e-3, epochs: 20, seed, none: false }));
const CONFIDENCE_PLANS = [1, 2, 3].map((seed) => ({ hidden: 6, decay: 3e-3, epochs: 20, seed, none: true }));
const RERANKING_PLAN = { hidden: 0, decay: 1e-3, epochs: 60, seed: 1, none: false };
/** Of the questions whose paragraph is removed, the share that may be answered. */
const FALSE = 0.05;

export interface Learning {
  /** What goes into learned.json. */
  readonly learned: object;
  /** Learnt of some corpora, measured on another. */
  readonly checks: readonly { readonly of: readonly number[]; readonly on: number; readonly figures: object }[];
}

export function learnRanking(squads: readonly Squad[]): Learning {
  const lessons = squads.map(lessonsOf);
  const learnFrom = (some: readonly Lessons[]) => ({
    rerank: rounded(
      train(
        some.flatMap(({ reranking }) => reranking),
        RERANKING_PLAN,
      ),
    ).weights,
    sentences: fitted(
      some.flatMap(({ sentences }) => sentences),
      SENTENCE_PLANS,
    ),
  });
  const checks = leavingOneOut(lessons, (others, own) => {
    const { rerank, sentences } = learnFrom(others);
    return {
      recall1: shareRight(own.reranking, (row) => evaluate({ bias: 0, weights: rerank, hidden: [] }, row)),
      sentence1: shareRight(own.sentences, (row) => evaluate(sentences, row)),
    };
  });
  return { learned: learnFrom(lessons), checks };
}

export function learnConfidence(squads: readonly Squad[]): Learning {
  const lessons = squads.map(confidenceLessons);
  const learnFrom = (some: readonly ReturnType<typeof confidenceLessons>[]) => {
    // A removed paragraph's question that another paragraph answers teaches nothing.
    const groups = some.flatMap(({ own, without }) => [...own, ...without.filter(({ answered }) => !answered)]);
    const confidence = fitted(groups, CONFIDENCE_PLANS);
    const without = some.flatMap((one) => one.without);
    return { confidence, confident: rounded(thresholdFor(confidence, without, FALSE)) };
  };
  const checks = leavingOneOut(lessons, (others, { own, without }) => {
    const { confidence, confident } = learnFrom(others);
    const least = thresholdFor(confidence, without, FALSE);
    const share = (rows: readonly Group[], from: number) =>
      (100 * rows.filter((group) => sureness(confidence, group) >= from).length) / rows.length;
    return { answered5: share(own, least), answered: share(own, confident), false: share(without, confident) };
  });
  return { learned: learnFrom(lessons), checks };
}

function fitted(groups: readonly Group[], plans: readonly Plan[]): Network {
  return rounded(averaged(plans.map((plan) => train(groups, plan))));
}

function leavingOneOut<T>(all: readonly T[], check: (others: readonly T[], own: T) => object): Learning['checks'] {
  if (all.length < 2) return [];
  return all.map((own, on) => {
    const of = [...all.keys()].filter((other) => other !== on);
    return {
      of,
      on,
      figures: rounded(
        check(
          of.map((other) => all[other] as T),
          own,
        ),
      ),
    };
  });
}

function shareRight(groups: readonly Group[], score: (row: readonly number[]) => number): number {
  const right = groups.filter(({ rows, right }) => {
    const scores = rows.map(score);
    return right[scores.indexOf(Math.max(...scores))];
  });
  return (100 * right.length) / groups.length;
}

function thresholdFor(network: Network, without: readonly Group[], share: number): number {
  const sure = without.map((group) => sureness(network, group));
  return sure.sort((a, b) => b - a)[Math.floor(sure.length * share)] ?? 1;
}

function sureness(network: Network, { rows }: Group): number {
  return sigmoid(evaluate(network, rows[0] as readonly number[]));
}

function rounded<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(4)) : one)));
}
