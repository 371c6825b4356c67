import type { Candidate, Retrieved } from '../retrieval/retriever.ts';
import type { Target } from '../retrieval/targets.ts';

/** What tells whether the best candidate answers the question. */
export interface Signs {
  readonly score: number;
  /** Lead over the next candidate that would quote something else. */
  readonly margin: number;
  /** Share of the candidates' odds that falls to the best one and those that would quote the same words. */
  readonly share: number;
  readonly cover: number;
  readonly likeness: number;
  readonly fuzzy: number;
  /** How much more alike a near miss of the same target is than its best phrasing. */
  readonly nearMiss: number;
  /** The same for a near miss of any target. */
  readonly anyNearMiss: number;
  readonly wording: number;
  /** As nearMiss, by whole wordings with their question words. */
  readonly nearWording: number;
  readonly anyNearWording: number;
  readonly affinity: number;
  readonly suspicion: number;
  readonly type: number;
  readonly strangeType: number;
  readonly strangeConcepts: number;
  readonly unknown: number;
  readonly changed: number;
  readonly topic: number;
  readonly passage: number;
  /** Natural logarithm of 1 + the question's idf mass. */
  readonly mass: number;
  readonly section: number;
}

export type Sign = keyof Signs;

export const SIGNS: readonly Sign[] = [
  'score',
  'margin',
  'share',
  'cover',
  'likeness',
  'fuzzy',
  'nearMiss',
  'anyNearMiss',
  'wording',
  'nearWording',
  'anyNearWording',
  'suspicion',
  'affinity',
  'type',
  'strangeType',
  'strangeConcepts',
  'unknown',
  'changed',
  'topic',
  'passage',
  'mass',
  'section',
];

/** Weights of a logistic regression. */
export interface Logistic {
  readonly bias: number;
  readonly weights: Readonly<Record<Sign, number>>;
}

/** The signs of the best candidate; undefined when there is none. */
export function signsOf({
  candidates,
  mass,
  unknown,
  changed,
  topic,
  nearMiss,
  nearWording,
}: Retrieved): Signs | undefined {
  const best = candidates[0];
  if (!best) return undefined;
  const { evidence } = best;
  const rival = candidates.find((candidate) => rivals(best.target, candidate.target));
  return {
    score: best.score,
    margin: Math.min(WIDEST_MARGIN, best.score - (rival?.score ?? 0)),
    share: shareOf(candidates),
    cover: evidence.cover,
    likeness: evidence.likeness,
    fuzzy: evidence.fuzzy,
    nearMiss: evidence.nearMiss - evidence.likeness,
    anyNearMiss: nearMiss - evidence.likeness,
    wording: evidence.wording,
    nearWording: evidence.nearWording - evidence.wording,
    anyNearWording: nearWording - evidence.wording,
    suspicion: evidence.suspicion,
    affinity: evidence.affinity,
    type: evidence.type,
    strangeType: evidence.strangeType,
    strangeConcepts: evidence.strangeConcepts,
    unknown,
    changed,
    topic: Math.min(WIDEST_TOPIC, topic),
    passage: evidence.passage,
    mass: Math.log1p(mass),
    section: evidence.section,
  };
}

function shareOf(candidates: readonly Candidate[]): number {
  const [best, ...others] = candidates;
  if (!best) return 0;
  let own = 1;
  let all = 1;
  for (const { target, score } of others) {
    const odds = Math.exp(score - best.score);
    all += odds;
    if (!rivals(best.target, target)) own += odds;
  }
  return own / all;
}

/** What a fifth of the targets is about, the texts are about. */
const WIDEST_TOPIC = 0.2;

/** A lead beyond this tells nothing more. */
const WIDEST_MARGIN = 3;

/** The estimated probability that the best candidate answers the question. */
export function probability(signs: Signs, { bias, weights }: Logistic): number {
  let sum = bias;
  for (const sign of SIGNS) sum += weights[sign] * signs[sign];
  return 1 / (1 + Math.exp(-sum));
}

/** Whether two targets would answer with different words: not a section and a point of it, nor two points of one quote. */
export function rivals(a: Target, b: Target): boolean {
  if (a.document !== b.document) return true;
  if (a.kind === 'point' && b.kind === 'point') {
    const [x, y] = [a.point.quote, b.point.quote];
    const common = Math.min(x.end, y.end) - Math.max(x.start, y.start);
    return x.paragraph !== y.paragraph || common < Math.min(x.end - x.start, y.end - y.start) / 2;
  }
  return sectionId(a) !== sectionId(b);
}

function sectionId(target: Target): string {
  return target.kind === 'point' ? target.point.section : target.section.id;
}

export function bestRelated(candidates: readonly Candidate[], most: number): readonly Candidate[] {
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length === most) break;
    if (chosen.every(({ target }) => rivals(target, candidate.target))) chosen.push(candidate);
  }
  return chosen;
}
