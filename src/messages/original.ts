import { FormattedString } from '@grammyjs/parse-mode';
import type { Answered } from '../answering/answer.ts';
import type { Document } from '../knowledge/document.ts';
import { type Range, sentences } from '../text/sentences.ts';
import { button } from './keyboard.ts';
import type { Locale } from './locale.ts';
import { type Message, messageOf } from './message.ts';

/** More than this does not help a reader on a phone, and a message must hold it. */
const SHOWN = 3000;

/**
 * A paragraph of the source as published, with what was quoted in bold, and ways to its neighbours. An article is shown
 * whole: all its paragraphs at once, as many around the quoted one as fit.
 */
export function originalView(answer: Answered, paragraph: number, { words, label }: Locale): Message {
  const { document } = answer.quotes[0];
  const all = document.paragraphs.length;
  const { first, last } = pageOf(document, answer, Math.min(Math.max(paragraph, 0), all - 1));
  const text = document.paragraphs.slice(first, last + 1).join(BETWEEN);
  const marks = marksOn(document, answer, first, last);
  const head = words.originalOf(label(document.label), first + 1, last + 1, all);
  const turn = (to: number, name: string) => button(name, { kind: 'original', key: answer.key, paragraph: to });
  const ways = [
    ...(first > 0 ? [turn(first - 1, words.buttons.earlier)] : []),
    ...(last < all - 1 ? [turn(last + 1, words.buttons.later)] : []),
  ];
  const back = button(words.buttons.back, { kind: 'back', key: answer.key });
  const shown = around(text, marks[0] ?? { start: 0, end: 0 });
  return messageOf(FormattedString.join([head, marked(text, shown, marks)], '\n'), [ways, [back]]);
}

const BETWEEN = '\n';

interface Page {
  readonly first: number;
  readonly last: number;
}

/** What is shown with a paragraph: the quoted one with its article, every other alone. */
function pageOf({ paragraphs }: Document, { quotes, stretch }: Answered, paragraph: number): Page {
  const alone = { first: paragraph, last: paragraph };
  if (!stretch) return alone;
  const quoted = quotes[0].paragraph;
  let first = quoted;
  let last = quoted;
  let room = SHOWN - lengthOf(paragraphs, quoted);
  const takes = (at: number) => {
    const length = BETWEEN.length + lengthOf(paragraphs, at);
    if (at < stretch.first || at > stretch.last || length > room) return false;
    room -= length;
    return true;
  };
  // What stands before it is needed to understand it.
  while (takes(first - 1)) first--;
  while (takes(last + 1)) last++;
  return paragraph >= first && paragraph <= last ? { first, last } : alone;
}

function lengthOf(paragraphs: readonly string[], at: number): number {
  return paragraphs[at]?.length ?? 0;
}

/** Where the quoted words stand in the text of a page; of an item, after it, the line that leads its list. */
function marksOn({ paragraphs }: Document, { quotes }: Answered, first: number, last: number): readonly Range[] {
  const starts = new Map<number, number>();
  for (let at = first, start = 0; at <= last; at++) {
    starts.set(at, start);
    start += lengthOf(paragraphs, at) + BETWEEN.length;
  }
  return quotes
    .flatMap((quote) => (quote.lead ? [quote, quote.lead] : [quote]))
    .flatMap(({ paragraph, start, end }) => {
      const from = starts.get(paragraph);
      return from === undefined ? [] : [{ start: from + start, end: from + end }];
    });
}

/** As much as is shown of a long paragraph, in whole sentences around the quote. */
function around(text: string, quote: Range): Range {
  if (text.length <= SHOWN) return { start: 0, end: text.length };
  const room = Math.max(0, SHOWN - (quote.end - quote.start)) / 2;
  const inside = sentences(text).filter(({ start, end }) => end > quote.start - room && start < quote.end + room);
  const start = inside[0]?.start ?? 0;
  return { start, end: Math.min(inside.at(-1)?.end ?? text.length, start + SHOWN) };
}

function marked(text: string, shown: Range, marks: readonly Range[]): FormattedString {
  const pieces: (FormattedString | string)[] = [];
  let at = shown.start;
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(at, mark.start);
    const end = Math.min(shown.end, mark.end);
    if (end <= start) continue;
    pieces.push(text.slice(at, start), FormattedString.bold(text.slice(start, end)));
    at = end;
  }
  pieces.push(text.slice(at, shown.end));
  return FormattedString.blockquote(FormattedString.join(pieces));
}
