import { evaluate, type Network, sigmoid } from '../network.ts';
import { MISSING_FIELDS } from '../phrasings/overview.ts';
import type { RankedTarget, Retrieved } from '../phrasings/retriever.ts';
import type { PhrasedTarget } from '../phrasings/targets.ts';

/**
 * What tells whether the best candidate answers the question; undefined when there is none. The order is that of the
 * learned weights.
 */
export function signsOf(retrieved: Retrieved): readonly number[] | undefined {
  const { candidates, mass, unknown, changed, topic, nearMiss, nearWording } = retrieved;
  const best = candidates[0];
  if (!best) return undefined;
  const evidence = best.evidence();
  const others = candidates.slice(1).filter(({ target }) => rivals(best.target, target));
  // Its lead over the next candidates that would quote something else.
  const lead = (place: number) => Math.min(WIDEST_LEAD, best.score - (others[place]?.score ?? 0));
  const rival = others[0]?.target;
  const missing = best.missing();
  return [
    best.score,
    lead(0),
    lead(1),
    lead(3),
    shareOf(retrieved),
    rival?.document === best.target.document ? 1 : 0,
    rival?.section === best.target.section ? 1 : 0,
    evidence.cover,
    evidence.likeness,
    evidence.fuzzy,
    evidence.wording,
    evidence.affinity,
    evidence.suspicion,
    evidence.passage,
    evidence.type,
    evidence.strangeType,
    evidence.strangeConcepts,
    evidence.section,
    // How much more alike a near miss is than its best phrasing: of the same target, and of any.
    evidence.nearMiss - evidence.likeness,
    nearMiss - evidence.likeness,
    evidence.nearWording - evidence.wording,
    nearWording - evidence.wording,
    unknown,
    changed,
    Math.min(WIDEST_TOPIC, topic),
    Math.log1p(mass),
    ...MISSING_FIELDS.flatMap((field) => {
      const { rarest, share, unquoted, count } = missing[field];
      return [rarest, share, unquoted, Math.min(1, count / MANY)];
    }),
  ];
}

function shareOf({ candidates, rest }: Retrieved): number {
  const [best, ...others] = candidates;
  if (!best) return 0;
  let own = 1;
  let all = 1;
  for (const { target, score } of others) {
    const odds = Math.exp(score - best.score);
    all += odds;
    if (!rivals(best.target, target)) own += odds;
  }
  for (const score of rest) all += Math.exp(score - best.score);
  return own / all;
}

/** What a fifth of the targets is about, the texts are about. */
const WIDEST_TOPIC = 0.2;

/** A lead beyond this tells nothing more. */
const WIDEST_LEAD = 4;
/** Nor do more missing terms. */
const MANY = 5;

/** The estimated probability that it is so, 0 to 1. */
export function probability(signs: readonly number[], network: Network): number {
  return sigmoid(evaluate(network, signs));
}

/** Whether two targets would answer with different words: not a section and a point of it, nor two points of one quote. */
export function rivals(a: PhrasedTarget, b: PhrasedTarget): boolean {
  if (a.document !== b.document) return true;
  if (a.kind === 'point' && b.kind === 'point') {
    const [x, y] = [a.point.quote, b.point.quote];
    const common = Math.min(x.end, y.end) - Math.max(x.start, y.start);
    return x.paragraph !== y.paragraph || common < Math.min(x.end - x.start, y.end - y.start) / 2;
  }
  return a.section !== b.section;
}

export function bestRelated(candidates: readonly RankedTarget[], most: number): readonly RankedTarget[] {
  const chosen: RankedTarget[] = [];
  for (const candidate of candidates) {
    if (chosen.length === most) break;
    if (chosen.every(({ target }) => rivals(target, candidate.target))) chosen.push(candidate);
  }
  return chosen;
}
