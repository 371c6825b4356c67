import type { Question } from './question.ts';
import { bigram } from './terms.ts';

/** A word of the question of two characters or more, question words aside. */
export interface QuestionWord {
  readonly units: Uint16Array;
  readonly idf: number;
}

let segmenter: Intl.Segmenter | undefined;

export function wordsOf({ units, core }: Question, idfOf: (term: number) => number): readonly QuestionWord[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const text = Array.from(units, (unit, at) => (core[at] ? String.fromCharCode(unit) : ' ')).join('');
  const words: QuestionWord[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike || segment.length < 2) continue;
    const word = units.subarray(index, index + segment.length);
    let idf = 0;
    for (let at = 1; at < word.length; at++)
      idf = Math.max(idf, idfOf(bigram(word[at - 1] as number, word[at] as number)));
    words.push({ units: word, idf });
  }
  return words;
}

export function occursIn(word: Uint16Array, text: Uint16Array): boolean {
  const first = word[0] as number;
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    let same = 1;
    while (same < word.length && text[at + same] === word[same]) same++;
    if (same === word.length) return true;
  }
  return false;
}
