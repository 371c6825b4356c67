import { findTerm, type Part, SEGMENT_PASSAGES, type Segment } from './segment.ts';

/** A term of the question, ready to be summed: what its postings count, by their code. */
export interface WeightedTerm {
  readonly term: number;
  readonly weight: number;
  readonly table: Float32Array;
}

/** Words any of which may stand for one that was asked: a passage counts by the one that it has most surely. */
export interface AnyOf {
  readonly weight: number;
  readonly words: readonly WeightedWord[];
  readonly table: Float32Array;
}

export interface WeightedWord {
  readonly weight: number;
  /** Its terms, and what share of it each is: together 1. */
  readonly terms: readonly { readonly term: number; readonly share: number }[];
}

export interface Ranked {
  readonly segment: number;
  readonly passage: number;
  readonly score: number;
}

export interface SearchedSegment extends Part {
  /** No passage was removed. */
  readonly whole: boolean;
}

/** Where a passage comes among those with the same sum: the lower, the earlier. */
export type Order = (segment: number, passage: number) => number;

const AS_THEY_STAND: Order = (segment, passage) => segment * SEGMENT_PASSAGES + passage;

/**
 * The `k` passages with the largest sums, those lower in `order` first among equals. Terms are added one after the other,
 * all of their postings: finding out which of them cannot matter (MaxScore) takes longer than adding them. Sums are the
 * same to the last bit however the passages are cut into segments.
 */
export function rank(
  segments: readonly SearchedSegment[],
  terms: readonly WeightedTerm[],
  k: number,
  order = AS_THEY_STAND,
  groups: readonly AnyOf[] = [],
): readonly Ranked[] {
  const best = createBest(k, order);
  for (const [number, searched] of segments.entries()) rankSegment(searched, number, terms, groups, best);
  return best.sorted();
}

/** By passage of the segment at hand; 0 between segments. */
const sums = new Float32Array(SEGMENT_PASSAGES);

function rankSegment(
  searched: SearchedSegment,
  number: number,
  terms: readonly WeightedTerm[],
  groups: readonly AnyOf[],
  best: Best,
): void {
  const { segment, removed, whole } = searched;
  const size = removed.length;
  // By index: in a loop over an iterator the compiler doubles the time of what is called.
  for (let at = 0; at < terms.length; at++) add(segment, terms[at] as WeightedTerm);
  for (let at = 0; at < groups.length; at++) addAny(segment, groups[at] as AnyOf);
  if (!whole) for (let passage = 0; passage < size; passage++) if (removed[passage] === 1) sums[passage] = 0;
  const least = Math.max(best.least(), kthLargest(sums, size, best.k));
  for (let passage = 0; passage < size; passage++) {
    const sum = sums[passage] as number;
    if (sum > 0 && sum >= least) best.offer(number, passage, sum);
  }
  sums.fill(0, 0, size);
}

function add(segment: Segment, { term, weight, table }: WeightedTerm): void {
  const place = findTerm(segment, term);
  if (place < 0) return;
  const { passages, codes } = segment;
  const end = segment.from[place + 1] as number;
  for (let at = segment.from[place] as number; at < end; at++) {
    const passage = passages[at] as number;
    sums[passage] = (sums[passage] as number) + weight * (table[codes[at] as number] as number);
  }
}

/** By passage, of a word and of a group; 0 between them. Which passages have some of it stands beside them. */
const ofWord = new Float32Array(SEGMENT_PASSAGES);
const ofGroup = new Float32Array(SEGMENT_PASSAGES);
const havingWord = new Uint16Array(SEGMENT_PASSAGES);
const havingGroup = new Uint16Array(SEGMENT_PASSAGES);

function addAny(segment: Segment, { weight, words, table }: AnyOf): void {
  let size = 0;
  for (let at = 0; at < words.length; at++) size = addWord(segment, words[at] as WeightedWord, table, size);
  for (let at = 0; at < size; at++) {
    const passage = havingGroup[at] as number;
    sums[passage] = (sums[passage] as number) + weight * (ofGroup[passage] as number);
    ofGroup[passage] = 0;
  }
}

