import type { Answer } from '../answering/answer.ts';
import { cut } from '../knowledge/document.ts';
import { QUOTE_LIMIT } from '../knowledge/schema.ts';
import type { PassageRef } from '../retrieval/passage-finder.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { withoutQuestionWords } from '../text/question-words.ts';
import { bigramsOf } from '../text/tokens.ts';
import { type DocumentQuestion, holdsGold } from './document-questions.ts';

/** What became of a question about a document. */
export interface DocumentJudgement {
  readonly question: DocumentQuestion;
  readonly answer: Answer;
  /** Place of the first passage with a gold among the first five, −1 when there is none. */
  readonly rank: number;
  /** The best clause holds a gold, whether it was given as the answer or not. */
  readonly quote: boolean;
  readonly verdict: 'right' | 'wrong' | 'abstained';
  /** Answered right, or a gold stands in one of at most three quotes that are shown instead. */
  readonly shown: boolean;
  /** Share of the question's bigrams that stand in the passage that answers: how much the two say in the same words. */
  readonly overlap: number | undefined;
}

const SHOWN = 3;

export function judgeDocumentQuestion(
  question: DocumentQuestion,
  answer: Answer,
  passages: readonly PassageRef[],
  quote: string,
): DocumentJudgement {
  const { gold, doc } = question;
  const texts = passages.map((ref) => (ref.document.document.id === doc ? passageText(ref) : ''));
  const verdict = verdictOf(question, answer);
  const related = answer.outcome === 'related' ? answer.related.slice(0, SHOWN) : [];
  return {
    question,
    answer,
    rank: texts.findIndex((text) => holdsGold(text, gold)),
    quote: holdsGold(quote, gold),
    verdict,
    shown:
      verdict === 'right' || related.some(({ quotes }) => holdsGold(quotes.map(({ text }) => text).join('\n'), gold)),
    overlap: gold ? overlapOf(question.q, texts.find((text) => holdsGold(text, gold)) ?? gold.join('\n')) : undefined,
  };
}

function verdictOf({ gold, kind }: DocumentQuestion, answer: Answer): DocumentJudgement['verdict'] {
  if (answer.outcome !== 'answered') return 'abstained';
  const quotes = kind === 'whole' ? answer.quotes : answer.quotes.slice(0, 1);
  return quotes.some(({ text }) => text.length <= QUOTE_LIMIT && holdsGold(text, gold)) ? 'right' : 'wrong';
}

function passageText({ passage, document: { document } }: PassageRef): string {
  return passage.clauses.map(({ span }) => cut(document, span)).join('\n');
}

function overlapOf(question: string, text: string): number {
  const own = new Set(bigramsOf(withoutQuestionWords(foldQuestion(question))));
  const there = new Set(bigramsOf(foldText(text)));
  return [...own].filter((pair) => there.has(pair)).length / Math.max(1, own.size);
}

/** Shares in percent: of those with an answer, but `wrong` of all and `abstained` of those without. */
export interface DocumentFigures {
  readonly questions: number;
  readonly first: number;
  readonly five: number;
  readonly quote: number;
  readonly right: number;
  readonly shown: number;
  readonly wrong: number;
  readonly abstained: number;
}

export function documentFigures(judgements: readonly DocumentJudgement[]): DocumentFigures {
  const answerable = judgements.filter(({ question }) => question.gold !== null);
  const none = judgements.filter(({ question }) => question.gold === null);
  const share = (rows: readonly DocumentJudgement[], holds: (one: DocumentJudgement) => boolean) =>
    rows.length === 0 ? 100 : Math.round((1000 * rows.filter(holds).length) / rows.length) / 10;
  return {
    questions: judgements.length,
    first: share(answerable, ({ rank }) => rank === 0),
    five: share(answerable, ({ rank }) => rank >= 0 && rank < 5),
    quote: share(answerable, ({ quote }) => quote),
    right: share(answerable, ({ verdict }) => verdict === 'right'),
    shown: share(answerable, ({ shown }) => shown),
    wrong: judgements.length === 0 ? 0 : share(judgements, ({ verdict }) => verdict === 'wrong'),
    abstained: share(none, ({ verdict }) => verdict === 'abstained'),
  };
}

/** Under 20 %, 20 to 40 %, and more of the question's bigrams stand in the passage that answers. */
export function overlapClass({ overlap }: DocumentJudgement): string {
  if (overlap === undefined) return 'none';
  return overlap < 0.2 ? '< 20 %' : overlap < 0.4 ? '20–40 %' : '> 40 %';
}
