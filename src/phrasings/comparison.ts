import { idf } from '../index/impacts.ts';
import type { Term } from '../index/terms.ts';
import type { AskedTerms } from './asked-terms.ts';
import { invertPlaces, type PlacedPostings } from './inverted-index.ts';
import type { Rows } from './rows.ts';

/** Texts in groups, ready to be compared with a question one by one: plain data. */
export interface ComparableTexts extends PlacedPostings {
  /** By number. */
  readonly terms: Uint32Array;
  /** Group `i` is the texts from `firsts[i]` to before `firsts[i + 1]`. */
  readonly firsts: Uint32Array;
}

/** Only the groups of interest are compared: what the texts of the others share with a question is never summed. */
export interface Comparison {
  compare(question: AskedTerms, groups: readonly number[]): void;
  /** The Dice coefficients, weighted by idf, of the question and the texts of one of these groups from `start` on: 0 to 1. */
  dice(group: number, start: number, coefficients: Float64Array): void;
  /** The highest of the group's texts from `start` to before `end`. */
  most(group: number, start: number, end: number): number;
}

/** Group `i` is the rows from `firsts[i]` to before `firsts[i + 1]`. */
export function comparableTexts(rows: Rows, firsts: Uint32Array): ComparableTexts {
  const parts = Array.from(firsts.subarray(1), (end, group) => [firsts[group] as number, end] as const);
  return { ...invertPlaces(rows, parts), terms: rows.terms, firsts };
}

export function createComparison(
  { terms, firsts, from, texts: groups, placesFrom, places }: ComparableTexts,
  weightOf: (term: Term) => number,
): Comparison {
  const size = firsts.at(-1) as number;
  const unseen = idf(0, size);
  const termMasses = Float64Array.from(terms, (term, number) => {
    const having = (placesFrom[from[number + 1] as number] as number) - (placesFrom[from[number] as number] as number);
    return weightOf(term) * idf(having, size);
  });
  const masses = new Float32Array(size);
  // What the texts share with a question stands side by side, of the chosen groups alone: that of a text of group `g` at
  // its number plus `shifts[g]`.
  const chosen = new Uint8Array(firsts.length - 1).fill(1);
  const shifts = new Int32Array(chosen.length);
  for (let number = 0; number < terms.length; number++) add(number, termMasses[number] as number, masses);
  chosen.fill(0);
  let shared = new Float64Array(0);
  let total = 0;
  let before: readonly number[] = [];

  function add(number: number, mass: number, sums: Float32Array | Float64Array): void {
    const end = from[number + 1] as number;
    for (let posting = from[number] as number; posting < end; posting++) {
      const group = groups[posting] as number;
      if (chosen[group] === 0) continue;
      const first = (firsts[group] as number) + (shifts[group] as number);
      const last = placesFrom[posting + 1] as number;
      for (let at = placesFrom[posting] as number; at < last; at++) {
        const text = first + (places[at] as number);
        sums[text] = (sums[text] as number) + mass;
      }
    }
  }

  function choose(some: readonly number[]): void {
    for (const group of before) chosen[group] = 0;
    let end = 0;
    for (const group of some) {
      chosen[group] = 1;
      shifts[group] = end - (firsts[group] as number);
      end += (firsts[group + 1] as number) - (firsts[group] as number);
    }
    before = some;
    if (end > shared.length) shared = new Float64Array(2 * end);
    else shared.fill(0, 0, end);
  }

  return {
    compare(question, some) {
      choose(some);
      total = 0;
      for (let at = 0; at < question.numbers.length; at++) {
        const number = question.numbers[at] as number;
        const mass = number < 0 ? weightOf(question.terms[at] as number) * unseen : (termMasses[number] as number);
        total += mass;
        if (number >= 0) add(number, mass, shared);
      }
    },
    dice(group, start, coefficients) {
      const shift = start + (shifts[group] as number);
      for (let at = 0; at < coefficients.length; at++) {
        const mass = shared[shift + at] as number;
        coefficients[at] = mass > 0 ? (2 * mass) / (total + (masses[start + at] as number)) : 0;
      }
    },
    most(group, start, end) {
      const shift = shifts[group] as number;
      let most = 0;
      for (let text = start; text < end; text++) {
        const mass = shared[text + shift] as number;
        // To divide takes longest: only where it may tell.
        if (2 * mass > most * (total + (masses[text] as number)))
          most = (2 * mass) / (total + (masses[text] as number));
      }
      return most;
    },
  };
}
