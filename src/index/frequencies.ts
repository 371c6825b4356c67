import { slotOf } from './numbering.ts';

/** How many passages have a term: an open hash table over two typed arrays, which can be kept as they are. */
export interface Frequencies {
  of(term: number): number;
  add(term: number, by: number): void;
  addAll(other: FrequencyTable): void;
  table(): FrequencyTable;
}

export interface FrequencyTable {
  /** A power of two of slots; 0 stands for an empty one, as no term is 0. */
  readonly terms: Uint32Array;
  readonly counts: Int32Array;
  readonly used: number;
}

const SMALLEST = 1 << 13;
const FULLEST = 0.6;

export function createFrequencies(stored?: FrequencyTable): Frequencies {
  let { terms, counts, used } = stored ?? {
    terms: new Uint32Array(SMALLEST),
    counts: new Int32Array(SMALLEST),
    used: 0,
  };

  return {
    of(term) {
      const at = slot(term);
      // Most that is asked for is in no text: what is known by now need not be looked up in another array.
      return terms[at] === 0 ? 0 : (counts[at] as number);
    },
    add,
    addAll(other) {
      for (let at = 0; at < other.terms.length; at++) {
        const term = other.terms[at] as number;
        if (term !== 0) add(term, other.counts[at] as number);
      }
    },
    table: () => ({ terms, counts, used }),
  };

  function add(term: number, by: number): void {
    const at = slot(term);
    counts[at] = (counts[at] as number) + by;
    if (terms[at] === term) return;
    terms[at] = term;
    used++;
    if (used > FULLEST * terms.length) grow();
  }

  function slot(term: number): number {
    const last = terms.length - 1;
    let at = slotOf(term, terms.length);
    while (terms[at] !== term && terms[at] !== 0) at = (at + 1) & last;
    return at;
  }

  function grow(): void {
    const before = { terms, counts };
    terms = new Uint32Array(2 * before.terms.length);
    counts = new Int32Array(terms.length);
    for (let from = 0; from < before.terms.length; from++) {
      const term = before.terms[from] as number;
      if (term === 0) continue;
      const at = slot(term);
      terms[at] = term;
      counts[at] = before.counts[from] as number;
    }
  }
}

export function copyOf({ terms, counts, used }: FrequencyTable): FrequencyTable {
  return { terms: terms.slice(), counts: counts.slice(), used };
}
