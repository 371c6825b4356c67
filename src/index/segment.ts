import { impactCode, lengthClass } from './impacts.ts';
import { createNumbering, larger } from './numbering.ts';
import { eachTerm } from './terms.ts';

/** As many passages as a posting's 16 bits tell apart. */
export const SEGMENT_PASSAGES = 0x10000;

export interface Texts {
  /** Folded UTF-16 units of all texts, one after the other; text `i` is `starts[i]` to `starts[i + 1]`. */
  readonly units: Uint16Array;
  readonly starts: Uint32Array;
  /** By passage: the number of its document, whose passages stand side by side. */
  readonly documents: Uint32Array;
  /** By passage: its place among those of its document. */
  readonly places: Uint32Array;
}

/**
 * Some passages and their postings, never changed once built. Postings of `terms[i]` are `from[i]` to `from[i + 1]`,
 * passages ascending: two bytes for the passage within the segment, one for its impact (see impacts.ts).
 */
export interface Segment extends Texts, TermPostings {}

/** What is made of some texts alone: all that is costly to make of a segment. */
export interface TermPostings {
  /** Ascending. */
  readonly terms: Uint32Array;
  readonly from: Uint32Array;
  readonly passages: Uint16Array;
  readonly codes: Uint8Array;
}

export function unitsOf({ units, starts }: Pick<Texts, 'units' | 'starts'>, passage: number): Uint16Array {
  return units.subarray(starts[passage], starts[passage + 1]);
}

/** The place of a term in the segment, or −1. */
export function findTerm({ terms }: TermPostings, term: number): number {
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
export function postingsOf(texts: Pick<Texts, 'units' | 'starts'>): TermPostings {
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
  let at = 0;
  for (let passage = 0; passage < texts.starts.length - 1; passage++) {
    const end = noted.ends[passage] as number;
    for (; at < end; at++) {
      const place = rank[noted.numbers[at] as number] as number;
      const to = next[place] as number;
      next[place] = to + 1;
      passages[to] = passage;
      codes[to] = noted.codes[at] as number;
    }
  }
  return { terms, from, passages, codes };
}

/** A segment of which some passages are left out: those for which `removed` is 1. */
export interface Part {
  readonly segment: Segment;
  readonly removed: Uint8Array;
}

/** What is left of some segments as one, in their order. No text is read again. */
export function joinSegments(parts: readonly Part[]): Segment {
  const texts = joinTexts(parts);
  const numbering = createNumbering();
  // By part, then by place of a term in it: the term's number among all.
  const numbers = parts.map(({ segment }) => Uint32Array.from(segment.terms, numbering.of));
  const counts = new Uint32Array(numbering.terms().length);
  eachPosting(parts, numbers, (number) => {
    counts[number] = (counts[number] as number) + 1;
  });
  const terms = numbering
    .terms()
    .filter((_, number) => counts[number] !== 0)
    .sort();
  const from = new Uint32Array(terms.length + 1);
  const rank = new Uint32Array(counts.length);
  for (let place = 0; place < terms.length; place++) {
    const number = numbering.find(terms[place] as number);
    rank[number] = place;
    from[place + 1] = (from[place] as number) + (counts[number] as number);
  }
  const next = from.slice(0, terms.length);
  const passages = new Uint16Array(from[terms.length] as number);
  const codes = new Uint8Array(passages.length);
  eachPosting(parts, numbers, (number, passage, code) => {
    const place = rank[number] as number;
    const to = next[place] as number;
    next[place] = to + 1;
    passages[to] = passage;
    codes[to] = code;
  });
  return { ...texts, terms, from, passages, codes };
}

/** Of what is left, passages numbered anew. */
function eachPosting(
  parts: readonly Part[],
  numbers: readonly Uint32Array[],
  visit: (number: number, passage: number, code: number) => void,
): void {
  let first = 0;
  for (const [at, { segment, removed }] of parts.entries()) {
    const own = numbers[at] as Uint32Array;
    const to = new Uint32Array(removed.length);
    for (let passage = 0; passage < to.length; passage++) if (removed[passage] === 0) to[passage] = first++;
    for (let place = 0; place < own.length; place++) {
      const end = segment.from[place + 1] as number;
      for (let posting = segment.from[place] as number; posting < end; posting++) {
        const passage = segment.passages[posting] as number;
        if (removed[passage] === 0)
          visit(own[place] as number, to[passage] as number, segment.codes[posting] as number);
      }
    }
  }
}

function joinTexts(parts: readonly Part[]): Texts {
  const size = parts.reduce((sum, { removed }) => removed.reduce((left, one) => left - one, sum + removed.length), 0);
  const starts = new Uint32Array(size + 1);
  const documents = new Uint32Array(size);
  const places = new Uint32Array(size);
  let passage = 0;
  for (const { segment, removed } of parts) {
    for (let at = 0; at < segment.documents.length; at++) {
      if (removed[at] === 1) continue;
      documents[passage] = segment.documents[at] as number;
      places[passage] = segment.places[at] as number;
      starts[passage + 1] =
        (starts[passage] as number) + (segment.starts[at + 1] as number) - (segment.starts[at] as number);
      passage++;
    }
  }
  const units = new Uint16Array(starts[size] as number);
  passage = 0;
  for (const { segment, removed } of parts) {
    for (let at = 0; at < segment.documents.length; at++)
      if (removed[at] === 0) units.set(unitsOf(segment, at), starts[passage++]);
  }
  return { units, starts, documents, places };
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

// By number of a term: the passage that had it last, counted over all texts ever noted, and where that was noted.
let lastPassage = new Float64Array(1 << 12);
let lastAt = new Int32Array(1 << 12);
let noted = 0;

function noteTerms(texts: Pick<Texts, 'units' | 'starts'>): Noted {
  const size = texts.starts.length - 1;
  const most = 2 * texts.units.length;
  const numbers = new Uint32Array(most);
  const codes = new Uint8Array(most);
  const ends = new Uint32Array(size);
  const numbering = createNumbering();
  let to = 0;
  for (let passage = 0; passage < size; passage++) {
    const begin = to;
    const units = unitsOf(texts, passage);
    noted++;
    eachTerm(units, (term) => {
      const number = numbering.of(term);
      if (number >= lastPassage.length) {
        lastPassage = larger(lastPassage, new Float64Array(2 * lastPassage.length));
        lastAt = larger(lastAt, new Int32Array(2 * lastAt.length));
      }
      if (lastPassage[number] === noted) {
        const at = lastAt[number] as number;
        if ((codes[at] as number) < 255) codes[at] = (codes[at] as number) + 1;
        return;
      }
      lastPassage[number] = noted;
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
