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
