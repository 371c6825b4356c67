import { expectationsOf } from './expectations.ts';
import type { Finding } from './passage-finder.ts';
import type { RankedCandidate } from './ranked.ts';

/** What certainty needs to know of a question and the library that it was put to. */
export type Asked = Pick<Finding, 'question' | 'statistics'>;

// A lead beyond this tells nothing more.
const WIDEST_LEAD = 6;

/**
 * What tells whether the first of some ranked clauses answers, or one of the first three: all that the ranking weighs
 * of the first, its lead, and what is known of the question. The order is that of the learned weights.
 */
export function certaintyOf({ question, statistics }: Asked, ranked: readonly RankedCandidate[]): Float32Array {
  const [first, second, third, fourth] = ranked;
  if (!first) return new Float32Array(0);
  const lead = (other: RankedCandidate | undefined) =>
    Math.min(WIDEST_LEAD, other ? first.score - other.score : WIDEST_LEAD);
  const odds = ranked.map(({ score }) => Math.exp(score - first.score));
  const all = odds.reduce((sum, one) => sum + one, 0);
  const share = (holds: (other: RankedCandidate) => boolean) =>
    odds.reduce((sum, one, at) => sum + (holds(ranked[at] as RankedCandidate) ? one : 0), 0) / all;
  const { candidate } = first;
  const expected = expectationsOf(question.folded);
  const unknown = question.terms.filter(({ term, share: counts }) => counts === 1 && statistics.frequency(term) === 0);
  return new Float32Array([
    ...candidate.features,
    first.score,
    lead(second),
    lead(third),
    lead(fourth),
    Math.log(1 / all),
    Math.log(odds.slice(0, 3).reduce((sum, one) => sum + one, 0) / all),
    share(({ candidate: { passage } }) => passage === candidate.passage),
    share(({ candidate: { document } }) => document === candidate.document),
    second?.candidate.document === candidate.document ? 1 : 0,
    ...[second, third].flatMap((other) =>
      other ? [other.candidate.features[COVERED] as number, other.candidate.features[EXPLAINED] as number] : [0, 0],
    ),
    ...expected.map((one) => (one ? 1 : 0)),
    expected.filter((one) => one).length,
    unknown.length / Math.max(1, question.terms.length),
    question.alternatives.length > 0 ? 1 : 0,
    Math.log(1 + question.terms.length),
  ]);
}

// Places among the features: the share of the question's idf that a clause has, and that it explains.
const COVERED = 20;
const EXPLAINED = 23;
