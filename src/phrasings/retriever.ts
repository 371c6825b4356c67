import { larger } from '../index/numbering.ts';
import type { Library } from '../knowledge/document.ts';
import { type Evidence, evidenceOf, PLACE, SIGNALS, type Signal, WIDTH, weighRow } from './evidence.ts';
import { createOverview, type MissingField, type MissingTerms, type Overview } from './overview.ts';
import { createPhrasebook } from './phrasebook.ts';
import { indexPhrasings, type PhrasingIndex } from './phrasing-index.ts';
import { createQuestionReader } from './question.ts';
import { type PhrasedTarget, phrasedOf } from './targets.ts';
import { RANKING } from './weights.ts';

export interface RankedTarget {
  readonly target: PhrasedTarget;
  /** Comparable within one question only. */
  readonly score: number;
  evidence(): Evidence;
  /** What of the question the target has nowhere, by field. */
  missing(): Readonly<Record<MissingField, MissingTerms>>;
}

export interface Retrieved {
  /** Best first; only targets that share something with the question, and of these only such as may be the best. */
  readonly candidates: readonly RankedTarget[];
  /** What the others would score, were none of their phrasings like the question. */
  readonly rest: readonly number[];
  /** Idf mass of the question: how much it says. */
  readonly mass: number;
  /** Share of the question's distinct bigrams and words that stand nowhere in the knowledge. */
  readonly unknown: number;
  /** Share of the question's characters that were taken for mistyped ones. */
  readonly changed: number;
  /** How much the question is about what the texts are about: share of the targets with its most common concept or word. */
  readonly topic: number;
  /** Dice coefficient of the question and the most similar near miss of any candidate. */
  readonly nearMiss: number;
  /** The same by whole wordings, question words included. */
  readonly nearWording: number;
}

export interface Retriever {
  /** Ranks what the question may be answered with; `within` is the id of a document. */
  retrieve(question: string, within?: string): Retrieved;
}

/** How many targets are looked at how closely: all others stay estimates. */
export interface Closeness {
  /** So many of the best by all else, whose phrasings are compared with the question one by one; */
  readonly best: number;
  /** so many of which the question is the likeliest a near miss, likewise. */
  readonly suspects: number;
  /** Fuse.js is asked about those whose score is at most so far behind the best. */
  readonly behind: number;
}

// Of the 5,979 questions in eval/ the best in the end was always among these, and of two the best four were not. A near miss
// elsewhere was more like the question by over 0.02 for one in fourteen; the sum of the exponentials of all scores, which
// tells how the best stands out, was off by 1 % on average. What is farther behind than Fuse.js may add is not the best
// whatever it says.
const CLOSE: Closeness = { best: 32, suspects: 8, behind: Math.abs(RANKING.fuzzy) };
/** All that can be known of every target: to learn from. */
export const THOROUGH: Closeness = { best: Infinity, suspects: Infinity, behind: Infinity };

const WEIGHTS = Float64Array.from(SIGNALS, (signal) => RANKING[signal]);

export function createRetriever(
  library: Library,
  reading: PhrasingIndex = indexPhrasings(library),
  { best, suspects, behind }: Closeness = CLOSE,
): Retriever {
  const entries = phrasedOf(library.documents);
  const read = createQuestionReader(library, reading);
  const survey = createOverview(entries, reading);
  const phrasebook = createPhrasebook(reading);

  return {
    retrieve(question, within) {
      const asked = read(question);
      const overview = survey(asked);
      const isWithin = (target: number) => within === undefined || entries[target]?.target.document.id === within;
      const some = within === undefined ? overview.touched : overview.touched.filter(isWithin);
      const { close, rest } = choose(some, overview);
      let rows = new Float64Array(close.length * WIDTH);
      const { fuzzy, strays } = phrasebook.compare(asked, close, rows);
      const found = strays();
      const targets = found.size === 0 ? close : [...new Set([...close, ...found.keys()])].filter(isWithin);
      rows = larger(rows, new Float64Array(targets.length * WIDTH));
      for (const [row, target] of targets.entries()) overview.glance(target, rows, row * WIDTH);
      const scores = targets.map((_, row) => weighRow(rows, row * WIDTH, WEIGHTS));
      const bar = Math.max(...scores) - behind;
      for (const [row, target] of targets.entries()) {
        if ((scores[row] as number) < bar) continue;
        rows[row * WIDTH + PLACE.fuzzy] = found.get(target) ?? fuzzy(target);
        scores[row] = weighRow(rows, row * WIDTH, WEIGHTS);
      }
      const most = (signal: Signal) =>
        targets.reduce((highest, _, row) => Math.max(highest, rows[row * WIDTH + PLACE[signal]] as number), 0);
      return {
        candidates: targets
          .map(
            (number, row): RankedTarget => ({
              target: (entries[number] as (typeof entries)[number]).target,
              score: scores[row] as number,
              evidence: () => evidenceOf(rows.subarray(row * WIDTH, (row + 1) * WIDTH)),
              missing: () => overview.missing(number),
            }),
          )
          .sort((a, b) => b.score - a.score),
        rest,
        mass: overview.mass,
        unknown: asked.unknown,
        changed: asked.changed,
        topic: overview.topic,
        nearMiss: most('nearMiss'),
        nearWording: most('nearWording'),
      };
    },
  };

  /** The targets that are compared one by one, and the estimates of the others. */
  function choose(some: readonly number[], { glance }: Overview) {
    const estimates = new Float64Array(some.length);
    const suspicions = new Float64Array(some.length);
    const row = new Float64Array(WIDTH);
    for (let at = 0; at < some.length; at++) {
      glance(some[at] as number, row, 0);
      estimates[at] = weighRow(row, 0, WEIGHTS);
      suspicions[at] = row[PLACE.suspicion] as number;
    }
    const promising = leastOf(best, estimates);
    const suspect = leastOf(suspects, suspicions);
    const close: number[] = [];
    const rest: number[] = [];
    for (let at = 0; at < some.length; at++) {
      const estimate = estimates[at] as number;
      if (estimate >= promising || (suspicions[at] as number) >= suspect) close.push(some[at] as number);
      else rest.push(estimate);
    }
    return { close, rest };
  }
}

/** The least of the `count` largest values. Hoare, Algorithm 65: Find (1961). */
function leastOf(count: number, values: Float64Array): number {
  if (values.length <= count) return -Infinity;
  const left = values.slice();
  const place = left.length - count;
  for (let from = 0, to = left.length - 1; from < to; ) {
    const pivot = left[(from + to) >>> 1] as number;
    let [low, high] = [from, to];
    while (low <= high) {
      while ((left[low] as number) < pivot) low++;
      while ((left[high] as number) > pivot) high--;
      if (low > high) break;
      [left[low], left[high]] = [left[high] as number, left[low] as number];
      low++;
      high--;
    }
    if (place <= high) to = high;
    else if (place >= low) from = low;
    else break;
  }
  return left[place] as number;
}
