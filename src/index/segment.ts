import { higherCode, impactCode, lengthClass } from './impacts.ts';
import { createNumbering, larger } from './numbering.ts';
import { eachTerm } from './terms.ts';
import { foldUnits } from './units.ts';

/** As many passages as a posting's 16 bits tell apart. */
export const SEGMENT_PASSAGES = 0x10000;

export interface Texts {
  /** UTF-16 units of all texts, one after the other; text `i` is `starts[i]` to `starts[i + 1]`. */
  readonly units: Uint16Array;
  readonly starts: Uint32Array;
  /** By passage: the number of its document. */
  readonly documents: Uint32Array;
}

/**
 * Some passages and their postings, never changed once built. Postings of `terms[i]` are `from[i]` to `from[i + 1]`,
 * passages ascending: two bytes for the passage within the segment, one for its impact (see impacts.ts).
 */
export interface Segment extends Texts {
  /** Ascending. */
  readonly terms: Uint32Array;
  readonly from: Uint32Array;
  /** By term: a code that is no lower than any of its postings'. */
  readonly highest: Uint8Array;
  readonly passages: Uint16Array;
  readonly codes: Uint8Array;
}

export function unitsOf({ units, starts }: Texts, passage: number): Uint16Array {
  return units.subarray(starts[passage], starts[passage + 1]);
}

export function textOf(texts: Texts, passage: number): string {
  const units = unitsOf(texts, passage);
  return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
}

/** The place of a term in the segment, or −1. */
export function findTerm({ terms }: Segment, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = terms[middle] as number;
    if (at === term) return middle;
    if (at < term) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Notes the postings in order of passage, then deals them to the terms. */
export function buildSegment(texts: Texts): Segment {
  const noted = noteTerms(texts);
  const count = noted.terms.length;
  const terms = noted.terms.slice().sort();
  const rank = new Uint32Array(count);
  for (let place = 0; place < count; place++) rank[noted.numberOf(terms[place] as number)] = place;
  const from = new Uint32Array(count + 1);
  for (let at = 0; at < noted.size; at++) {
    const place = rank[noted.numbers[at] as number] as number;
    from[place + 1] = (from[place + 1] as number) + 1;
  }
  for (let place = 0; place < count; place++) from[place + 1] = (from[place + 1] as number) + (from[place] as number);
  const next = from.slice(0, count);
  const passages = new Uint16Array(noted.size);
  const codes = new Uint8Array(noted.size);
  const highest = new Uint8Array(count).fill(31);
  let at = 0;
  for (let passage = 0; passage < texts.documents.length; passage++) {
    const end = noted.ends[passage] as number;
    for (; at < end; at++) {
      const place = rank[noted.numbers[at] as number] as number;
      const to = next[place] as number;
      next[place] = to + 1;
      const code = noted.codes[at] as number;
      passages[to] = passage;
      codes[to] = code;
      highest[place] = higherCode(highest[place] as number, code);
    }
  }
  return { ...texts, terms, from, highest, passages, codes };
}

interface Noted {
  readonly terms: Uint32Array;
  numberOf(term: number): number;
  /** Postings as they came: the number of the term, its impact; those of passage `i` end at `ends[i]`. */
  readonly numbers: Uint32Array;
  readonly codes: Uint8Array;
  readonly ends: Uint32Array;
  readonly size: number;
}

function noteTerms(texts: Texts): Noted {
  const size = texts.documents.length;
  const most = 2 * texts.units.length;
  const numbers = new Uint32Array(most);
  const codes = new Uint8Array(most);
  const ends = new Uint32Array(size);
  const numbering = createNumbering();
  let lastPassage = new Int32Array(1 << 16).fill(-1);
  let lastAt = new Int32Array(1 << 16);
  let to = 0;
  for (let passage = 0; passage < size; passage++) {
    const begin = to;
    const units = unitsOf(texts, passage);
    eachTerm(foldUnits(units), (term) => {
      const number = numbering.of(term);
      if (number >= lastPassage.length) {
        lastPassage = larger(lastPassage, new Int32Array(2 * lastPassage.length).fill(-1));
        lastAt = larger(lastAt, new Int32Array(2 * lastAt.length));
      }
      if (lastPassage[number] === passage) {
        const at = lastAt[number] as number;
        if ((codes[at] as number) < 255) codes[at] = (codes[at] as number) + 1;
        return;
      }
      lastPassage[number] = passage;
      lastAt[number] = to;
      numbers[to] = number;
      codes[to] = 1;
      to++;
    });
    const length = lengthClass(units.length);
    for (let at = begin; at < to; at++) codes[at] = impactCode(codes[at] as number, length);
    ends[passage] = to;
  }
  return { terms: numbering.terms(), numberOf: numbering.find, numbers, codes, ends, size: to };
}
