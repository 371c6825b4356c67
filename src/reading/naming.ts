import { cut, type Document } from '../knowledge/document.ts';
import type { Line } from './lines.ts';
import { type Clause, labelOf } from './reading.ts';

/** How a heading, a question or an item is called; undefined for what is but a number, as an article. */
export function nameOf(line: Line): string | undefined {
  const { role, text, mark } = line;
  if (role === 'article') return undefined;
  if (role === 'question') return /[问問记記Q]/.test(mark) ? afterMark(line) : text;
  const label = labelOf(line).replace(/[。；;：:]$/, '');
  return role !== 'chapter' && label === mark.replace(/\s/g, '') ? undefined : label;
}

/** How a clause begins; 「答：」 is left out. */
export function wordsOf(document: Document, { line, span }: Clause): string {
  const isAnswer = line.role === 'answer' && span.start === line.span.start;
  return firstOf(isAnswer ? afterMark(line) : cut(document, span)) ?? line.text;
}

/** The first words of a text, up to the end of a sentence or to what parts it as clearly; undefined where there are none. */
export function firstOf(text: string): string | undefined {
  return text
    .split(/[。；：！？]/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .find((part) => part !== '');
}

/** Whether a part of a path is the number of an article: 「第八條之一」. */
export function isArticle(label: string): boolean {
  return /^第.{1,12}[条條]/.test(label);
}

/** What stands after a line's number. */
export function afterMark({ text, mark }: Line): string {
  return text.slice(mark.length).trim();
}
