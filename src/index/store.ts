import { copyOf, createFrequencies, type FrequencyTable } from './frequencies.ts';
import { idf } from './impacts.ts';
import type { SearchedSegment } from './ranking.ts';
import { joinSegments, postingsOf, SEGMENT_PASSAGES, type Segment, unitsOf } from './segment.ts';
import { eachTerm } from './terms.ts';

/** A passage to be indexed; those of a document come one after the other. */
export interface NewPassage {
  /** The number of its document. */
  readonly document: number;
  /** Its place among those of its document. */
  readonly place: number;
  /** Folded UTF-16 units. */
  readonly units: Uint16Array;
}

/** Segments, oldest first, and what is known of all of them together. Never changed: what changes is another store. */
export interface PassageStore {
  readonly segments: readonly SearchedSegment[];
  readonly statistics: Statistics;
  /** With some segments more, whose documents are new to it. */
  with(segments: readonly Segment[]): PassageStore;
  /** Without the passages of a document; this store when there are none. */
  without(document: number): PassageStore;
  /** How many passages of a document have each of some terms; by segment, their places in it. */
  countsWithin(document: number, places: readonly (readonly number[])[]): Int32Array;
  /** To search in one document alone, or in all others. */
  within(document: number): readonly SearchedSegment[];
  except(document: number): readonly SearchedSegment[];
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

/** Passages in as few segments as hold them. */
export function segmentsOf(passages: Iterable<NewPassage>): readonly Segment[] {
  const segments: Segment[] = [];
  let batch = createBatch();
  for (const passage of passages) {
    if (batch.size === SEGMENT_PASSAGES || batch.units + passage.units.length > SEGMENT_UNITS) {
      segments.push(batch.build());
      batch = createBatch();
    }
    batch.add(passage);
  }
  if (batch.size > 0) segments.push(batch.build());
  return segments;
}

export function createPassageStore(segments: readonly Segment[] = []): PassageStore {
  return storeOf(segments.map(opened), undefined);
}

/** A segment, and from where to before where the passages of each document stand in it. */
interface Opened extends SearchedSegment {
  readonly ranges: ReadonlyMap<number, readonly [number, number]>;
}

/** The frequencies, when they are known, are of these very segments. */
function storeOf(some: readonly Opened[], known: FrequencyTable | undefined): PassageStore {
  const segments = joinedSmall(some.filter(({ ranges }) => ranges.size > 0));
  const frequencies = createFrequencies(known);
  if (!known) for (const { segment } of segments) count(segment, frequencies);
  let size = 0;
  let units = 0;
  for (const { segment, removed, whole } of segments) {
    for (let passage = 0; passage < removed.length; passage++) {
      if (!whole && removed[passage] === 1) continue;
      size++;
      units += (segment.starts[passage + 1] as number) - (segment.starts[passage] as number);
    }
  }

  const store: PassageStore = {
    segments,
    statistics: {
      size: () => size,
      averageLength: () => units / Math.max(1, size),
      frequency: frequencies.of,
      idf: (term) => idf(frequencies.of(term), size),
    },
    with(more) {
      const changed = createFrequencies(copyOf(frequencies.table()));
      for (const segment of more) count(segment, changed);
      return storeOf([...segments, ...more.map(opened)], changed.table());
    },
    without(document) {
      if (!segments.some(({ ranges }) => ranges.has(document))) return store;
      const changed = createFrequencies(copyOf(frequencies.table()));
      return storeOf(
        segments.map((one) => takenOut(one, document, changed)),
        changed.table(),
      );
    },
    countsWithin(document, places) {
      const having = new Int32Array(places[0]?.length ?? 0);
      for (let at = 0; at < segments.length; at++) {
        const { segment, ranges } = segments[at] as Opened;
        const range = ranges.get(document);
        if (range) countPostings(segment, range, places[at] as readonly number[], having);
      }
      return having;
    },
    within: (document) =>
      segments.flatMap(({ segment, ranges }): SearchedSegment[] => {
        const range = ranges.get(document);
        if (!range) return [];
        return [{ segment, removed: new Uint8Array(segment.documents.length).fill(1).fill(0, ...range), whole: false }];
      }),
    except: (document) =>
      segments.map((one): SearchedSegment => {
        const range = one.ranges.get(document);
        return range ? { segment: one.segment, removed: one.removed.slice().fill(1, ...range), whole: false } : one;
      }),
  };
  return store;
}

function count({ terms, from }: Segment, frequencies: { add(term: number, by: number): void }): void {
  for (let at = 0; at < terms.length; at++)
    frequencies.add(terms[at] as number, (from[at + 1] as number) - (from[at] as number));
}

function opened(segment: Segment): Opened {
  const ranges = new Map<number, readonly [number, number]>();
  const { documents } = segment;
  for (let from = 0; from < documents.length; ) {
    let to = from + 1;
    while (to < documents.length && documents[to] === documents[from]) to++;
    ranges.set(documents[from] as number, [from, to]);
    from = to;
  }
  return { segment, removed: new Uint8Array(documents.length), whole: true, ranges };
}

function takenOut(one: Opened, document: number, frequencies: { add(term: number, by: number): void }): Opened {
  const range = one.ranges.get(document);
  if (!range) return one;
  const removed = one.removed.slice().fill(1, ...range);
  for (let passage = range[0]; passage < range[1]; passage++) {
    const seen = new Set<number>();
    eachTerm(unitsOf(one.segment, passage), (term) => seen.add(term));
    for (const term of seen) frequencies.add(term, -1);
  }
  const ranges = new Map(one.ranges);
  ranges.delete(document);
  const changed = { segment: one.segment, removed, whole: false, ranges };
  const gone = removed.reduce((sum, passage) => sum + passage, 0);
  return 2 * gone > removed.length ? opened(joinSegments([changed])) : changed;
}

/** As in a merge tree: the last segment joins the one before while it is at least half as large. */
function joinedSmall(some: readonly Opened[]): readonly Opened[] {
  const segments = [...some];
  for (;;) {
    // All that belong together at once: joining costs as much as what is joined.
    let first = segments.length - 1;
    let [passages, units] = [0, 0];
    for (let at = segments.length - 1; at >= 0; at--) {
      const { segment } = segments[at] as Opened;
      if (passages > 0 && 2 * passages < segment.documents.length) break;
      passages += segment.documents.length;
      units += segment.units.length;
      if (passages > SEGMENT_PASSAGES || units > SEGMENT_UNITS) break;
      first = at;
    }
    if (first >= segments.length - 1) return segments;
    segments.push(opened(joinSegments(segments.splice(first))));
  }
}

/** Adds, for each term, its postings in a range of passages. */
function countPostings(
  { passages, from }: Segment,
  [first, end]: readonly [number, number],
  places: readonly number[],
  having: Int32Array,
): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number;
    if (place < 0) continue;
    const high = from[place + 1] as number;
    const start = lowerBound(passages, from[place] as number, high, first);
    const most = Math.min(high, start + end - first);
    having[at] = (having[at] as number) + lowerBound(passages, start, most, end) - start;
  }
}

/** The first place from `low` on, up to `high`, whose value is no less than `value`; values ascend. */
function lowerBound(values: Uint16Array, low: number, high: number, value: number): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function createBatch() {
  let text = new Uint16Array(1 << 12);
  const starts = [0];
  const documents: number[] = [];
  const places: number[] = [];
  let used = 0;
  return {
    get size() {
      return documents.length;
    },
    get units() {
      return used;
    },
    add({ document, place, units }: NewPassage) {
      if (used + units.length > text.length) {
        const larger = new Uint16Array(Math.max(used + units.length, 2 * text.length));
        larger.set(text);
        text = larger;
      }
      text.set(units, used);
      used += units.length;
      starts.push(used);
      documents.push(document);
      places.push(place);
    },
    build(): Segment {
      const texts = { units: text.slice(0, used), starts: Uint32Array.from(starts) };
      return {
        ...texts,
        documents: Uint32Array.from(documents),
        places: Uint32Array.from(places),
        ...postingsOf(texts),
      };
    },
  };
}
