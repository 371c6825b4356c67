import { QUESTION_TYPES, WHOLE } from '../text/question-types.ts';
import type { AskedTerms } from './asked-terms.ts';
import type { Evidence } from './evidence.ts';
import { createNaiveBayes } from './naive-bayes.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import { type Asked, numbersIn } from './question.ts';
import type { Phrased } from './targets.ts';
import { kindOf } from './terms.ts';
import { createTextIndex, type Missing } from './text-index.ts';
import { BIGRAMS, CHARACTERS, CONCEPTS, type Field, RANKING, WORDS } from './weights.ts';

/** What is known of a target as a whole, before its phrasings are looked at one by one. */
export type Glance = Pick<Evidence, (typeof GLANCED)[number]>;

/** Numbers are of the characters: a question for another year or share is another question. */
export const MISSING_FIELDS = ['bigrams', 'words', 'characters', 'numbers'] as const;
export type MissingField = (typeof MISSING_FIELDS)[number];

export interface MissingTerms extends Missing {
  /** Share of the field's idf mass that does not stand in the target's own words, 0 to 1. */
  readonly unquoted: number;
}

/** How all targets compare with a question; but for `missing` it holds until the next one. */
export interface Overview {
  /** The targets that share something with it. */
  readonly touched: readonly number[];
  /** See Retrieved. */
  readonly mass: number;
  readonly topic: number;
  /** What the target would score, were none of its phrasings like the question. */
  estimate(target: number): number;
  suspicion(target: number): number;
  glance(target: number): Glance;
  /** What of the question the target has nowhere, by field. */
  missing(target: number): Readonly<Record<MissingField, MissingTerms>>;
}

const GLANCED = [
  'familiarity',
  'cover',
  'passage',
  'type',
  'strangeType',
  'strangeConcepts',
  'affinity',
  'suspicion',
  'section',
  'whole',
  'inside',
] as const;

/** A kind of question word in a fifth of a target's phrasings is as usual as can be. */
const USUAL = 5;

const WHOLE_TYPE = QUESTION_TYPES.findIndex(({ name }) => name === WHOLE);

export function createOverview(entries: readonly Phrased[], reading: PhrasingIndex): (question: Asked) => Overview {
  const bags = createTextIndex(reading.bags);
  const passages = createTextIndex(reading.passages);
  const shares = reading.types;
  const bayes = createNaiveBayes(reading);
  const members = membersOf(entries);
  const sections = Uint8Array.from(entries, ({ target }) => (target.kind === 'section' ? 1 : 0));

  return (question) => {
    const bag = bags.search(question.content);
    const passage = passages.search(question.content);
    const odds = bayes.judge(question.wording);
    const { concepts } = question;
    const common = bags.count(concepts);
    const asksForWhole = question.types.includes(WHOLE_TYPE);
    const types = question.types.filter((type) => type !== WHOLE_TYPE);
    const familiarity = (target: number) => ratio(bag.bm25[target], bag.total);
    const shareOf = (type: number, target: number) => shares[target * QUESTION_TYPES.length + type] as number;
    const section = (target: number) => sections[target] as number;
    const signals: Readonly<Record<keyof Glance, (target: number) => number>> = {
      familiarity,
      cover: (target) => ratio(bag.shared[target], bag.total),
      passage: (target) => ratio(passage.bm25[target], passage.total),
      type: (target) => types.reduce((sum, type) => sum + Math.min(1, shareOf(type, target) * USUAL), 0),
      strangeType: (target) => types.reduce((sum, type) => (shareOf(type, target) === 0 ? sum + 1 : sum), 0),
      strangeConcepts: (target) => ratio(concepts.length - (common[target] as number), concepts.length),
      affinity: odds.affinity,
      suspicion: odds.suspicion,
      section,
      whole: asksForWhole ? section : none,
      inside: asksForWhole
        ? (target) => (members[target] ?? []).reduce((most, member) => Math.max(most, familiarity(member)), 0)
        : none,
    };
    const weighed = GLANCED.map((signal) => ({ weight: RANKING[signal], of: signals[signal] }));
    return {
      touched: [...bag.touched, ...odds.touched.filter((target) => bag.shared[target] === 0)],
      mass: bag.total,
      topic: topicOf(question.content),
      suspicion: odds.suspicion,
      estimate(target) {
        let sum = 0;
        for (const { weight, of } of weighed) sum += weight * of(target);
        return sum;
      },
      // Written out: made from the list of names, these took a tenth of the time of an answer.
      glance: (target) => ({
        familiarity: signals.familiarity(target),
        cover: signals.cover(target),
        passage: signals.passage(target),
        type: signals.type(target),
        strangeType: signals.strangeType(target),
        strangeConcepts: signals.strangeConcepts(target),
        affinity: signals.affinity(target),
        suspicion: signals.suspicion(target),
        section: signals.section(target),
        whole: signals.whole(target),
        inside: signals.inside(target),
      }),
      missing(target) {
        const numbers = numbersIn(question.core);
        const of = (field: Field, terms = question.content): MissingTerms => {
          const unquoted = passages.missing(terms, field, target).share;
          return { ...bags.missing(terms, field, target), unquoted };
        };
        return {
          bigrams: of(BIGRAMS),
          words: of(WORDS),
          characters: of(CHARACTERS),
          numbers: of(
            CHARACTERS,
            only(question.content, (term) => numbers.has(term)),
          ),
        };
      },
    };
  };

  /** The idf of what a text is about is low, just because all of it is about that: so it is counted apart. */
  function topicOf(question: AskedTerms): number {
    const { numbers } = ofKinds(question, [...WORDS.kinds, ...CONCEPTS.kinds]);
    return Math.max(0, ...numbers.map(passages.frequency)) / Math.max(1, entries.length);
  }
}

function none(): number {
  return 0;
}

function ofKinds(terms: AskedTerms, kinds: readonly number[]): AskedTerms {
  return only(terms, (term) => kinds.includes(kindOf(term)));
}

function only({ terms, numbers }: AskedTerms, keep: (term: number) => boolean): AskedTerms {
  return { terms: terms.filter(keep), numbers: numbers.filter((_, at) => keep(terms[at] as number)) };
}

/** Of each section the numbers of its points; of a point none. */
function membersOf(entries: readonly Phrased[]): readonly (readonly number[])[] {
  const sectionKey = ({ target }: Phrased) =>
    `${target.document}/${target.kind === 'point' ? target.point.section : target.section.id}`;
  const points = new Map<string, number[]>();
  for (const [number, entry] of entries.entries()) {
    if (entry.target.kind !== 'point') continue;
    const key = sectionKey(entry);
    points.set(key, [...(points.get(key) ?? []), number]);
  }
  return entries.map((entry) => (entry.target.kind === 'section' ? (points.get(sectionKey(entry)) ?? []) : []));
}

function ratio(part: number | undefined, whole: number): number {
  return whole > 0 ? (part ?? 0) / whole : 0;
}
