import { findTerm, type Part, SEGMENT_PASSAGES, type Segment } from './segment.ts';

/** A term of the question, ready to be summed: what its postings count, by their code. */
export interface WeightedTerm {
  readonly term: number;
  readonly weight: number;
  readonly table: Float32Array;
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

// A pass over all sums costs about as much as adding this many postings.
const PASS_COST = 16_384;

/**
 * The `k` passages with the largest sums, those lower in `order` first among equals; passages with less than `near` of
 * the best sum are left out. Terms are added one after the other, rarest first, until those that remain cannot lift a
 * passage that has nothing yet among the results (MaxScore: Turtle and Flood, Query evaluation: strategies and
 * optimizations, 1995); then they are looked up only for the passages that may still get there. Sums are the same to
 * the last bit however the passages are cut into segments.
 */
export function rank(
  segments: readonly SearchedSegment[],
  terms: readonly WeightedTerm[],
  k: number,
  near = 0,
  order = AS_THEY_STAND,
): readonly Ranked[] {
  if (heap.length < k) heap = new Float64Array(k);
  const best = createBest(k, near, order);
  const found = segments.map((searched, number) => findPostings(searched, number, terms));
  if (segments.length > 1) {
    // A first guess of the best sum, from the rarest terms alone, spares most of the work on the common ones.
    for (const one of found) one.glance = glance(one);
    found.sort((a, b) => b.glance - a.glance);
    best.reached((found[0] as Found).glance);
  }
  for (const one of found) rankSegment(one, best);
  const ranked = best.sorted();
  return ranked.filter(({ score }) => score >= near * (ranked[0]?.score ?? 0));
}

interface Found {
  readonly searched: SearchedSegment;
  readonly number: number;
  readonly posted: readonly Posted[];
  /** A sum that a passage of the segment reaches at least. */
  glance: number;
}

function findPostings(searched: SearchedSegment, number: number, terms: readonly WeightedTerm[]): Found {
  const { segment } = searched;
  const posted: Posted[] = [];
  for (const { term, weight, table } of terms) {
    const place = findTerm(segment, term);
    if (place < 0) continue;
    const from = segment.from[place] as number;
    const to = segment.from[place + 1] as number;
    posted.push({ from, to, weight, table, bound: weight * (table[segment.highest[place] as number] as number) });
  }
  return { searched, number, posted, glance: 0 };
}

const GLANCE_POSTINGS = 2000;

function glance({ searched: { segment, removed, whole }, posted }: Found): number {
  let left = GLANCE_POSTINGS;
  let most = 0;
  let count = 0;
  for (const { from, to, weight, table } of posted) {
    left -= to - from;
    if (left < 0) break;
    count++;
    add(segment, from, to, weight, table);
  }
  for (const { from, to } of posted.slice(0, count)) {
    for (let at = from; at < to; at++) {
      const passage = segment.passages[at] as number;
      const sum = sums[passage] as number;
      if (sum > most && (whole || removed[passage] === 0)) most = sum;
    }
  }
  for (const { from, to } of posted.slice(0, count))
    for (let at = from; at < to; at++) sums[segment.passages[at] as number] = 0;
  return most;
}

interface Posted {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly table: Float32Array;
  readonly bound: number;
}

const sums = new Float32Array(SEGMENT_PASSAGES);
const candidates = new Uint16Array(SEGMENT_PASSAGES);

function rankSegment({ searched: { segment, removed, whole }, number, posted }: Found, best: Best): void {
  const size = segment.documents.length;
  // Room for rounding: a sum of floats may exceed the sum of bounds by a little.
  const rest = new Float64Array(posted.length + 1);
  for (let at = posted.length - 1; at >= 0; at--)
    rest[at] = (rest[at + 1] as number) + (posted[at] as Posted).bound * 1.00001;

  let cost = 0;
  let least = best.least();
  let next = 0;
  for (; next < posted.length; next++) {
    const remaining = rest[next] as number;
    if (cost > PASS_COST && remaining < (rest[0] as number) / 2) {
      least = leastOf(size, best, removed, whole, least);
      cost = 0;
    }
    if (least > 0 && remaining < least) break;
    const { from, to, weight, table } = posted[next] as Posted;
    cost += to - from;
    add(segment, from, to, weight, table);
  }

  if (next === posted.length) {
    for (let passage = 0; passage < size; passage++) {
      const score = sums[passage] as number;
      if (score > 0 && score >= least && (whole || removed[passage] === 0)) {
        if (best.offer(number, passage, score)) least = Math.max(least, best.least());
      }
    }
    sums.fill(0, 0, size);
    return;
  }
  let count = 0;
  const needed = least - (rest[next] as number);
  for (let passage = 0; passage < size; passage++) {
    if ((sums[passage] as number) >= needed && (whole || removed[passage] === 0)) candidates[count++] = passage;
  }
  for (; next < posted.length && count > 0; next++) {
    const { from, to, weight, table } = posted[next] as Posted;
    lookUp(segment, count, from, to, weight, table);
    if (count < 64) continue;
    const floor = least - (rest[next + 1] as number);
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const passage = candidates[at] as number;
      candidates[kept] = passage;
      if ((sums[passage] as number) >= floor) kept++;
    }
    count = kept;
  }
  for (let at = 0; at < count; at++) {
    const passage = candidates[at] as number;
    const score = sums[passage] as number;
    if (score > 0) best.offer(number, passage, score);
  }
  sums.fill(0, 0, size);
}

