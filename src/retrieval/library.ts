import { BM25, impactTable } from '../index/impacts.ts';
import { type Ranked, rank, type WeightedTerm } from '../index/ranking.ts';
import { findTerm } from '../index/segment.ts';
import { createPassageStore, type Statistics } from '../index/store.ts';
import { kindOfTerm, type Term } from '../index/terms.ts';
import { foldUnits, toUnits } from '../index/units.ts';
import type { Document } from '../knowledge/document.ts';
import type { Language } from '../lexicon/language.ts';
import type { Passage, Reading } from '../reading/reading.ts';
import { type ConceptMatcher, createConceptMatcher } from './concepts.ts';
import { createMatcher, type Match } from './matcher.ts';
import { createMistakeReader } from './mistakes.ts';
import { createPairVectors, type PairVectors } from './nearness.ts';
import { type Question, readQuestion } from './question.ts';

/** What was found for a question, before anything learned weighs it. */
export interface Finding {
  readonly question: Question;
  readonly concepts: ConceptMatcher;
  readonly statistics: Statistics;
  readonly pairs: PairVectors;
  /** The best sum of terms that a passage could have, length aside. */
  readonly attainable: number;
  /** Read and matched with the question, by descending sum of terms. */
  readonly passages: readonly FoundPassage[];
  /** Passages after these, by descending sum. */
  readonly rest: readonly PassageRef[];
  /** How many passages of a document have a term. */
  countWithin(document: SearchedDocument, term: Term): number;
}

export interface PassageRef {
  readonly passage: Passage;
  readonly document: SearchedDocument;
}

export interface FoundPassage extends PassageRef {
  /** Its sum of terms. */
  readonly sum: number;
  readonly folded: Uint16Array;
  /** Of what stands above it, then of its clauses in order. */
  readonly matches: readonly Match[];
  /** In the same order: how surely each concept of the question is met. */
  readonly met: readonly Float32Array[];
}

/** A document in a library. */
export interface SearchedDocument {
  readonly document: Document;
  /** Folded. */
  readonly title: Uint16Array;
  /** Its passages among the library's: from the first to before the last. */
  readonly from: number;
  readonly to: number;
}

export interface Library {
  /**
   * The passages that share most with a question: as many as are read, and up to `k` in all; undefined when none shares
   * anything.
   */
  find(question: string, k: number, scope?: Scope): Finding | undefined;
  /** In passages. */
  readonly size: number;
}

/** Which documents are looked into, by their ids: one alone, or all but one. */
export type Scope = { readonly within: string } | { readonly without: string };

/** As many are read and matched: more find little more in a few documents, but something in a large library. */
const READ = 20;
const READ_OF_MANY = 60;
const MANY_PASSAGES = 20_000;

export function createLibrary(readings: readonly Reading[], language: Language): Library {
  const refs: PassageRef[] = [];
  for (const { document, passages } of readings) {
    const title = foldUnits(toUnits(document.title));
    const searched = { document, title, from: refs.length, to: refs.length + passages.length };
    for (const passage of passages) refs.push({ passage, document: searched });
  }
  const store = createPassageStore();
  store.add(textsOf(refs));
  const { segments, statistics } = store;
  const mistakes = createMistakeReader(statistics);
  const pairs = createPairVectors(language.vectors);
  const tables = BM25.map((parameters) => impactTable(parameters, statistics.averageLength()));

  const most = refs.length > MANY_PASSAGES ? READ_OF_MANY : READ;

  return {
    size: refs.length,
    find(text, k, scope) {
      const question = readQuestion(text, mistakes);
      const concepts = createConceptMatcher(language.lexicon.concepts(question.folded), statistics);
      const terms = weighted(question, concepts);
      const found = rank(segments, terms, scope ? refs.length : Math.max(k, most))
        .map((one) => ({ ...refOf(one), sum: one.score }))
        .filter(({ document: { document } }) => !scope || inScope(document.id, scope));
      if (found.length === 0) return undefined;
      const matcher = createMatcher(question);
      const passages = found.slice(0, most).map((one): FoundPassage => {
        const { units, ends } = unitsOf(one);
        const folded = foldUnits(units);
        const matches = matcher.match(folded, ends);
        return { ...one, folded, matches, met: matches.map(({ start, end }) => concepts.match(folded, start, end)) };
      });
      const attainable = terms.reduce((sum, { weight, table }) => sum + weight * (table[0] as number), 0);
      const countWithin = counter();
      return { question, concepts, statistics, pairs, attainable, passages, rest: found.slice(most, k), countWithin };
    },
  };

  /** A passage's number in the store is its place among `refs`. */
  function refOf({ segment, passage }: Ranked): PassageRef {
    return refs[segments[segment]?.segment.documents[passage] as number] as PassageRef;
  }

  function weighted(question: Question, concepts: ConceptMatcher): readonly WeightedTerm[] {
    const shares = new Map<Term, number>(concepts.terms.map(({ term, share }) => [term, share]));
    for (const { term, share } of question.terms) shares.set(term, Math.max(share, shares.get(term) ?? 0));
    return Array.from(shares, ([term, share]) => ({
      term,
      weight: share * statistics.idf(term),
      table: tables[kindOfTerm(term)] as Float32Array,
    })).sort((a, b) => b.weight - a.weight || a.term - b.term);
  }

  /** Passages of a document stand side by side, and so do their postings. A term's place is looked up once. */
  function counter(): Finding['countWithin'] {
    const places = new Map<Term, readonly number[]>();
    return ({ from, to }, term) => {
      let known = places.get(term);
      if (!known) {
        known = segments.map(({ segment }) => findTerm(segment, term));
        places.set(term, known);
      }
      let count = 0;
      for (let at = 0; at < segments.length; at++) {
        const place = known[at] as number;
        const { segment } = segments[at] as (typeof segments)[number];
        const first = segment.documents[0] as number;
        if (place < 0 || to <= first || from >= first + segment.documents.length) continue;
        const [low, high] = [segment.from[place] as number, segment.from[place + 1] as number];
        const start = lowerBound(segment.passages, low, high, from - first);
        count += lowerBound(segment.passages, start, high, to - first) - start;
      }
      return count;
    };
  }
}

function inScope(id: string, scope: Scope): boolean {
  return 'within' in scope ? id === scope.within : id !== scope.without;
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

function* textsOf(refs: readonly PassageRef[]) {
  for (const [number, ref] of refs.entries()) yield { document: String(number), text: textOf(ref) };
}

/** A passage as it is indexed: what stands above it, then its clauses, a line each. */
function textOf({ passage: { above, clauses }, document: { document } }: PassageRef): string {
  const texts = clauses.map(({ span }) => (document.paragraphs[span.paragraph] ?? '').slice(span.start, span.end));
  return [above, ...texts].join('\n');
}

function unitsOf(ref: PassageRef): { units: Uint16Array; ends: readonly number[] } {
  const { above, clauses } = ref.passage;
  const units = toUnits(textOf(ref));
  const ends = [above.length + 1];
  for (const { span } of clauses) ends.push((ends.at(-1) as number) + span.end - span.start + 1);
  ends[ends.length - 1] = units.length;
  return { units, ends };
}
