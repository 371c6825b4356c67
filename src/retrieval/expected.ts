import { toText } from '../index/units.ts';
import { ALL_EXPECTATIONS, askedNoun, countedAs, expectationsOf } from './expectations.ts';
import type { Question } from './question.ts';

/** What a question expects to read. */
export interface Expected {
  readonly expected: readonly boolean[];
  readonly blotted: ReadonlySet<number>;
  readonly noun: string;
  readonly counted: RegExp | undefined;
}

// Of the question's own characters these stay visible: they are part of an answer as often as of a question.
const KEPT = /[0-9什么哪谁几多少何是为有、「《“”」》·和年月日]/g;
const BLOT = 0x25a1;

export function readExpectations(question: Question): Expected {
  const folded = String.fromCharCode(...question.units);
  const noun = askedNoun(folded);
  const blotted = new Set(Array.from(folded.replace(KEPT, ''), (character) => character.charCodeAt(0)));
  return { expected: expectationsOf(folded), blotted, noun, counted: countedAs(noun) };
}

/** Which of the expectations a stretch of text offers, where the question has them. */
export function expectationsMet(
  { expected, blotted, noun, counted }: Expected,
  folded: Uint16Array,
  { start, end }: { readonly start: number; readonly end: number },
) {
  let fresh = '';
  for (let at = start; at < end; at++) {
    const unit = folded[at] as number;
    fresh += String.fromCharCode(blotted.has(unit) ? BLOT : unit);
  }
  let met = 0;
  const offered = ALL_EXPECTATIONS.map(({ offers }, index) => {
    if (!expected[index] || !offers.test(fresh)) return 0;
    met = 1;
    return 1;
  });
  const text = noun === '' ? '' : toText(folded, start, end);
  return {
    offered,
    met,
    counted: counted?.test(text) ? 1 : 0,
    noun: noun !== '' && text.includes(noun.slice(-1)) ? 1 : 0,
  };
}
