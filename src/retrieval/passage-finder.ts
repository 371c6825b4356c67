import { BM25, impactTable } from '../index/impacts.ts';
import { createMistakeReader } from '../index/mistakes.ts';
import { type Ranked, rank, type WeightedTerm } from '../index/ranking.ts';
import { findTerm, type Segment, type TermPostings, unitsOf } from '../index/segment.ts';
import { createPassageStore, type PassageStore, type Statistics, segmentsOf } from '../index/store.ts';
import { BIGRAM, bigram, kindOfTerm, type Term } from '../index/terms.ts';
import { foldUnits, toUnits } from '../index/units.ts';
import type { Document } from '../knowledge/document.ts';
import { isEnglish } from '../lexicon/english.ts';
import type { Language } from '../lexicon/language.ts';
import { endsOf, newPassages, textsOf } from '../reading/indexing.ts';
import type { Passage, Reading as WholeReading } from '../reading/reading.ts';
import { type ConceptMatcher, createConceptMatcher, createConceptWeigher } from './concepts.ts';
import { createMatcher, type Match, type Matcher } from './matcher.ts';
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
  readonly matcher: Matcher;
  /** Tells of a document how many of its passages have each of some terms. */
  counter(terms: readonly Term[]): (document: SearchedDocument) => Int32Array;
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

/** A document whose passages are searched. */
export interface SearchedDocument {
  readonly document: Document;
  /** Folded. */
  readonly title: Uint16Array;
  readonly passages: readonly Passage[];
}

/** What is searched of a document. */
type Reading = Pick<WholeReading, 'document' | 'passages'>;

/** A document to be searched; with the postings of its passages, where they are known already. */
export interface IndexedReading extends Reading {
  readonly postings?: TermPostings;
}

/** Finds passages of some documents. Never changed: of others it is another finder, which shares with this one what stays. */
export interface PassageFinder {
  /**
   * The passages that share most with a question: as many as are read, and up to `k` in all; undefined when none shares
   * anything.
   */
  find(question: string, k: number, scope?: Scope): Finding | undefined;
  /** In passages. */
  readonly size: number;
  /** With another document, which comes in place of the one with its id, if any. */
  with(reading: IndexedReading): PassageFinder;
  without(id: string): PassageFinder;
}

/** Which documents are looked into, by their ids: one alone, or all but one. */
export type Scope = { readonly within: string } | { readonly without: string };

/** As many are read and matched; see docs/retrieval.md. */
const READ = 30;

export function createPassageFinder(readings: readonly IndexedReading[], language: Language): PassageFinder {
  const documents = readings.map(shelved);
  return finderOf(
    createPassageStore(segmentsOfAll(documents, readings)),
    documents,
    language.lexicon,
    createPairVectors(language.vectors),
  );
}

interface Shelved extends SearchedDocument {
  /** Its name in the store. */
  readonly number: number;
}

function shelved({ document, passages }: Reading, number: number): Shelved {
  return { number, document, passages, title: foldUnits(toUnits(document.title)) };
}

