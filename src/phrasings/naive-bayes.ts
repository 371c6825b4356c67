import type { AskedTerms } from './asked-terms.ts';
import type { PhrasingIndex } from './phrasing-index.ts';

/** What the single terms of a question's wording tell of the targets, by how often their phrasings have them. */
export interface NaiveBayes {
  judge(question: AskedTerms): Odds;
}

/** Of a question; the functions hold until the next one. */
export interface Odds {
  /** The targets of which a phrasing or near miss shares a term with the question. */
  readonly touched: readonly number[];
  /** Log odds that the question is a phrasing of the target rather than any phrasing, over the root of its length. */
  affinity(target: number): number;
  /** Log odds that the question is a near miss of the target rather than a phrasing of it, likewise. */
  suspicion(target: number): number;
}

// What a target's few phrasings don't show is taken from all phrasings, as if so many more of them had been seen
// (Dirichlet smoothing; Zhai and Lafferty, 2001). Held-out phrasings decided: 1 and 10, of 1, 5 and 10.
const AFFINITY_PRIOR = 1;
const SUSPICION_PRIOR = 10;
/** Keeps the odds at the size of the other evidence. */
const SCALE = 3;

/**
 * A target that has a term in none of its phrasings is judged by constants: one for the target, one for the term. So
 * only the targets that have it are visited.
 */
export function createNaiveBayes({ asks, nears, wording }: PhrasingIndex): NaiveBayes {
  const { from, texts: targets } = wording;
  const { askCounts, nearCounts } = countsOf({ asks, nears, wording });
  const ask = totalsOf(from, askCounts);
  const near = totalsOf(from, nearCounts);
  const askSizes = Array.from(nears, (end, target) => end - (asks[target] as number));
  const nearSizes = Array.from(nears, (start, target) => (asks[target + 1] as number) - start);
  const allAsk = askSizes.reduce((sum, size) => sum + size, 0);
  const allNear = nearSizes.reduce((sum, size) => sum + size, 0);

  /** In how many phrasings of a kind a term is expected among those that stand for what was not seen. */
  const expectedOf = (term: number) => {
    const [asking, missing] = [ask[term] ?? 0, near[term] ?? 0];
    return {
      any: AFFINITY_PRIOR * chance(asking + missing, allAsk + allNear),
      ask: SUSPICION_PRIOR * chance(asking, allAsk),
      near: SUSPICION_PRIOR * chance(missing, allNear),
    };
  };

  // By posting: what it adds to the odds of its target.
  const affinities = new Float32Array(targets.length);
  const suspicions = new Float32Array(targets.length);
  for (let term = 0; term < ask.length; term++) {
    const expected = expectedOf(term);
    for (let at = from[term] as number; at < (from[term + 1] as number); at++) {
      const [asking, missing] = [askCounts[at] as number, nearCounts[at] as number];
      affinities[at] = Math.log(1 + asking / expected.any);
      suspicions[at] = Math.log(1 + missing / expected.near) - Math.log(1 + asking / expected.ask);
    }
  }
  const absentAffinity = askSizes.map((size) => Math.log(AFFINITY_PRIOR / (size + AFFINITY_PRIOR)));
  const absentSuspicion = askSizes.map((size, target) =>
    Math.log((size + SUSPICION_PRIOR) / ((nearSizes[target] as number) + SUSPICION_PRIOR)),
  );

  const affinity = new Float64Array(nears.length);
  const suspicion = new Float64Array(nears.length);
  const seen = new Uint8Array(nears.length);
  let touched: number[] = [];

  return {
    judge({ numbers }) {
      for (const target of touched) {
        affinity[target] = 0;
        suspicion[target] = 0;
        seen[target] = 0;
      }
      touched = [];
      let everywhere = 0;
      for (const number of numbers) {
        const expected = expectedOf(number);
        everywhere += Math.log(expected.near / expected.ask);
        if (number < 0) continue;
        for (let at = from[number] as number; at < (from[number + 1] as number); at++) {
          const target = targets[at] as number;
          if (seen[target] === 0) {
            seen[target] = 1;
            touched.push(target);
          }
          affinity[target] = (affinity[target] as number) + (affinities[at] as number);
          suspicion[target] = (suspicion[target] as number) + (suspicions[at] as number);
        }
      }
      const size = numbers.length;
      const scale = 1 / (SCALE * Math.sqrt(Math.max(1, size)));
      return {
        touched,
        affinity: (target) => (size * (absentAffinity[target] as number) + (affinity[target] as number)) * scale,
        suspicion: (target) =>
          (size * (absentSuspicion[target] as number) + (suspicion[target] as number) + everywhere) * scale,
      };
    },
  };
}

function chance(having: number, all: number): number {
  return (having + 0.5) / (all + 1);
}

/** By posting: how many of the target's phrasings, and of its near misses, have the term. */
function countsOf({ asks, nears, wording: { texts, placesFrom, places } }: Phrased) {
  const askCounts = new Uint16Array(texts.length);
  const nearCounts = new Uint16Array(texts.length);
  for (let posting = 0; posting < texts.length; posting++) {
    const target = texts[posting] as number;
    const near = (nears[target] as number) - (asks[target] as number);
    const end = placesFrom[posting + 1] as number;
    for (let at = placesFrom[posting] as number; at < end; at++) {
      const counts = (places[at] as number) < near ? askCounts : nearCounts;
      counts[posting] = (counts[posting] as number) + 1;
    }
  }
  return { askCounts, nearCounts };
}

type Phrased = Pick<PhrasingIndex, 'asks' | 'nears' | 'wording'>;

/** By term, over all of its postings. */
function totalsOf(from: Uint32Array, counts: Uint16Array): Uint32Array {
  const totals = new Uint32Array(from.length - 1);
  for (let term = 0; term < totals.length; term++) {
    for (let at = from[term] as number; at < (from[term + 1] as number); at++)
      totals[term] = (totals[term] as number) + (counts[at] as number);
  }
  return totals;
}
