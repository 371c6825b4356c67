import { QUESTION_TYPES, WHOLE } from '../text/question-types.ts';
import type { AskedTerms } from './asked-terms.ts';
import { PLACE } from './evidence.ts';
import { createNaiveBayes } from './naive-bayes.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import { type Asked, numbersIn } from './question.ts';
import type { Phrased } from './targets.ts';
import { kindOf } from './terms.ts';
import { createTextIndex, type Missing } from './text-index.ts';
import { BIGRAMS, CHARACTERS, CONCEPTS, type Field, WORDS } from './weights.ts';

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
  /** Writes into a row what is known of a target as a whole, before its phrasings are looked at one by one. */
  glance(target: number, rows: Float64Array, from: number): void;
  /** What of the question the target has nowhere, by field. */
  missing(target: number): Readonly<Record<MissingField, MissingTerms>>;
}

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
    const inside = (target: number) =>
      (members[target] as readonly number[]).reduce((most, member) => Math.max(most, familiarity(member)), 0);
    return {
      touched: [...bag.touched, ...odds.touched.filter((target) => bag.shared[target] === 0)],
      mass: bag.total,
      topic: topicOf(question.content),
      glance(target, rows, from) {
        let [usual, strange] = [0, 0];
        for (const type of types) {
          const share = shares[target * QUESTION_TYPES.length + type] as number;
          usual += Math.min(1, share * USUAL);
          if (share === 0) strange++;
        }
        const section = sections[target] as number;
        rows[from + PLACE.familiarity] = familiarity(target);
        rows[from + PLACE.cover] = ratio(bag.shared[target], bag.total);
        rows[from + PLACE.passage] = ratio(passage.bm25[target], passage.total);
        rows[from + PLACE.type] = usual;
        rows[from + PLACE.strangeType] = strange;
        rows[from + PLACE.strangeConcepts] = ratio(concepts.length - (common[target] as number), concepts.length);
        rows[from + PLACE.affinity] = odds.affinity(target);
        rows[from + PLACE.suspicion] = odds.suspicion(target);
        rows[from + PLACE.section] = section;
        rows[from + PLACE.whole] = asksForWhole ? section : 0;
        rows[from + PLACE.inside] = asksForWhole ? inside(target) : 0;
      },
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

function ofKinds(terms: AskedTerms, kinds: readonly number[]): AskedTerms {
  return only(terms, (term) => kinds.includes(kindOf(term)));
}

function only({ terms, numbers }: AskedTerms, keep: (term: number) => boolean): AskedTerms {
  return { terms: terms.filter(keep), numbers: numbers.filter((_, at) => keep(terms[at] as number)) };
}

/** Of each section the numbers of its points; of a point none. */
function membersOf(entries: readonly Phrased[]): readonly (readonly number[])[] {
  const numbers = [...entries.keys()].filter((number) => entries[number]?.target.kind === 'point');
  const points = Map.groupBy(numbers, (number) => entries[number]?.target.section);
  return entries.map(({ target }) => (target.kind === 'section' ? (points.get(target.section) ?? []) : []));
}

function ratio(part: number | undefined, whole: number): number {
  return whole > 0 ? (part ?? 0) / whole : 0;
}
