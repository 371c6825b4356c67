import type { FormattedString } from '@grammyjs/parse-mode';
import type { Quote } from '../answering/answer.ts';
import type { Document, Library } from '../knowledge/document.ts';
import type { Range } from '../text/sentences.ts';
import { linked } from './standing.ts';
import type { Wording } from './wording.ts';

/** Where an answer's words stand: document, publisher, number, date, section or article. */
export function sourceLine({ label, publisher, number, published }: Document, place: Placed, words: Wording): string {
  const issued = [publisher, number, published].filter((each) => each !== undefined);
  return words.source(label, issued, placeOf(place, words));
}

/** The same, with the document's name linked to its official page. */
export function sourceText(document: Document, place: Placed, words: Wording): FormattedString {
  return linked(sourceLine(document, place, words), document.label, document.url);
}

/** Anything quoted, with where it stands. */
export interface Placed {
  readonly section: string;
  readonly quotes: readonly Quote[];
}

/** An article is cited by its number; where there is none, the paragraph is. */
export function placeOf({ section, quotes }: Placed, words: Wording): string {
  if (/第.{1,12}[条條]/.test(section)) return cited(section);
  const paragraph = words.paragraph((quotes[0]?.paragraph ?? 0) + 1);
  return section === '' ? paragraph : `${section} · ${paragraph}`;
}

/**
 * An item of an article as it is cited: 「第二十九条 · （三）」 is 第二十九条第三项; of Taiwan's laws, 「第4條 · 三」 is 第4條第三款, and
 * 「（一）」 below it 第一目.
 */
function cited(section: string): string {
  return section
    .replace(/(第[^·]{1,12}條(?:之[^·]{1,3})?) · ([一二三四五六七八九十]{1,3})(?=$| · )/, '$1第$2款')
    .replace(/(第[^·]{1,12}條[^·]*款) · [（(]([一二三四五六七八九十]{1,3})[）)]/, '$1第$2目')
    .replace(/(第[^·]{1,12}[条條](?:之[^·]{1,3})?) · [（(]([一二三四五六七八九十百]{1,4})[）)]/, '$1第$2项')
    .replace(/(第[^·]{1,12}[条條]第[^·]{1,4}项) · (\d{1,2})(?=$| · )/, '$1第$2目');
}

/**
 * Neighbouring quotes of one paragraph joined again, as they stand in it: what is shown as one block. An item of a list
 * follows the line that leads it.
 */
export function blocks(document: Document, quotes: readonly Quote[]): readonly string[] {
  const { paragraphs } = document;
  const header = headerOf(document, quotes);
  const spans: { paragraph: number; start: number; end: number }[] = [];
  for (const { paragraph, start, end } of quotes.flatMap((quote) => (quote.lead ? [quote.lead, quote] : [quote]))) {
    const last = spans.at(-1);
    if (last && last.paragraph === paragraph && start - last.end <= 1) last.end = end;
    else spans.push({ paragraph, start, end });
  }
  return spans
    .filter(({ paragraph }) => paragraph !== header?.paragraph || spans.length === 1)
    .map((span) => readable(paragraphs[span.paragraph] ?? '', span, header?.cells));
}

/** The names of columns that stand above quoted rows. */
function headerOf({ paragraphs }: Document, quotes: readonly Quote[]) {
  const paragraph = quotes.map(({ lead }) => lead?.paragraph).find((at) => paragraphs[at ?? -1]?.includes(CELL));
  return paragraph === undefined ? undefined : { paragraph, cells: (paragraphs[paragraph] ?? '').split(CELL) };
}

const CELL = '\t';

/** As it stands in the source; of a row of a table each cell is a line, behind the name of its column. */
function readable(paragraph: string, { start, end }: Range, names: readonly string[] | undefined): string {
  const quoted = paragraph.slice(start, end);
  if (!paragraph.includes(CELL)) return quoted;
  const cells = paragraph.split(CELL);
  if (cells.length !== names?.length) return quoted.replaceAll(CELL, '　');
  let at = 0;
  const lines = cells.flatMap((cell, column) => {
    const part = cell.slice(Math.max(0, start - at), Math.max(0, end - at));
    at += cell.length + CELL.length;
    return part === '' ? [] : [`${names[column]}：${part}`];
  });
  return lines.join('\n');
}

/** The documents by their short names: what can be asked about. */
export function topicsOf(library: Library): readonly string[] {
  return library.documents.map(({ label }) => label);
}
