import Fuse, { type IFuseOptions } from 'fuse.js';
import { foldQuestion, foldText } from '../../src/text/fold.ts';
import { withoutQuestionWords } from '../../src/text/question-words.ts';
import type { System } from './system.ts';

/** With no options at all. */
export function createFuse(): System {
  return createWith({}, { passage: (text) => text, question: (text) => text });
}

/** Its token search, fed with the words that `Intl.Segmenter` finds. */
export function createFuseTokens(): System {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const tokenize = (text: string) =>
    Array.from(segmenter.segment(text)).flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
  return createWith(
    { useTokenSearch: true, tokenize, ignoreLocation: true, ignoreFieldNorm: true },
    { passage: foldText, question: (text) => withoutQuestionWords(foldQuestion(text)).replaceAll('|', ' ') },
  );
}

interface Reading {
  readonly passage: (text: string) => string;
  readonly question: (text: string) => string;
}

function createWith(options: IFuseOptions<string>, read: Reading): System {
  let fuse = new Fuse<string>([], options);
  return {
    async build(passages) {
      fuse = new Fuse(
        Array.from(passages, ({ text }) => read.passage(text)),
        options,
      );
    },
    async search(question, k) {
      return { passages: fuse.search(read.question(question), { limit: k }).map(({ refIndex }) => refIndex) };
    },
  };
}
