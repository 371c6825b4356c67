import { cut, type Document } from '../knowledge/document.ts';
import { names } from '../reading/lines.ts';
import { afterMark, firstOf, isArticle, nameOf as nameOfLine, wordsOf } from '../reading/naming.ts';
import type { Clause } from '../reading/reading.ts';
import type { Quote } from './answer.ts';
import { quoteOf } from './quoting.ts';

/** Where a clause stands, as a person cites it: 「第四章 · 第二十九条 · （三）」; empty in a text without headings. */
export function citationOf({ path, line }: Clause): string {
  const item = line.role === 'item' ? line.mark.replace(/[\s\u3000、.．]+$/, '') : '';
  return [...path, ...(item === '' ? [] : [item])].map(unmarked).join(' · ');
}

const MARK_OF_QUESTION = /^(?:\d+[.、])?(?:问题[〇零一二三四五六七八九十\d]*|[问問]|记者|記者)[：:]/;

function unmarked(label: string): string {
  return label.replace(MARK_OF_QUESTION, '');
}

/** A name for a label or a button: the innermost heading, else how the clause begins. */
export function titleOf(document: Document, clause: Clause): string {
  const named = clause.path.at(-1);
  if (named !== undefined) return unmarked(named);
  const [first = ''] = cut(document, clause.span).split(/[，。；：！？\n]/);
  return first.length <= LONGEST_TITLE ? first : `${first.slice(0, LONGEST_TITLE)}…`;
}

const LONGEST_TITLE = 24;

/** What tells a clause from its neighbours: 「第四条（二）残疾人驾驶的代步车」; an answer is called by its question. */
export function nameOf(document: Document, clause: Clause): string {
  const { line, path, span } = clause;
  const begins = span.start === line.span.start;
  if (names(line)) return (begins ? nameOfLine(line) : undefined) ?? wordsOf(document, clause);
  if (begins && line.role === 'answer') return titleOf(document, clause);
  const article = path.find(isArticle) ?? '';
  const item = begins && line.role === 'item' ? line.mark.trim() : '';
  const words = firstOf(begins ? afterMark(line) : cut(document, span)) ?? '';
  const number = `${article}${item}`;
  return /[\p{L}\p{N}]$/u.test(number) ? `${number} ${words}`.trim() : `${number}${words}`;
}

/** The clause as it is quoted: an item with the line that leads its list. */
export function clauseQuote(document: Document, { span, lead }: Clause): Quote {
  const quote = quoteOf(document, span);
  return lead ? { ...quote, lead: quoteOf(document, lead) } : quote;
}