function add({ passages, codes }: Segment, from: number, to: number, weight: number, table: Float32Array): void {
  for (let at = from; at < to; at++) {
    const passage = passages[at] as number;
    sums[passage] = (sums[passage] as number) + weight * (table[codes[at] as number] as number);
  }
}

/** Adds the postings of the candidates only: both lists ascend. */
function lookUp(
  { passages, codes }: Segment,
  count: number,
  from: number,
  to: number,
  weight: number,
  table: Float32Array,
): void {
  let at = from;
  if (count * 8 > to - from) {
    for (let index = 0; index < count && at < to; index++) {
      const passage = candidates[index] as number;
      while (at < to && (passages[at] as number) < passage) at++;
      if (at < to && passages[at] === passage) {
        sums[passage] = (sums[passage] as number) + weight * (table[codes[at] as number] as number);
      }
    }
    return;
  }
  for (let index = 0; index < count && at < to; index++) {
    const passage = candidates[index] as number;
    let step = 1;
    while (at + step < to && (passages[at + step] as number) < passage) step *= 2;
    let low = at + (step >> 1);
    let high = Math.min(at + step, to - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((passages[middle] as number) < passage) low = middle + 1;
      else high = middle;
    }
    at = low;
    if (passages[at] === passage) {
      sums[passage] = (sums[passage] as number) + weight * (table[codes[at] as number] as number);
    }
  }
}

/**
 * What a passage needs at least by the sums so far: the k-th largest, or the share of the largest that counts as near;
 * no less than what was needed before, as sums only grow.
 */
function leastOf(size: number, { k, near }: Best, removed: Uint8Array, whole: boolean, before: number): number {
  let bar = before;
  let found = 0;
  let highest = 0;
  for (let passage = 0; passage < size; passage++) {
    const score = sums[passage] as number;
    if (score <= bar || (!whole && removed[passage] === 1)) continue;
    if (score > highest) highest = score;
    // The k largest in a heap with the least on top.
    if (found < k) {
      let at = found++;
      for (let above = (at - 1) >> 1; at > 0 && (heap[above] as number) > score; above = (at - 1) >> 1) {
        heap[at] = heap[above] as number;
        at = above;
      }
      heap[at] = score;
    } else sink(score, k);
    if (found === k) bar = Math.max(bar, heap[0] as number);
  }
  return Math.max(bar, near * highest);
}

let heap = new Float64Array(1 << 10);

/** Puts a value in place of the least. */
function sink(score: number, size: number): void {
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= size) break;
    if (below + 1 < size && (heap[below + 1] as number) < (heap[below] as number)) below++;
    if ((heap[below] as number) >= score) break;
    heap[at] = heap[below] as number;
    at = below;
  }
  heap[at] = score;
}

interface Best {
  readonly k: number;
  readonly near: number;
  /** What a passage needs at least: the k-th best score so far, or the share of the best that counts as near. */
  least(): number;
  /** A passage has this sum at least. */
  reached(score: number): void;
  offer(segment: number, passage: number, score: number): boolean;
  sorted(): readonly Ranked[];
}

/** A heap with the worst on top. */
function createBest(k: number, near: number, order: Order): Best {
  const scores = new Float64Array(k);
  const places = new Float64Array(k);
  let size = 0;
  let highest = 0;
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
    near,
    least: () => Math.max(size < k ? 0 : (scores[0] as number), near * highest),
    reached(score) {
      highest = Math.max(highest, score);
    },
    offer(segment, passage, score) {
      const place = segment * SEGMENT_PASSAGES + passage;
      if (score > highest) highest = score;
      if (size < k) {
        scores[size] = score;
        places[size] = place;
        let at = size++;
        while (at > 0 && worse(at, (at - 1) >> 1)) {
          swap(at, (at - 1) >> 1);
          at = (at - 1) >> 1;
        }
        return true;
      }
      if (score < (scores[0] as number)) return false;
      if (score === scores[0] && orderOf(place) > orderOf(places[0] as number)) return false;
      scores[0] = score;
      places[0] = place;
      sink();
      return true;
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
