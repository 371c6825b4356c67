import { cut, type Document, type Span } from '../knowledge/document.ts';
import { leads, names } from '../reading/lines.ts';
import { afterMark, firstOf, isArticle, nameOf as nameOfLine, wordsOf } from '../reading/naming.ts';
import type { Clause, Passage } from '../reading/reading.ts';
import type { Quote } from './answer.ts';
import { quoteOf } from './quoting.ts';

/** Where a clause stands, as a person cites it: 「第四章 · 第二十九条 · （三）」; empty in a text without headings. */
export function citationOf({ path, line }: Clause): string {
  const item = line.role === 'item' ? line.mark.replace(/[\s\u3000、.．]+$/, '') : '';
  return [...path, ...(item === '' ? [] : [item])].map(unmarked).join(' · ');
}

/** 「问：」, 「3.问：」, 「问题一：」, 「记者：」. */
export const MARK_OF_QUESTION = /^(?:\d+[.、])?(?:问题[〇零一二三四五六七八九十\d]*|[问問]|记者|記者)[：:]/;

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

/** The clause as it is quoted: an item with the line that leads its list, a row with the names of its columns. */
function clauseQuote(document: Document, { span, lead, header }: Clause): Quote {
  const quote = quoteOf(document, span);
  const above = header ?? lead;
  return above ? { ...quote, lead: quoteOf(document, above) } : quote;
}

type Quotes = readonly [Quote, ...Quote[]];

/** In UTF-16 units: a clause that is only shown comes with what follows it in its passage, as far as that. */
const EXCERPT = 240;

/** The clause and what follows it in its passage: where the clause is not quite the right one, its neighbour often is. */
export function excerptOf(document: Document, { clauses }: Passage, clause: Clause): Quotes {
  const quotes: [Quote, ...Quote[]] = [clauseQuote(document, clause)];
  let units = clause.span.end - clause.span.start;
  for (const { span } of clauses.slice(clauses.indexOf(clause) + 1)) {
    units += span.end - span.start;
    if (units > EXCERPT) break;
    quotes.push(quoteOf(document, span));
  }
  return quotes;
}

/** In UTF-16 units, of a list that is quoted as an answer: more than three phone screens nobody reads in a group. */
const LIST = 1200;

/** The clause; one that leads a list with all of its items, as long as they are not too many to read. */
export function listOf(document: Document, passages: readonly Passage[], clause: Clause): Quotes {
  const quote = clauseQuote(document, clause);
  const items = leads(clause.line)
    ? passages.flatMap(({ clauses }) => clauses).filter(({ lead }) => lead && endTogether(lead, clause.span))
    : [];
  const once = items.filter(({ span }, at) => items.findIndex((other) => endTogether(other.span, span)) === at);
  const units = once.reduce((sum, { span }) => sum + span.end - span.start, 0);
  return units > LIST ? [quote] : [quote, ...once.map(({ span }) => quoteOf(document, span))];
}

/** A lead is a whole line, a clause may be but the last of it. */
function endTogether(a: Span, b: Span): boolean {
  return a.paragraph === b.paragraph && a.end === b.end;
}
