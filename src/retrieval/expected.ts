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

export function expectationsMet(
  { expected, blotted, noun, counted }: Expected,
  folded: Uint16Array,
  { start, end }: { readonly start: number; readonly end: number },
) {
  const units = folded.slice(start, end);
  const text = String.fromCharCode(...units);
  for (let at = 0; at < units.length; at++) if (blotted.has(units[at] as number)) units[at] = BLOT;
  const fresh = String.fromCharCode(...units);
  const offered = ALL_EXPECTATIONS.map(({ offers }, index) => (expected[index] && offers.test(fresh) ? 1 : 0));
  return {
    offered,
    asked: expected.map((one) => (one ? 1 : 0)),
    met: offered.includes(1) ? 1 : 0,
    counted: counted?.test(text) ? 1 : 0,
    noun: noun !== '' && text.includes(noun.slice(-1)) ? 1 : 0,
  };
}
