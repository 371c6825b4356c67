import type { Rows } from './rows.ts';

/** Rows that are taken as one text: from `start` to before `end`. */
export type Part = readonly [start: number, end: number];

/** Postings in compressed rows: those of term `t` are `from[t]` to `from[t + 1]`, texts ascending. */
export interface Postings {
  readonly from: Uint32Array;
  readonly texts: Uint32Array;
}

export interface CountedPostings extends Postings {
  /** How often the text has the term. */
  readonly counts: Float32Array;
}

/** Postings of texts of several rows, and in which of its rows a text has the term. */
export interface PlacedPostings extends Postings {
  /** The places of posting `i`, counted from the first row of its text, are `placesFrom[i]` to `placesFrom[i + 1]`. */
  readonly placesFrom: Uint32Array;
  readonly places: Uint16Array;
}

/**
 * Inverts rows of which several may be one text: text `i` is those of the parts `texts[i]`. It has a term as often as
 * `counts` tell by place in the rows, or else in as many rows as have it.
 */
export function invert(rows: Rows, texts: readonly (readonly Part[])[], counts?: Uint8Array): CountedPostings {
  const size = rows.terms.length;
  const from = new Uint32Array(size + 1);
  const last = new Int32Array(size).fill(-1);
  eachTerm(rows, texts, (term, text) => {
    if (last[term] === text) return;
    last[term] = text;
    from[term + 1] = (from[term + 1] as number) + 1;
  });
  for (let term = 0; term < size; term++) from[term + 1] = (from[term + 1] as number) + (from[term] as number);
  const postings = { texts: new Uint32Array(from[size] as number), counts: new Float32Array(from[size] as number) };
  eachPosting(rows, texts, from, (posting, text, at) => {
    postings.texts[posting] = text;
    postings.counts[posting] = (postings.counts[posting] as number) + (counts ? (counts[at] as number) : 1);
  });
  return { from, ...postings };
}

/** The same of texts of one part each, of at most 65,536 rows. */
export function invertPlaces(rows: Rows, texts: readonly Part[]): PlacedPostings {
  const parts = texts.map((part) => [part]);
  const { counts, ...postings } = invert(rows, parts);
  const placesFrom = new Uint32Array(counts.length + 1);
  for (let posting = 0; posting < counts.length; posting++)
    placesFrom[posting + 1] = (placesFrom[posting] as number) + (counts[posting] as number);
  const next = placesFrom.slice();
  const places = new Uint16Array(placesFrom[counts.length] as number);
  eachPosting(rows, parts, postings.from, (posting, text, _, row) => {
    const to = next[posting] as number;
    places[to] = row - (texts[text] as Part)[0];
    next[posting] = to + 1;
  });
  return { ...postings, placesFrom, places };
}

/** Where the posting of a term and a text is, or −1. */
export function findPosting({ from, texts }: Postings, term: number, text: number): number {
  let low = from[term] as number;
  let high = (from[term + 1] as number) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = texts[middle] as number;
    if (at === text) return middle;
    if (at < text) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function eachPosting(
  rows: Rows,
  texts: readonly (readonly Part[])[],
  from: Uint32Array,
  visit: (posting: number, text: number, at: number, row: number) => void,
): void {
  const last = new Int32Array(from.length - 1).fill(-1);
  const next = from.slice();
  eachTerm(rows, texts, (term, text, at, row) => {
    if (last[term] !== text) {
      last[term] = text;
      next[term] = (next[term] as number) + 1;
    }
    visit((next[term] as number) - 1, text, at, row);
  });
}

function eachTerm(
  { from, numbers }: Rows,
  texts: readonly (readonly Part[])[],
  visit: (term: number, text: number, at: number, row: number) => void,
): void {
  for (const [text, parts] of texts.entries()) {
    for (const [start, end] of parts) {
      for (let row = start; row < end; row++) {
        for (let at = from[row] as number; at < (from[row + 1] as number); at++)
          visit(numbers[at] as number, text, at, row);
      }
    }
  }
}