function finderOf(
  store: PassageStore,
  documents: readonly Shelved[],
  lexicon: Language['lexicon'],
  pairs: PairVectors,
): PassageFinder {
  const { segments, statistics } = store;
  const mistakes = createMistakeReader(statistics.frequency);
  const weigh = createConceptWeigher(statistics);
  const tables = BM25.map((parameters) => impactTable(parameters, statistics.averageLength()));
  const byNumber = new Map(documents.map((one) => [one.number, one]));
  const orders = new Map(documents.map(({ number }, order) => [number, order]));
  const byId = new Map(documents.map((one) => [one.document.id, one]));
  const size = statistics.size();

  const finder: PassageFinder = {
    size,
    find(text, k, scope) {
      if (size === 0) return undefined;
      const searched = scope ? inScope(scope) : segments;
      const question = readQuestion(text, mistakes);
      const concepts = createConceptMatcher(
        lexicon.concepts(question.folded, occurs),
        weigh,
        isEnglish(question.folded) ? 'the surest' : 'each word',
      );
      const terms = weighted(question, concepts);
      const groups = concepts.groups.map((one) => ({ ...one, table: tables[BIGRAM] as Float32Array }));
      const orderOf = (segment: number, passage: number) => {
        const { documents: owners, places } = (searched[segment] as (typeof searched)[number]).segment;
        return (orders.get(owners[passage] as number) as number) * A_DOCUMENT + (places[passage] as number);
      };
      const found = rank(searched, terms, Math.max(k, READ), orderOf, groups).map((one) => ({
        ...refOf(searched, one),
        sum: one.score,
      }));
      if (found.length === 0) return undefined;
      const matcher = createMatcher(question);
      const passages = found.slice(0, READ).map((one): FoundPassage => {
        const matches = matcher.match(one.folded, endsOf(one.passage));
        return { ...one, matches, met: matches.map(({ start, end }) => concepts.match(one.folded, start, end)) };
      });
      const attainable = [...terms, ...groups].reduce(
        (sum, { weight, table }) => sum + weight * (table[0] as number),
        0,
      );
      const rest = found.slice(READ, k);
      return { question, concepts, statistics, pairs, attainable, passages, rest, matcher, counter };
    },
    with(reading) {
      const { id } = reading.document;
      const known = byId.get(id);
      const number = documents.reduce((last, one) => Math.max(last, one.number), -1) + 1;
      const one = shelved(reading, number);
      const after = documents.findIndex(({ document }) => document.id >= id);
      const at = known ? documents.indexOf(known) : after < 0 ? documents.length : after;
      const rest = known ? store.without(known.number) : store;
      return finderOf(
        rest.with(segmentsOfAll([one], [reading])),
        documents.toSpliced(at, known ? 1 : 0, one),
        lexicon,
        pairs,
      );
    },
    without(id) {
      const known = byId.get(id);
      const others = documents.filter((one) => one !== known);
      return known ? finderOf(store.without(known.number), others, lexicon, pairs) : finder;
    },
  };
  return finder;

  function inScope(scope: Scope): PassageStore['segments'] {
    const known = byId.get('within' in scope ? scope.within : scope.without);
    if ('within' in scope) return known ? store.within(known.number) : [];
    return known ? store.except(known.number) : segments;
  }

  function refOf(searched: PassageStore['segments'], { segment, passage }: Ranked) {
    const within = (searched[segment] as (typeof searched)[number]).segment;
    const document = byNumber.get(within.documents[passage] as number) as Shelved;
    return {
      document,
      passage: document.passages[within.places[passage] as number] as Passage,
      folded: unitsOf(within, passage),
    };
  }

  function occurs(word: string): boolean {
    for (let at = 1; at < word.length; at++)
      if (statistics.frequency(bigram(word.charCodeAt(at - 1), word.charCodeAt(at))) === 0) return false;
    return word.length > 1 || statistics.frequency(word.charCodeAt(0)) > 0;
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

  function counter(terms: readonly Term[]): (document: SearchedDocument) => Int32Array {
    const places = segments.map(({ segment }) => terms.map((term) => findTerm(segment, term)));
    return (document) => store.countsWithin((document as Shelved).number, places);
  }
}

/** More passages than any document has. */
const A_DOCUMENT = 2 ** 32;

/** Each a segment where its postings are known already, all others together. */
function segmentsOfAll(documents: readonly Shelved[], readings: readonly IndexedReading[]): readonly Segment[] {
  const known = documents.flatMap((one, at): Segment[] => {
    const postings = readings[at]?.postings;
    return postings ? [{ ...textsOf(one), ...postings }] : [];
  });
  return [...known, ...segmentsOf(documents.filter((_, at) => !readings[at]?.postings).flatMap(newPassages))];
}
