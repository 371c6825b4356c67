import { createFrequencies, type FrequencyTable } from './frequencies.ts';
import { idf } from './impacts.ts';
import type { SearchedSegment } from './ranking.ts';
import { buildSegment, SEGMENT_PASSAGES, type Segment, unitsOf } from './segment.ts';
import { eachTerm } from './terms.ts';
import { foldUnits } from './units.ts';

export interface Passage {
  /** Whatever names the document; passages are removed by it. */
  readonly document: string;
  readonly text: string;
}

/** Segments, oldest first, and what is known of all of them together. */
export interface PassageStore {
  readonly segments: readonly SearchedSegment[];
  /** Names of the documents by number. */
  readonly documents: readonly string[];
  add(passages: Iterable<Passage>): void;
  /** Takes out all passages of a document; false when there were none. */
  remove(document: string): boolean;
  readonly statistics: Statistics;
  /** For a snapshot; passages that were removed are gone from it. */
  stored(): Required<Stored>;
}

export interface Statistics {
  /** Passages. */
  size(): number;
  /** UTF-16 units a passage. */
  averageLength(): number;
  /** Passages that have the term. */
  frequency(term: number): number;
  idf(term: number): number;
}

// A segment ends here even when it has fewer passages than it may: noting its postings takes ten bytes a unit.
const SEGMENT_UNITS = 8_000_000;

export interface Stored {
  readonly segments: readonly Segment[];
  readonly documents: readonly string[];
  /** Counted again when left out. */
  readonly frequencies?: FrequencyTable;
}

export function createPassageStore(stored: Stored = { segments: [], documents: [] }): PassageStore {
  const documents = [...stored.documents];
  const numbers = new Map(documents.map((name, number) => [name, number]));
  const segments: { segment: Segment; removed: Uint8Array; whole: boolean }[] = [];
  const frequencies = createFrequencies(stored.frequencies);
  let size = 0;
  let units = 0;
  for (const segment of stored.segments) open(segment, stored.frequencies === undefined);

  return {
    segments,
    documents,
    add(passages) {
      let batch = createBatch();
      for (const { document, text } of passages) {
        if (batch.size === SEGMENT_PASSAGES || batch.units + text.length > SEGMENT_UNITS) {
          open(batch.build());
          batch = createBatch();
        }
        batch.add(text, numberOf(document));
      }
      if (batch.size > 0) open(batch.build());
      mergeSmall();
    },
    remove(document) {
      const number = numbers.get(document);
      if (number === undefined) return false;
      let found = false;
      for (const one of segments) {
        one.segment.documents.forEach((owner, passage) => {
          if (owner !== number || one.removed[passage] === 1) return;
          one.removed[passage] = 1;
          one.whole = false;
          found = true;
          const text = unitsOf(one.segment, passage);
          size--;
          units -= text.length;
          count(text, -1);
        });
      }
      return found;
    },
    stored() {
      for (const one of segments) if (!one.whole) Object.assign(one, opened(joined([one])));
      return {
        segments: segments.filter(({ segment }) => segment.documents.length > 0).map(({ segment }) => segment),
        documents,
        frequencies: frequencies.table(),
      };
    },
    statistics: {
      size: () => size,
      averageLength: () => units / Math.max(1, size),
      frequency: frequencies.of,
      idf: (term) => idf(frequencies.of(term), size),
    },
  };

  function numberOf(document: string): number {
    let number = numbers.get(document);
    if (number === undefined) {
      number = documents.push(document) - 1;
      numbers.set(document, number);
    }
    return number;
  }

  function open(segment: Segment, counting = true): void {
    segments.push(opened(segment));
    size += segment.documents.length;
    units += segment.units.length;
    for (let at = 0; counting && at < segment.terms.length; at++) {
      frequencies.add(segment.terms[at] as number, (segment.from[at + 1] as number) - (segment.from[at] as number));
    }
  }

  function count(text: Uint16Array, by: number): void {
    const seen = new Set<number>();
    eachTerm(foldUnits(text), (term) => seen.add(term));
    for (const term of seen) frequencies.add(term, by);
  }

  /** As in a merge tree: the last segment joins the one before while it is at least half as large. */
  function mergeSmall(): void {
    for (;;) {
      const last = segments.at(-1);
      const before = segments.at(-2);
      if (!last || !before) return;
      const passages = last.segment.documents.length + before.segment.documents.length;
      const length = last.segment.units.length + before.segment.units.length;
      if (passages > SEGMENT_PASSAGES || length > SEGMENT_UNITS) return;
      if (2 * last.segment.documents.length < before.segment.documents.length) return;
      segments.splice(-2, 2, opened(joined([before, last])));
    }
  }
}

function opened(segment: Segment) {
  return { segment, removed: new Uint8Array(segment.documents.length), whole: true };
}

/** What was not removed of some segments, as one. */
function joined(parts: readonly SearchedSegment[]): Segment {
  const batch = createBatch();
  for (const { segment, removed } of parts) {
    segment.documents.forEach((document, passage) => {
      if (removed[passage] === 0) batch.addUnits(unitsOf(segment, passage), document);
    });
  }
  return batch.build();
}

function createBatch() {
  let text = new Uint16Array(1 << 12);
  const starts = [0];
  const documents: number[] = [];
  let used = 0;
  const reserve = (more: number) => {
    if (used + more <= text.length) return;
    const larger = new Uint16Array(Math.max(used + more, 2 * text.length));
    larger.set(text);
    text = larger;
  };
  const close = (length: number, document: number) => {
    used += length;
    starts.push(used);
    documents.push(document);
  };
  return {
    get size() {
      return documents.length;
    },
    get units() {
      return used;
    },
    add(passage: string, document: number) {
      reserve(passage.length);
      for (let at = 0; at < passage.length; at++) text[used + at] = passage.charCodeAt(at);
      close(passage.length, document);
    },
    addUnits(passage: Uint16Array, document: number) {
      reserve(passage.length);
      text.set(passage, used);
      close(passage.length, document);
    },
    build: () =>
      buildSegment({
        units: text.slice(0, used),
        starts: Uint32Array.from(starts),
        documents: Uint32Array.from(documents),
      }),
  };
}