/** Half of a word says less than half of what it says. */
function addWord(segment: Segment, { weight, terms }: WeightedWord, table: Float32Array, known: number): number {
  const { passages, codes } = segment;
  let size = known;
  let having = 0;
  for (let one = 0; one < terms.length; one++) {
    const { term, share } = terms[one] as WeightedWord['terms'][0];
    const place = findTerm(segment, term);
    const end = place < 0 ? 0 : (segment.from[place + 1] as number);
    for (let at = place < 0 ? 0 : (segment.from[place] as number); at < end; at++) {
      const passage = passages[at] as number;
      const before = ofWord[passage] as number;
      if (before === 0) havingWord[having++] = passage;
      ofWord[passage] = before + share * (table[codes[at] as number] as number);
    }
  }
  for (let at = 0; at < having; at++) {
    const passage = havingWord[at] as number;
    const sum = ofWord[passage] as number;
    ofWord[passage] = 0;
    const value = weight * sum * Math.sqrt(sum);
    const before = ofGroup[passage] as number;
    if (value <= before) continue;
    if (before === 0) havingGroup[size++] = passage;
    ofGroup[passage] = value;
  }
  return size;
}

let heap = new Float32Array(1 << 8);

/** The k-th largest of the first `size` values; 0 when there are fewer above 0. */
function kthLargest(values: Float32Array, size: number, k: number): number {
  if (heap.length < k) heap = new Float32Array(k);
  // The k largest in a heap with the least on top.
  heap.fill(0, 0, k);
  let least = 0;
  for (let at = 0; at < size; at++) {
    const value = values[at] as number;
    if (value <= least) continue;
    sink(value, k);
    least = heap[0] as number;
  }
  return least;
}

/** Puts a value in place of the least. */
function sink(value: number, size: number): void {
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= size) break;
    if (below + 1 < size && (heap[below + 1] as number) < (heap[below] as number)) below++;
    if ((heap[below] as number) >= value) break;
    heap[at] = heap[below] as number;
    at = below;
  }
  heap[at] = value;
}

interface Best {
  readonly k: number;
  /** What a passage needs at least: the k-th best score so far. */
  least(): number;
  offer(segment: number, passage: number, score: number): void;
  sorted(): readonly Ranked[];
}

/** A heap with the worst on top. */
function createBest(k: number, order: Order): Best {
  const scores = new Float64Array(k);
  const places = new Float64Array(k);
  let size = 0;
  const orderOf = (place: number) => order(Math.floor(place / SEGMENT_PASSAGES), place % SEGMENT_PASSAGES);
  const worse = (a: number, b: number) =>
    (scores[a] as number) < (scores[b] as number) ||
    (scores[a] === scores[b] && orderOf(places[a] as number) > orderOf(places[b] as number));
  const swap = (a: number, b: number) => {
    const score = scores[a] as number;
    const place = places[a] as number;
    scores[a] = scores[b] as number;
    places[a] = places[b] as number;
    scores[b] = score;
    places[b] = place;
  };
  const sink = () => {
    let at = 0;
    for (;;) {
      let worst = at;
      if (2 * at + 1 < size && worse(2 * at + 1, worst)) worst = 2 * at + 1;
      if (2 * at + 2 < size && worse(2 * at + 2, worst)) worst = 2 * at + 2;
      if (worst === at) return;
      swap(at, worst);
      at = worst;
    }
  };
  return {
    k,
    least: () => (size < k ? 0 : (scores[0] as number)),
    offer(segment, passage, score) {
      const place = segment * SEGMENT_PASSAGES + passage;
      if (size < k) {
        scores[size] = score;
        places[size] = place;
        let at = size++;
        while (at > 0 && worse(at, (at - 1) >> 1)) {
          swap(at, (at - 1) >> 1);
          at = (at - 1) >> 1;
        }
        return;
      }
      if (score < (scores[0] as number)) return;
      if (score === scores[0] && orderOf(place) > orderOf(places[0] as number)) return;
      scores[0] = score;
      places[0] = place;
      sink();
    },
    sorted: () =>
      Array.from({ length: size }, (_, at) => at)
        .sort((a, b) => (worse(a, b) ? 1 : -1))
        .map((at) => ({
          segment: Math.floor((places[at] as number) / SEGMENT_PASSAGES),
          passage: (places[at] as number) % SEGMENT_PASSAGES,
          score: scores[at] as number,
        })),
  };
}
