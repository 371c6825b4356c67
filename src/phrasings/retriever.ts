import type { Library } from '../knowledge/document.ts';
import { foldQuestion } from '../text/fold.ts';
import { WHOLE } from '../text/question-types.ts';
import { stem } from '../text/tokens.ts';
import { createAnalyzer, type Field, type Terms } from './analysis.ts';
import { type Evidence, type Signal, weigh } from './evidence.ts';
import { createMistakeReader } from './mistakes.ts';
import { createNaiveBayes } from './naive-bayes.ts';
import { createPhrasebook, type Phrasing } from './phrasebook.ts';
import { type LibraryReading, readLibrary } from './reading.ts';
import { type Entry, entriesOf, type Target } from './targets.ts';
import { createTextIndex, type Missing } from './text-index.ts';
import { createVocabulary, type Encoded, joined } from './vocabulary.ts';
import { BAG_WEIGHTS, PASSAGE_WEIGHTS, RANKING } from './weights.ts';

export interface Candidate {
  readonly target: Target;
  /** Comparable within one question only. */
  readonly score: number;
  readonly evidence: Evidence;
  /** What of the question the target has nowhere, by field. */
  missing(): Readonly<Record<MissingField, MissingTerms>>;
}

/** Numbers are of the characters, see Tokens: a question for another year or share is another question. */
export const MISSING_FIELDS = ['bigrams', 'words', 'characters', 'numbers'] as const;
export type MissingField = (typeof MISSING_FIELDS)[number];

export interface MissingTerms extends Missing {
  /** Share of the field's idf mass that does not stand in the target's own words, 0 to 1. */
  readonly unquoted: number;
}

export interface Retrieved {
  /** Best first; only targets that share something with the question. */
  readonly candidates: readonly Candidate[];
  /** Idf mass of the question: how much it says. */
  readonly mass: number;
  /** Share of the question's distinct bigrams and words that stand nowhere in the knowledge. */
  readonly unknown: number;
  /** Share of the question's characters that were taken for mistyped ones. */
  readonly changed: number;
  /** How much the question is about what the texts are about: share of the targets with its most common concept or word. */
  readonly topic: number;
  /** Dice coefficient of the question and the most similar near miss of any target. */
  readonly nearMiss: number;
  /** The same by whole wordings, question words included. */
  readonly nearWording: number;
}

export interface Retriever {
  /** Ranks what the question may be answered with; `within` is the id of a document. */
  retrieve(question: string, within?: string): Retrieved;
}

/** In UTF-16 units: longer than any question that a person asks; what follows is not looked at. */
const QUESTION_LIMIT = 512;

export function createRetriever(library: Library, reading: LibraryReading = readLibrary(library)): Retriever {
  const { phrasings, passages } = reading;
  const analyzer = createAnalyzer(library.terms);
  const entries = entriesOf(library);
  const vocabulary = createVocabulary(reading.vocabulary);
  const read = createMistakeReader(reading.spelling, (word) => vocabulary.has('words', stem(word)));
  const phrasebook = createPhrasebook(phrasings, vocabulary);
  const own = passages.map((passage): Encoded[] => [passage]);
  for (const { target, near, encoded } of phrasings) if (!near) own[target]?.push(encoded);
  const topicOf = createTopic(passages);
  const ownTerms = own.map(joined);
  const bags = createTextIndex(ownTerms, vocabulary, BAG_WEIGHTS);
  const concepts = ownTerms.map((terms) => new Set(terms.concepts));
  const passageIndex = createTextIndex(passages, vocabulary, PASSAGE_WEIGHTS);
  const bayes = createNaiveBayes(phrasings, entries.length);
  const members = membersOf(entries);
  const typeShares = shareOfTypes(phrasings, entries.length);

  return {
    retrieve(question, within) {
      const folded = foldQuestion(question.slice(0, QUESTION_LIMIT));
      const meant = read(folded);
      const [asWritten, asMeant] = analyzer.questions(meant.changed === 0 ? [folded] : [folded, meant.text]);
      const written = vocabulary.encode(asWritten as Terms);
      const terms = (asMeant ?? asWritten) as Terms;
      const query = asMeant ? joined([vocabulary.encode(asMeant), known(written)]) : written;
      const likenesses = phrasebook.compare(terms, query);
      const bag = bags.search(query);
      const passage = passageIndex.search(query);
      const numbers = query.characters.filter((_, i) => STARTS_WITH_DIGIT.test(terms.characters[i] ?? ''));
      const missing = (number: number) => () => {
        const of = (field: Field, question = query): MissingTerms => {
          const unquoted = passageIndex.missing(question, field, number).share;
          return { ...bags.missing(question, field, number), unquoted };
        };
        return {
          bigrams: of('bigrams'),
          words: of('words'),
          characters: of('characters'),
          numbers: of('characters', { ...query, characters: numbers }),
        };
      };
      const asksForWhole = terms.types.includes(WHOLE);
      const types = terms.types.filter((type) => type !== WHOLE);

      const odds = bayes.judge(query);
      const familiarityOf = (number: number) => ratio(bag.bm25[number], bag.total);
      const candidates: Candidate[] = [];
      for (const number of new Set([...bag.touched, ...likenesses.keys()])) {
        const { target } = entries[number] as (typeof entries)[number];
        if (within !== undefined && target.document !== within) continue;
        const alike = likenesses.get(number);
        const shares = types.map((type) => typeShares[number]?.get(type) ?? 0);
        const section = target.kind === 'section' ? 1 : 0;
        const evidence: Evidence = {
          familiarity: familiarityOf(number),
          cover: ratio(bag.shared[number], bag.total),
          likeness: alike?.likeness ?? 0,
          support: alike ? (alike.second + alike.third) / 2 : 0,
          nearMiss: alike?.nearMiss ?? 0,
          passage: ratio(passage.bm25[number], passage.total),
          fuzzy: alike?.fuzzy ?? 0,
          type: shares.reduce((sum, share) => sum + Math.min(1, share * USUAL), 0),
          strangeType: shares.filter((share) => share === 0).length,
          strangeConcepts: ratio(
            query.concepts.filter((concept) => !concepts[number]?.has(concept)).length,
            query.concepts.length,
          ),
          wording: alike?.wording ?? 0,
          nearWording: alike?.nearWording ?? 0,
          affinity: odds.affinity[number] ?? 0,
          suspicion: odds.suspicion[number] ?? 0,
          section,
          whole: asksForWhole ? section : 0,
          inside: asksForWhole ? Math.max(0, ...(members[number] ?? []).map(familiarityOf)) : 0,
        };
        candidates.push({ target, score: weigh(evidence, RANKING), evidence, missing: missing(number) });
      }
      candidates.sort((a, b) => b.score - a.score);
      const most = (signal: Signal) => candidates.reduce((best, { evidence }) => Math.max(best, evidence[signal]), 0);
      return {
        candidates,
        mass: bag.total,
        unknown: unknownShare(written),
        changed: meant.changed,
        topic: topicOf(query),
        nearMiss: most('nearMiss'),
        nearWording: most('nearWording'),
      };
    },
  };
}

