import { createNumbering, larger } from '../index/numbering.ts';
import type { Term } from '../index/terms.ts';

/** Texts as the numbers of their terms, each once: those of row `i` are `from[i]` to `from[i + 1]`. */
export interface Rows {
  /** The terms by number. */
  readonly terms: Uint32Array;
  readonly from: Uint32Array;
  readonly numbers: Uint32Array;
  /** How often the row has the term, up to 255 times. */
  readonly counts: Uint8Array;
}

export interface RowWriter {
  add(text: readonly Term[]): void;
  rows(): Rows;
}

const MOST = 255;

export function createRowWriter(size: number): RowWriter {
  const numbering = createNumbering();
  const from = new Uint32Array(size + 1);
  let numbers = new Uint32Array(1 << 12);
  let counts = new Uint8Array(numbers.length);
  let lastRow = new Int32Array(1 << 12).fill(-1);
  let lastAt = new Uint32Array(lastRow.length);
  let row = 0;
  let to = 0;
  return {
    add(text) {
      if (to + text.length > numbers.length) {
        numbers = larger(numbers, new Uint32Array(2 * numbers.length + text.length));
        counts = larger(counts, new Uint8Array(numbers.length));
      }
      for (const term of text) {
        const number = numbering.of(term);
        if (number >= lastRow.length) {
          lastRow = larger(lastRow, new Int32Array(2 * number).fill(-1));
          lastAt = larger(lastAt, new Uint32Array(lastRow.length));
        }
        if (lastRow[number] !== row) {
          lastRow[number] = row;
          lastAt[number] = to;
          numbers[to++] = number;
        }
        const at = lastAt[number] as number;
        if ((counts[at] as number) < MOST) counts[at] = (counts[at] as number) + 1;
      }
      from[++row] = to;
    },
    rows: () => ({
      terms: numbering.terms().slice(),
      from,
      numbers: numbers.slice(0, to),
      counts: counts.slice(0, to),
    }),
  };
}

/** Some of the rows of a text: from `start` to before `end`. */
export interface RowRange {
  readonly rows: Rows;
  readonly start: number;
  readonly end: number;
}

/** Rows as if they had been written one after the other. */
export function joinRows(ranges: readonly RowRange[]): Rows {
  const numbering = createNumbering();
  let size = 0;
  let length = 0;
  for (const { rows, start, end } of ranges) {
    size += end - start;
    length += (rows.from[end] as number) - (rows.from[start] as number);
  }
  const from = new Uint32Array(size + 1);
  const numbers = new Uint32Array(length);
  const counts = new Uint8Array(length);
  // By rows: what their numbers are here, −1 for a term that has not come yet.
  const known = new Map<Rows, Int32Array>();
  let row = 0;
  let to = 0;
  for (const { rows, start, end } of ranges) {
    const own = known.get(rows) ?? new Int32Array(rows.terms.length).fill(-1);
    known.set(rows, own);
    const [first, last] = [rows.from[start] as number, rows.from[end] as number];
    const shift = to - first;
    for (let one = start; one < end; one++) from[++row] = (rows.from[one + 1] as number) + shift;
    counts.set(rows.counts.subarray(first, last), to);
    for (let at = first; at < last; at++) {
      const number = rows.numbers[at] as number;
      if ((own[number] as number) < 0) own[number] = numbering.of(rows.terms[number] as number);
      numbers[to++] = own[number] as number;
    }
  }
  return { terms: numbering.terms().slice(), from, numbers, counts };
}
