import { idf } from '../index/impacts.ts';
import type { AnyOf } from '../index/ranking.ts';
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
  /** In their place for a question all of whose words are translated. */
  readonly groups: readonly Omit<AnyOf, 'table'>[];
}

export interface WeighedConcept extends Concept {
  /** Of a text that has any of its members. */
  readonly idf: number;
}

/** Whether all of a question is found by what the lexicon says for it: passages then count the surest of its words. */
export type Counting = 'each word' | 'the surest';

/** A word that may stand for a stretch of the question, as it is met by its pairs of characters. */
interface Member {
  readonly weight: number;
  readonly pairs: readonly Term[];
  /** What share of the member's idf each pair is. */
  readonly shares: readonly number[];
  /** What each counts in the first sum of terms. */
  readonly counted: readonly number[];
}

interface WeighedMembers {
  readonly members: readonly Member[];
  readonly idf: number;
}

/** Weighs the members of a concept by how often texts have them: none where no text has any. */
export type ConceptWeigher = (members: Concept['members']) => WeighedMembers | undefined;

const NONE = new Float32Array(0);
/**
 * What a pair of a member counts in the first sum of terms, beside a pair that stands in the question; in a library of
 * more passages than these, where each word finds more that is not meant, by so much less.
 */
const PROPOSED = 1.7;
const FEW_PASSAGES = 2000;
const MANY = 0.2;
/** What a word's translations count beside a word that stands in the question; the less sure count more than they are sure. */
const TRANSLATED = 3;
const TRUST = 0.6;

/** Remembers what it weighed, as the lexicon remembers what a word means. */
export function createConceptWeigher(statistics: Statistics): ConceptWeigher {
  const proposed = PROPOSED * Math.min(1, FEW_PASSAGES / statistics.size()) ** MANY;
  const known = new WeakMap<Concept['members'], WeighedMembers | 'in no text'>();
  return (some) => {
    let weighed = known.get(some);
    if (!weighed) {
      weighed = weigh(some) ?? 'in no text';
      known.set(some, weighed);
    }
    return weighed === 'in no text' ? undefined : weighed;
  };

  function weigh(some: Concept['members']): WeighedMembers | undefined {
    const members: Member[] = [];
    let having = 0;
    for (const { word, weight } of some) {
      const pairs = pairsOf(word);
      const rarest = Math.min(...pairs.map(statistics.frequency));
      if (pairs.length === 0 || rarest === 0) continue;
      having += weight * rarest;
      const idfs = pairs.map(statistics.idf);
      const sum = idfs.reduce((total, value) => total + value, 0);
      const shares = idfs.map((value) => value / sum);
      members.push({ weight, pairs, shares, counted: shares.map((share) => proposed * weight * Math.sqrt(share)) });
    }
    if (members.length === 0) return undefined;
    return { members, idf: idf(Math.min(statistics.size(), having), statistics.size()) };
  }
}

/** A passage counts the surest of the members that it has. */
function surestOf({ members, idf }: WeighedMembers): Omit<AnyOf, 'table'> {
  return {
    weight: TRANSLATED * idf,
    words: members.map(({ weight, pairs, shares }) => ({
      weight: weight ** TRUST,
      terms: pairs.map((term, at) => ({ term, share: shares[at] as number })),
    })),
  };
}

export function createConceptMatcher(
  found: readonly Concept[],
  weigh: ConceptWeigher,
  counting: Counting,
): ConceptMatcher {
  const numbers = new Map<Term, number>();
  const terms = new Map<Term, number>();
  const members: (Member & { readonly concept: number; readonly numbers: readonly number[] })[] = [];
  const groups: Omit<AnyOf, 'table'>[] = [];
  const weighed: WeighedConcept[] = [];
  for (const one of found) {
    const known = weigh(one.members);
    if (!known) continue;
    const concept = weighed.push({ ...one, idf: known.idf }) - 1;
    if (counting === 'the surest') groups.push(surestOf(known));
    for (const member of known.members) {
      members.push({ ...member, concept, numbers: member.pairs.map(numberOf) });
      if (counting === 'the surest') continue;
      for (const [at, pair] of member.pairs.entries())
        terms.set(pair, Math.max(terms.get(pair) ?? 0, member.counted[at] as number));
    }
  }
  const byPair: number[][] = Array.from(numbers, () => []);
  for (const [at, one] of members.entries()) for (const pair of one.numbers) byPair[pair]?.push(at);
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
    groups,
    terms: Array.from(terms, ([term, share]) => ({ term, share })),
    match(units, start, end) {
      if (weighed.length === 0) return NONE;
      const values = new Float32Array(weighed.length);
      hit.length = 0;
      // The Han character before, where a pair may begin with it.
      let beginning = 0;
      for (let at = start; at < end; at++) {
        const unit = units[at] as number;
        if (beginning !== 0) meet(table(bigram(beginning, unit)));
        beginning = 0;
        if (begins[unit % SOME] === 0) continue;
        meet(table(unit));
        if (kindOf(unit) === HAN) beginning = unit;
      }
      for (const number of hit) {
        for (const at of byPair[number] as number[]) {
          if (touched[at] === 1) continue;
          touched[at] = 1;
          const { concept, weight, numbers: pairs, shares } = members[at] as (typeof members)[number];
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
