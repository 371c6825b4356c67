import { createMatcher } from '../passages/matcher.ts';
import { readQuestion } from '../passages/question.ts';
import { pickQuote, scoreSentences } from '../passages/quote.ts';
import { sentenceEnds } from '../passages/sentence-ends.ts';
import { createPassageStore } from '../passages/store.ts';
import { foldUnits, toUnits } from '../passages/units.ts';
import { SENTENCES } from '../passages/weights.ts';

/** Our quote picker for the systems that have none: the same for all, so that the paragraph makes the difference. */
export function createQuoter(paragraphs: readonly string[]): (question: string, paragraph: number) => string {
  const store = createPassageStore();
  store.add(paragraphs.map((text) => ({ document: '', text })));
  return (text, paragraph) => {
    const question = readQuestion(text);
    const passage = paragraphs[paragraph] as string;
    const units = toUnits(passage);
    const folded = foldUnits(units);
    const match = createMatcher(question, store.statistics.idf).match(folded, sentenceEnds(units));
    const { start, end } = pickQuote(match, scoreSentences(question, folded, match, SENTENCES));
    return passage.slice(start, end).trim();
  };
}
