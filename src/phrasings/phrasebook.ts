import { createComparison } from './comparison.ts';
import { createFuzzyMatcher } from './fuzzy.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import type { Asked } from './question.ts';
import { kindOf } from './terms.ts';
import { KIND_WEIGHTS } from './weights.ts';

/** How the phrasings of one target compare with a question; see Evidence. */
export interface Likeness {
  likeness: number;
  second: number;
  third: number;
  nearMiss: number;
  fuzzy: number;
  wording: number;
  nearWording: number;
}

export interface Phrasebook {
  /** By target: those given, and those that only the fuzzy matcher finds. */
  compare(question: Asked, targets: readonly number[]): ReadonlyMap<number, Readonly<Likeness>>;
}

// Character by character, the phrasings that are most alike by their terms are compared; more change nothing.
const FUZZY_CANDIDATES = 20;

export function createPhrasebook({ asks, nears, content, wording, cores, coreEnds }: PhrasingIndex): Phrasebook {
  const contents = createComparison(content, (term) => KIND_WEIGHTS[kindOf(term)] as number);
  const wordings = createComparison(wording, () => 1);
  const fuzzy = createFuzzyMatcher({
    size: coreEnds.length,
    text: (phrasing) => cores.slice(coreEnds[phrasing - 1] ?? 0, coreEnds[phrasing]),
  });

  return {
    compare(question, targets) {
      contents.compare(question.content, targets);
      wordings.compare(question.wording, targets);
      const closest = createClosest();
      const rows = new Map(targets.map((target) => [target, likenessOf(target, closest)]));
      const some = closest.phrasings();
      for (const { phrasing, likeness } of fuzzy.match(question.core, some.length > 0 ? some : undefined)) {
        const target = targetOf(phrasing);
        if (phrasing >= (nears[target] as number)) continue;
        const row = rows.get(target) ?? { ...NOTHING_ALIKE };
        row.fuzzy = Math.max(row.fuzzy, likeness);
        rows.set(target, row);
      }
      return rows;
    },
  };

  function likenessOf(target: number, closest: Closest): Likeness {
    let [first, second, third] = [0, 0, 0];
    const near = nears[target] as number;
    for (let phrasing = asks[target] as number; phrasing < near; phrasing++) {
      const likeness = contents.dice(phrasing);
      if (likeness > third) {
        third = Math.min(second, likeness);
        second = Math.max(second, Math.min(first, likeness));
        first = Math.max(first, likeness);
      }
      closest.offer(phrasing, likeness);
    }
    const end = asks[target + 1] as number;
    return {
      ...{ likeness: first, second, third, fuzzy: 0 },
      nearMiss: contents.most(near, end),
      wording: wordings.most(asks[target] as number, near),
      nearWording: wordings.most(near, end),
    };
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

const NOTHING_ALIKE = { likeness: 0, second: 0, third: 0, nearMiss: 0, fuzzy: 0, wording: 0, nearWording: 0 };

/** The phrasings that are most alike, for the fuzzy matcher. */
interface Closest {
  offer(phrasing: number, likeness: number): void;
  phrasings(): readonly number[];
}

function createClosest(): Closest {
  const found: { phrasing: number; likeness: number }[] = [];
  let bar = 0;
  const keepBest = () => {
    found.sort((a, b) => b.likeness - a.likeness || a.phrasing - b.phrasing);
    found.length = Math.min(found.length, FUZZY_CANDIDATES);
    bar = found.length < FUZZY_CANDIDATES ? 0 : (found.at(-1)?.likeness ?? 0);
  };
  return {
    offer(phrasing, likeness) {
      if (likeness <= bar) return;
      found.push({ phrasing, likeness });
      if (found.length >= 4 * FUZZY_CANDIDATES) keepBest();
    },
    phrasings() {
      keepBest();
      return found.map(({ phrasing }) => phrasing);
    },
  };
}
