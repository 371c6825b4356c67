import { ALL_EXPECTATIONS, askedNoun, countedAs, expectationsOf } from './expectations.ts';
import type { PassageMatch, SentenceMatch } from './matcher.ts';
import type { Question } from './question.ts';

/** What the quote picker weighs of each sentence of a passage. The order is that of the learned weights. */
export function sentenceFeatures(question: Question, folded: Uint16Array, match: PassageMatch): readonly number[][] {
  const asked = readExpectations(question);
  const { sentences } = match;
  const most = (value: (sentence: SentenceMatch) => number) =>
    sentences.reduce((largest, sentence) => Math.max(largest, value(sentence)), 0) || 1;
  const top = {
    characters: most(({ characters }) => characters),
    bigrams: most(({ bigrams }) => bigrams),
    near: most(({ near }) => near),
    special: most(({ special }) => special),
    run: most(({ run }) => run),
    mass: most(({ mass }) => mass),
  };
  let bestBefore = 0;
  return sentences.map((sentence, index) => {
    const { characters, bigrams, near, special, run, mass } = sentence;
    const previous = sentences[index - 1];
    const next = sentences[index + 1];
    const { offered, met, counted, noun } = expectationsMet(asked, folded, sentence);
    const row = [
      characters,
      bigrams,
      mass,
      near,
      sentence.withPrevious,
      special,
      run,
      Math.log(1 + sentence.fresh),
      Math.log(sentence.end - sentence.start),
      ...shares(previous),
      ...shares(next),
      index === 0 ? 1 : 0,
      index === 0 ? characters : 0,
      Math.log(1 + index),
      sentence.fresh < 4 ? 1 : 0,
      characters / top.characters,
      bigrams / top.bigrams,
      near / top.near,
      special / top.special,
      run / top.run,
      mass / top.mass,
      special * near,
      bigrams * characters,
      previous ? Math.max(0, previous.mass - mass) : 0,
      next ? Math.max(0, next.mass - mass) : 0,
      bestBefore,
      met,
      counted,
      noun,
      met * characters,
      ...offered,
      sentences.length > 12 ? 1 : 0,
      1 / sentences.length,
    ];
    bestBefore = Math.max(bestBefore, characters);
    return row;
  });
}

function shares(sentence: SentenceMatch | undefined): readonly number[] {
  return sentence ? [sentence.characters, sentence.bigrams, sentence.near, sentence.special] : [0, 0, 0, 0];
}

interface Asked {
  readonly expected: readonly boolean[];
  readonly blotted: ReadonlySet<number>;
  readonly noun: string;
  readonly counted: RegExp | undefined;
}

// Of the question's own characters these stay visible: they are part of an answer as often as of a question.
const KEPT = /[0-9什么哪谁几多少何是为有、「《“”」》·和年月日]/g;
const BLOT = 0x25a1;

export function readExpectations(question: Question): Asked {
  const folded = String.fromCharCode(...question.units);
  const noun = askedNoun(folded);
  const blotted = new Set(Array.from(folded.replace(KEPT, ''), (character) => character.charCodeAt(0)));
  return { expected: expectationsOf(folded), blotted, noun, counted: countedAs(noun) };
}

export function expectationsMet(
  { expected, blotted, noun, counted }: Asked,
  folded: Uint16Array,
  { start, end }: SentenceMatch,
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
