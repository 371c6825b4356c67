import { toText } from '../index/units.ts';
import { ALL_EXPECTATIONS, askedNoun, countedAs, expectationsOf } from './expectations.ts';
import type { Question } from './question.ts';

/** What a question expects to read. */
export interface Expected {
  readonly expected: readonly boolean[];
  /** Units that are blotted out, and by their last bits which may be: most units need no more than a look at these. */
  readonly blotted: ReadonlySet<number>;
  readonly maybe: Uint8Array;
  readonly noun: string;
  readonly counted: RegExp | undefined;
}

// Of the question's own characters these stay visible: they are part of an answer as often as of a question.
const KEPT = /[0-9什么哪谁几多少何是为有、「《“”」》·和年月日]/g;
const BLOT = 0x25a1;
const BITS = 0xfff;

export function readExpectations(question: Question): Expected {
  const { folded } = question;
  const noun = askedNoun(folded);
  const blotted = new Set(Array.from(folded.replace(KEPT, ''), (character) => character.charCodeAt(0)));
  const maybe = new Uint8Array(BITS + 1);
  for (const unit of blotted) maybe[unit & BITS] = 1;
  return { expected: expectationsOf(folded), blotted, maybe, noun, counted: countedAs(noun) };
}

let fresh = new Uint16Array(1 << 10);

/** Which of the expectations a stretch of text offers, where the question has them. */
export function expectationsMet(
  { expected, blotted, maybe, noun, counted }: Expected,
  folded: Uint16Array,
  { start, end }: { readonly start: number; readonly end: number },
) {
  const text = toText(folded, start, end);
  const rest = blot(folded, start, end, (unit) => maybe[unit & BITS] === 1 && blotted.has(unit));
  let met = 0;
  const offered = ALL_EXPECTATIONS.map(({ offers }, index) => {
    if (!expected[index] || !offers.test(rest)) return 0;
    met = 1;
    return 1;
  });
  return {
    text,
    offered,
    met,
    counted: counted?.test(text) ? 1 : 0,
    noun: noun !== '' && text.includes(noun.slice(-1)) ? 1 : 0,
  };
}

function blot(units: Uint16Array, start: number, end: number, isBlotted: (unit: number) => boolean): string {
  if (fresh.length < end - start) fresh = new Uint16Array(end - start);
  for (let at = start; at < end; at++) {
    const unit = units[at] as number;
    fresh[at - start] = isBlotted(unit) ? BLOT : unit;
  }
  return toText(fresh, 0, end - start);
}
