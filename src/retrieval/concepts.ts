import { idf } from '../index/impacts.ts';
import type { Statistics } from '../index/store.ts';
import { bigram, type Term } from '../index/terms.ts';
import { HAN, kindOf, toUnits } from '../index/units.ts';
import type { Concept } from '../lexicon/concept.ts';

/** Finds in a text what the lexicon says for the question's words. */
export interface ConceptMatcher {
  readonly concepts: readonly WeighedConcept[];
  /** How surely each concept is met between two offsets of folded units: 0 to 1, in the order of `concepts`. */
  match(units: Uint16Array, start: number, end: number): Float32Array;
  /** Terms by which passages are found that have a member, each with what it counts beside the question's own. */
  readonly terms: readonly { readonly term: Term; readonly share: number }[];
}

export interface WeighedConcept extends Concept {
  /** Of a text that has any of its members. */
  readonly idf: number;
}

interface Pairs {
  readonly concept: number;
  readonly weight: number;
  /** Numbers of its pairs, and what share of the member's idf each is. */
  readonly pairs: readonly number[];
  readonly shares: readonly number[];
}

const NONE = new Float32Array(0);
/**
 * What a pair of a member counts in the first sum of terms, beside a pair that stands in the question; in a library of
 * more passages than these, where each word finds more that is not meant, by so much less.
 */
const PROPOSED = 1.7;
const FEW_PASSAGES = 2000;
const MANY = 0.2;

export function createConceptMatcher(found: readonly Concept[], statistics: Statistics): ConceptMatcher {
  const numbers = new Map<Term, number>();
  const members: Pairs[] = [];
  const terms = new Map<Term, number>();
  const weighed: WeighedConcept[] = [];
  const proposed = PROPOSED * Math.min(1, FEW_PASSAGES / statistics.size()) ** MANY;
  for (const one of found) {
    const concept = weighed.length;
    let having = 0;
    let known = false;
    for (const { word, weight } of one.members) {
      const own = pairsOf(word);
      if (own.length === 0) continue;
      const frequencies = own.map((pair) => statistics.frequency(pair));
      const rarest = Math.min(...frequencies);
      if (rarest === 0) continue;
      known = true;
      having += weight * rarest;
      const idfs = own.map((pair) => statistics.idf(pair));
      const sum = idfs.reduce((total, value) => total + value, 0);
      members.push({
        concept,
        weight,
        pairs: own.map((pair) => numberOf(pair)),
        shares: idfs.map((value) => value / sum),
      });
      for (const [at, pair] of own.entries()) {
        const share = proposed * weight * Math.sqrt((idfs[at] as number) / sum);
        terms.set(pair, Math.max(terms.get(pair) ?? 0, share));
      }
    }
    if (known) weighed.push({ ...one, idf: idf(Math.min(statistics.size(), having), statistics.size()) });
  }
  const byPair: number[][] = Array.from(numbers, () => []);
  for (const [at, { pairs }] of members.entries()) for (const pair of pairs) byPair[pair]?.push(at);
  const table = createTable(numbers);
  const present = new Uint8Array(numbers.size);
  const touched = new Uint8Array(members.length);

  // Most units of a text begin no pair that is looked for, which saves looking for them in the table.
  const begins = new Uint8Array(SOME);
  for (const term of numbers.keys()) begins[firstOf(term) % SOME] = 1;
  const hit: number[] = [];
  const meet = (number: number) => {
    if (number < 0 || present[number] === 1) return;
    present[number] = 1;
    hit.push(number);
  };

  return {
    concepts: weighed,
    terms: Array.from(terms, ([term, share]) => ({ term, share })),
    match(units, start, end) {
      if (weighed.length === 0) return NONE;
      const values = new Float32Array(weighed.length);
      hit.length = 0;
      let previous = 0;
      for (let at = start; at < end; at++) {
        const unit = units[at] as number;
        if (previous !== 0 && begins[previous % SOME] === 1) meet(table(bigram(previous, unit)));
        if (begins[unit % SOME] === 1) meet(table(unit));
        previous = kindOf(unit) === HAN ? unit : 0;
      }
      for (const number of hit) {
        for (const at of byPair[number] as number[]) {
          if (touched[at] === 1) continue;
          touched[at] = 1;
          const { concept, weight, pairs, shares } = members[at] as Pairs;
          let share = 0;
          for (let i = 0; i < pairs.length; i++) if (present[pairs[i] as number] === 1) share += shares[i] as number;
          const value = weight * share * share;
          if (value > (values[concept] as number)) values[concept] = value;
        }
      }
      for (const number of hit) {
        present[number] = 0;
        for (const at of byPair[number] as number[]) touched[at] = 0;
      }
      return values;
    },
  };

  function numberOf(pair: Term): number {
    const known = numbers.get(pair);
    if (known !== undefined) return known;
    numbers.set(pair, numbers.size);
    return numbers.size - 1;
  }
}

/** Units that are the same by this number are told apart by the table. */
const SOME = 1 << 12;

function firstOf(term: Term): number {
  return term > 0xffff ? term >>> 16 : term;
}

function pairsOf(word: string): readonly Term[] {
  const units = toUnits(word);
  if (units.length === 1) return kindOf(units[0] as number) === HAN ? [units[0] as number] : [];
  const pairs: Term[] = [];
  for (let at = 1; at < units.length; at++) {
    const [first, second] = [units[at - 1] as number, units[at] as number];
    if (kindOf(first) === HAN && kindOf(second) === HAN) pairs.push(bigram(first, second));
  }
  return pairs;
}

/** An open hash table from terms to their numbers, −1 for the others. */
function createTable(numbers: ReadonlyMap<Term, number>): (term: Term) => number {
  let size = 16;
  while (size < 3 * numbers.size) size *= 2;
  const keys = new Uint32Array(size);
  const values = new Int32Array(size).fill(-1);
  const slot = (term: Term) => {
    let at = (Math.imul(term, 0x9e3779b1) >>> 0) & (size - 1);
    at ^= at >>> 7;
    while ((values[at] as number) >= 0 && keys[at] !== term) at = (at + 1) & (size - 1);
    return at;
  };
  for (const [term, number] of numbers) {
    const at = slot(term);
    keys[at] = term;
    values[at] = number;
  }
  return (term) => values[slot(term)] as number;
}
