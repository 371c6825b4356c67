import { cut, type Document } from '../knowledge/document.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { asksDenied, asksWhich, denies, type Figure, figuresIn, qualifiersIn } from '../text/forms.ts';
import { type Name, namesIn } from '../text/names.ts';
import { withPlainNumbers } from '../text/numerals.ts';
import { sentences } from '../text/sentences.ts';
import type { Answered } from './answer.ts';

/**
 * Why a clause that has the question's words does not answer it: it states the affirmative of what is denied; it speaks
 * of somebody or somewhere else; it lacks a word or a figure that changes what is asked.
 */
export type Doubt = 'denied' | 'stranger' | 'qualifier' | 'figure';

/** What a document's text says, as far as doubts need it. */
export interface DocumentText {
  /** Folded, with plain numbers. */
  readonly text: string;
  /** Folded: what it is called. */
  readonly subject: string;
  /** Numbers with what they count, as they are written one after the other: 15000元. */
  readonly figures: ReadonlySet<string>;
}

export function documentText({ paragraphs, title, label, about }: Document): DocumentText {
  const text = withPlainNumbers(foldText(paragraphs.join('\n')));
  return {
    text,
    figures: new Set(figuresIn(text).map(written)),
    subject: foldText([title, label, ...about].join('\n')),
  };
}

export function doubtOf(
  question: string,
  answer: Answered,
  document: Document,
  known: DocumentText,
): Doubt | undefined {
  const folded = withPlainNumbers(foldQuestion(question));
  if (asksDenied(folded) && !denies(saidIn(answer, document))) return 'denied';
  if (strangersIn(folded, known).length > 0) return 'stranger';
  const qualifiers = qualifiersIn(folded);
  const foreign = figuresIn(folded).filter(
    (one) => written(one) !== ALL && !known.figures.has(written(one)) && !known.text.includes(written(one)),
  );
  if (qualifiers.length + foreign.length === 0) return undefined;
  const quoted = withPlainNumbers(foldText(answer.quotes.map(({ text }) => text).join('\n')));
  const lacks = (word: string) => !quoted.includes(word.slice(0, Math.ceil(word.length / 2)));
  if (qualifiers.some(lacks)) return 'qualifier';
  const figures = figuresIn(quoted);
  const other = ({ unit }: Figure) => DATES.has(unit) || !figures.some((one) => one.unit === unit);
  return foreign.some(other) ? 'figure' : undefined;
}

function written({ number, unit }: Figure): string {
  return `${number}${unit}`;
}

/** Another day is another question; another amount may be what the text contradicts. */
const DATES = new Set(['年', '月', '日']);
/** All of something is no figure of its own. */
const ALL = '100%';

/** The answer line with its sentence: what the rest of a quote denies is something else. */
function saidIn({ answer, quotes }: Answered, document: Document): string {
  const [{ paragraph, start, text }] = quotes;
  const at = start + Math.max(0, text.indexOf(answer));
  const whole = document.paragraphs[paragraph] ?? '';
  const same = sentences(whole).find((range) => range.start <= at && at < range.end);
  return foldText(`${answer}\n${same ? cut(document, { ...same, paragraph }) : ''}`);
}

/** A name that a question is about stands at the head of what it asks; further on it is somebody's role. */
const HEAD = 2;
const HEAD_OF_PLACE = 12;
/** In front of where somebody is or comes from. */
const OWN_PLACE = /(?:我|俺|咱|我们|老家|人|家|住|来自|是)(?:在|住)?$/u;

/** In front of what one is oneself: that is not asked about. */
const ONESELF = /(?:我|俺|咱|我们)(?:就?是|在当)$/u;

/** Names of what the question asks about that the document doesn't have. */
export function strangersIn(folded: string, { text, subject }: DocumentText): readonly Name[] {
  const own = isAbout(folded, subject);
  return folded.split(/[，,。；;！!？?\s]+/u).flatMap((piece) =>
    namesIn(piece).filter(({ kind, name, start }) => {
      if (text.includes(name)) return false;
      if (kind === 'place' || kind === 'country')
        return start <= HEAD_OF_PLACE && !OWN_PLACE.test(piece.slice(0, start));
      return start <= HEAD && !ONESELF.test(piece.slice(0, start)) && (kind === 'trade' || !own);
    }),
  );
}

/** Whom a document is called after: 「工作者」 of 「社区工作者」. */
const PEOPLE = /\p{Script=Han}{2}(?:者|员|民|人员|干部)/gu;

function isAbout(folded: string, subject: string): boolean {
  return (subject.match(PEOPLE) ?? []).some((people) => folded.includes(people));
}

/** Of so many places, a clause lists them. */
const LISTED = 3;

/** Whether a question wants a yes or a no about a place that the document doesn't have: a clause that lists places decides. */
export function asksOfStrangePlace(question: string, known: DocumentText): boolean {
  const folded = foldQuestion(question);
  return !asksWhich(folded) && strangersIn(folded, known).some(({ kind }) => kind === 'place');
}

/** Whether a clause lists places. */
export function listsPlaces(quote: string): boolean {
  const listed = new Set(namesIn(foldText(quote)).flatMap(({ kind, name }) => (kind === 'place' ? [name] : [])));
  return listed.size >= LISTED;
}
