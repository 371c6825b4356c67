import type { Terms } from './analysis.ts';
import { createFuzzyMatcher } from './fuzzy.ts';
import { createTextIndex, type Overlap, type TextIndex } from './text-index.ts';
import type { Encoded, Vocabulary } from './vocabulary.ts';
import { PHRASING_WEIGHTS, WORDING_WEIGHTS } from './weights.ts';

export interface Phrasing {
  /** The number of the target that it asks for, or that it nearly asks for. */
  readonly target: number;
  readonly near: boolean;
  /** See Terms. */
  readonly types: readonly string[];
  readonly core: string;
  readonly encoded: Encoded;
}

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
  /** By target; targets of which no phrasing shares a term with the question are missing. */
  compare(terms: Terms, question: Encoded): ReadonlyMap<number, Readonly<Likeness>>;
}

// Fuse.js sees the phrasings that are most alike by their terms; more cost time and change nothing.
const FUZZY_CANDIDATES = 20;

export function createPhrasebook(phrasings: readonly Phrasing[], vocabulary: Vocabulary): Phrasebook {
  const encoded = phrasings.map((phrasing) => phrasing.encoded);
  const index = createTextIndex(encoded, vocabulary, PHRASING_WEIGHTS);
  const wordings = createTextIndex(encoded, vocabulary, WORDING_WEIGHTS);
  const fuzzy = createFuzzyMatcher(phrasings.map(({ core }) => core));

  return {
    compare(terms, question) {
      const rows: Likeness[] = [];
      const byTarget = new Map<number, Likeness>();
      const rowOf = (target: number): Likeness => {
        const known = rows[target];
        if (known) return known;
        const row = { likeness: 0, second: 0, third: 0, nearMiss: 0, fuzzy: 0, wording: 0, nearWording: 0 };
        rows[target] = row;
        byTarget.set(target, row);
        return row;
      };
      const best: { phrasing: number; likeness: number }[] = [];
      let bar = 0;
      const found = index.overlap(question);
      for (const phrasing of found.touched) {
        const { target, near } = phrasings[phrasing] as Phrasing;
        const likeness = dice(found, index, phrasing);
        if (near) {
          const row = rowOf(target);
          row.nearMiss = Math.max(row.nearMiss, likeness);
          continue;
        }
        rise(rowOf(target), likeness);
        if (likeness <= bar) continue;
        best.push({ phrasing, likeness });
        if (best.length >= 4 * FUZZY_CANDIDATES) bar = keepBest(best);
      }
      keepBest(best);
      const worded = wordings.overlap(question);
      for (const phrasing of worded.touched) {
        const { target, near } = phrasings[phrasing] as Phrasing;
        const wording = dice(worded, wordings, phrasing);
        const row = rowOf(target);
        if (near) row.nearWording = Math.max(row.nearWording, wording);
        else row.wording = Math.max(row.wording, wording);
      }
      const some = best.length > 0 ? best.map(({ phrasing }) => phrasing) : undefined;
      for (const match of fuzzy.match(terms.core, some)) {
        const { target, near } = phrasings[match.phrasing] as Phrasing;
        if (near) continue;
        const row = rowOf(target);
        row.fuzzy = Math.max(row.fuzzy, match.likeness);
      }
      return byTarget;
    },
  };
}

/** Idf-weighted Dice coefficient of the question and a text. */
function dice(found: Overlap, index: TextIndex, text: number): number {
  return (2 * (found.shared[text] as number)) / (found.total + index.mass(text));
}

function rise(row: Likeness, likeness: number): void {
  if (likeness <= row.third) return;
  if (likeness <= row.second) row.third = likeness;
  else {
    row.third = row.second;
    if (likeness <= row.likeness) row.second = likeness;
    else {
      row.second = row.likeness;
      row.likeness = likeness;
    }
  }
}

/** Sorts, cuts to the best, and tells the likeness that a further one must exceed. */
function keepBest(found: { phrasing: number; likeness: number }[]): number {
  found.sort((a, b) => b.likeness - a.likeness || a.phrasing - b.phrasing);
  found.length = Math.min(found.length, FUZZY_CANDIDATES);
  return found.length < FUZZY_CANDIDATES ? 0 : (found.at(-1)?.likeness ?? 0);
}
