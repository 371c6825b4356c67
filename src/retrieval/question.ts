import type { MistakeReader } from '../index/mistakes.ts';
import { bigram, eachTerm, type Term } from '../index/terms.ts';
import { HAN, kindOf, toUnits } from '../index/units.ts';
import { foldQuestion, QUESTION_LIMIT } from '../text/fold.ts';
import { numeralsIn, withoutGrouping } from '../text/numerals.ts';
import { blankQuestionWords } from '../text/question-words.ts';

/** A question as the index and the matcher read it. */
export interface Question {
  readonly folded: string;
  /** Folded, question words included. */
  readonly units: Uint16Array;
  /** 1 where a unit says what is asked about, 0 where it belongs to a question word. */
  readonly core: Uint8Array;
  /** Each term once, with what it counts beside others: 1 for a term as it stands in the question. */
  readonly terms: readonly QuestionTerm[];
  /** Units that may be meant in place of the one that stands there. */
  readonly alternatives: readonly Alternative[];
  readonly numbers: readonly WrittenOtherwise[];
}

/** A number of the question, as it may be written elsewhere: 五百 for 500. */
export interface WrittenOtherwise {
  readonly start: number;
  readonly end: number;
  readonly units: Uint16Array;
}

export interface QuestionTerm {
  readonly term: Term;
  readonly share: number;
}

export interface Alternative {
  readonly at: number;
  readonly unit: number;
}

/** What a term counts that does not stand in the question: proposed by the corrector, or a number written otherwise. */
const PROPOSED = 0.5;

const DIGIT_FIRST = /^\d/;

/** Without a reader of mistakes the question is taken as it is written. */
export function readQuestion(text: string, mistakes?: MistakeReader, blank = blankQuestionWords): Question {
  const written = withoutGrouping(foldQuestion(text.slice(0, QUESTION_LIMIT)));
  const folded = mistakes?.spellOut(written) ?? written;
  const blanked = blank(folded);
  const units = toUnits(folded);
  const rest = toUnits(blanked);
  const core = new Uint8Array(units.length);
  for (let at = 0; at < units.length; at++) core[at] = units[at] === rest[at] ? 1 : 0;
  const terms = new Map<Term, number>();
  eachTerm(rest, (term) => terms.set(term, 1));
  const alternatives = mistakes ? alternativesOf(mistakes, blanked) : [];
  for (const term of termsOf(alternatives, rest)) if (!terms.has(term)) terms.set(term, PROPOSED);
  const numbers = numeralsIn(blanked).map(({ start, end, arabic, han }): WrittenOtherwise => {
    return { start, end, units: toUnits(DIGIT_FIRST.test(blanked.slice(start)) ? han : arabic) };
  });
  for (const { units: other } of numbers)
    eachTerm(other, (term) => {
      if (!terms.has(term)) terms.set(term, PROPOSED);
    });
  return { folded, units, core, terms: Array.from(terms, ([term, share]) => ({ term, share })), alternatives, numbers };
}

function alternativesOf(mistakes: MistakeReader, blanked: string): readonly Alternative[] {
  return mistakes
    .corrections(blanked)
    .flatMap(({ start, text }) => Array.from(toUnits(text), (unit, at): Alternative => ({ at: start + at, unit })));
}

/** The alternatives themselves, and with each neighbour that stands there or may be meant. */
function* termsOf(alternatives: readonly Alternative[], rest: Uint16Array): Generator<Term> {
  const at = (place: number) => alternatives.filter((other) => other.at === place).map(({ unit }) => unit);
  const standing = (place: number) =>
    place >= 0 && place < rest.length && kindOf(rest[place] as number) === HAN ? [rest[place] as number] : [];
  for (const { at: place, unit } of alternatives) {
    yield unit;
    for (const before of [...standing(place - 1), ...at(place - 1)]) yield bigram(before, unit);
    for (const after of standing(place + 1)) yield bigram(unit, after);
  }
}
