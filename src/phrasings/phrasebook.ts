import { createComparison } from './comparison.ts';
import { PLACE, WIDTH } from './evidence.ts';
import { createFuzzyMatcher } from './fuzzy.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import type { Asked } from './question.ts';
import { kindOf } from './terms.ts';
import { KIND_WEIGHTS } from './weights.ts';

export interface Phrasebook {
  /**
   * Compares the phrasings of some targets with a question one by one, all but Fuse.js: what is found of the target `i`
   * of those given goes into the row `i`.
   */
  compare(question: Asked, targets: readonly number[], rows: Float64Array): Compared;
}

/** Holds until the next question. */
export interface Compared {
  /** Fuse.js's likeness of the question and the most similar phrasing of a target; see Evidence. */
  fuzzy(target: number): number;
  /** By target, the same where no phrasing of those compared shares a term: of any target, by a part of a word. */
  strays(): ReadonlyMap<number, number>;
}

// Character by character, the phrasings that are most alike by their terms are compared; more change nothing.
const FUZZY_CANDIDATES = 20;

export function createPhrasebook({ asks, nears, content, wording, cores, coreEnds }: PhrasingIndex): Phrasebook {
  const contents = createComparison(content, (term) => KIND_WEIGHTS[kindOf(term)] as number);
  const wordings = createComparison(wording, () => 1);
  const all = new Float64Array(
    nears.reduce((most, near, target) => Math.max(most, near - (asks[target] as number)), 0),
  );
  const matcher = createFuzzyMatcher({
    size: coreEnds.length,
    text: (phrasing) => cores.slice(coreEnds[phrasing - 1] ?? 0, coreEnds[phrasing]),
  });

  return {
    compare(question, targets, rows) {
      contents.compare(question.content, targets);
      wordings.compare(question.wording, targets);
      const closest = createClosest();
      for (const [row, target] of targets.entries()) compareWith(target, closest, rows, row * WIDTH);
      const some = closest.phrasings();
      return {
        fuzzy(target) {
          const [start, end] = [asks[target] as number, nears[target] as number];
          return matcher.most(
            question.core,
            some.filter((phrasing) => phrasing >= start && phrasing < end),
          );
        },
        strays() {
          const found = new Map<number, number>();
          for (const { phrasing, likeness } of some.length > 0 ? [] : matcher.latin(question.core)) {
            const target = targetOf(phrasing);
            if (phrasing < (nears[target] as number)) found.set(target, Math.max(found.get(target) ?? 0, likeness));
          }
          return found;
        },
      };
    },
  };

  function compareWith(target: number, closest: Closest, rows: Float64Array, to: number): void {
    const [start, near, end] = [asks[target] as number, nears[target] as number, asks[target + 1] as number];
    let [first, second, third] = [0, 0, 0];
    const likenesses = all.subarray(0, near - start);
    contents.dice(target, start, likenesses);
    for (let at = 0; at < likenesses.length; at++) {
      const likeness = likenesses[at] as number;
      if (likeness > third) {
        third = Math.min(second, likeness);
        second = Math.max(second, Math.min(first, likeness));
        first = Math.max(first, likeness);
      }
      if (likeness > 0) closest.offer(start + at, likeness);
    }
    rows[to + PLACE.likeness] = first;
    rows[to + PLACE.support] = (second + third) / 2;
    rows[to + PLACE.nearMiss] = contents.most(target, near, end);
    rows[to + PLACE.wording] = wordings.most(target, start, near);
    rows[to + PLACE.nearWording] = wordings.most(target, near, end);
  }

  function targetOf(phrasing: number): number {
    let low = 0;
    let high = nears.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((asks[middle] as number) <= phrasing) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The phrasings that are most alike, for the fuzzy matcher. */
interface Closest {
  offer(phrasing: number, likeness: number): void;
  phrasings(): readonly number[];
}

function createClosest(): Closest {
  // The most alike first; of those that are as much alike, the one that comes first in the library.
  const phrasings: number[] = [];
  const likenesses: number[] = [];
  let bar = 0;
  return {
    offer(phrasing, likeness) {
      if (likeness < bar) return;
      let at = Math.min(phrasings.length, FUZZY_CANDIDATES);
      for (; at > 0; at--) {
        const [other, otherLikeness] = [phrasings[at - 1] as number, likenesses[at - 1] as number];
        if (otherLikeness > likeness || (otherLikeness === likeness && other < phrasing)) break;
        phrasings[at] = other;
        likenesses[at] = otherLikeness;
      }
      phrasings[at] = phrasing;
      likenesses[at] = likeness;
      if (phrasings.length >= FUZZY_CANDIDATES) bar = likenesses[FUZZY_CANDIDATES - 1] as number;
    },
    phrasings: () => phrasings.slice(0, FUZZY_CANDIDATES),
  };
}