const STARTS_WITH_DIGIT = /^\d/;

/** A kind of question word in a fifth of a target's phrasings is as usual as can be. */
const USUAL = 5;

/** Of each section the numbers of its points; of a point none. */
function membersOf(entries: readonly Entry[]): readonly (readonly number[])[] {
  const sectionKey = ({ target }: Entry) =>
    `${target.document}/${target.kind === 'point' ? target.point.section : target.section.id}`;
  const points = new Map<string, number[]>();
  for (const [number, entry] of entries.entries()) {
    if (entry.target.kind !== 'point') continue;
    const key = sectionKey(entry);
    points.set(key, [...(points.get(key) ?? []), number]);
  }
  return entries.map((entry) => (entry.target.kind === 'section' ? (points.get(sectionKey(entry)) ?? []) : []));
}

function shareOfTypes(phrasings: readonly Phrasing[], targets: number): readonly ReadonlyMap<string, number>[] {
  const counts = Array.from({ length: targets }, () => new Map<string, number>());
  const totals = new Array<number>(targets).fill(0);
  for (const { target, near, types } of phrasings) {
    if (near) continue;
    totals[target] = (totals[target] ?? 0) + 1;
    const count = counts[target] as Map<string, number>;
    for (const type of types) count.set(type, (count.get(type) ?? 0) + 1);
  }
  for (const [target, count] of counts.entries()) {
    for (const [type, times] of count) count.set(type, times / (totals[target] ?? 1));
  }
  return counts;
}

/** The idf of what a text is about is low, just because all of it is about that: so it is counted apart. */
function createTopic(passages: readonly Encoded[]): (question: Encoded) => number {
  const having = { words: new Map<number, number>(), concepts: new Map<number, number>() };
  const fields = ['words', 'concepts'] as const;
  for (const passage of passages) {
    for (const field of fields) {
      for (const term of new Set(passage[field])) having[field].set(term, (having[field].get(term) ?? 0) + 1);
    }
  }
  return (question) => {
    const counts = fields.flatMap((field) => question[field].map((term) => having[field].get(term) ?? 0));
    return Math.max(0, ...counts) / Math.max(1, passages.length);
  };
}

/** Without the terms that no text has. */
function known(terms: Encoded): Encoded {
  const keep = (numbers: readonly number[]) => numbers.filter((number) => number >= 0);
  return {
    characters: keep(terms.characters),
    bigrams: keep(terms.bigrams),
    words: keep(terms.words),
    concepts: keep(terms.concepts),
    wordings: keep(terms.wordings),
  };
}

function unknownShare({ bigrams, words }: Encoded): number {
  const distinct = [...new Set(bigrams), ...new Set(words)];
  return distinct.length === 0 ? 1 : distinct.filter((term) => term < 0).length / distinct.length;
}

function ratio(part: number | undefined, whole: number): number {
  return whole > 0 ? (part ?? 0) / whole : 0;
}
