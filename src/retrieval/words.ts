import { bigram } from '../index/terms.ts';
import type { Question } from './question.ts';

/** A word of the question of two characters or more, question words aside. */
export interface QuestionWord {
  /** UTF-16 offsets into the folded question. */
  readonly start: number;
  readonly end: number;
  readonly idf: number;
}

let segmenter: Intl.Segmenter | undefined;

export function wordsOf({ units, core }: Question, idfOf: (term: number) => number): readonly QuestionWord[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const text = Array.from(units, (unit, at) => (core[at] ? String.fromCharCode(unit) : ' ')).join('');
  const words: QuestionWord[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike || segment.length < 2) continue;
    let idf = 0;
    for (let at = index + 1; at < index + segment.length; at++)
      idf = Math.max(idf, idfOf(bigram(units[at - 1] as number, units[at] as number)));
    words.push({ start: index, end: index + segment.length, idf });
  }
  return words;
}
