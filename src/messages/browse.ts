import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import type { Answered } from '../answering/answer.ts';
import { documentKey, keyOf } from '../answering/key.ts';
import type { Document, Section } from '../knowledge/document.ts';
import { type Range, sentences } from '../text/sentences.ts';
import { encodeCallback } from './callback.ts';
import type { Locale } from './locale.ts';
import { BUTTON_LIMIT, type Message, messageOf } from './message.ts';

type Row = readonly InlineKeyboardButton[];

/** The overview of a document: what it is about, and its sections as buttons. */
export function topicCard(document: Document, { words, label }: Locale): Message {
  const points = document.sections.flatMap((section) => section.points).length;
  const lines = [
    FormattedString.bold(label(document.label)),
    ...document.about.map((about) => words.sourceAbout([about])),
    words.topic(document.sections.length, points),
    ...(document.command ? [words.topicHint(document.command.name)] : []),
  ];
  const buttons = document.sections.map((section): Row => {
    const key = keyOf({ kind: 'section', document: document.id, section });
    return [{ text: label(section.title), callback_data: encodeCallback({ kind: 'section', key }) }];
  });
  return messageOf(FormattedString.join(lines, '\n'), pairs(buttons));
}

/** A section's points as buttons. */
export function sectionCard(document: Document, section: Section, { words, label }: Locale): Message {
  const key = keyOf({ kind: 'section', document: document.id, section });
  const text = FormattedString.join([FormattedString.bold(label(section.title)), words.sectionHint], '\n');
  const points = section.points.map((point): Row => {
    const data = encodeCallback({ kind: 'ask', key: keyOf({ kind: 'point', document: document.id, point }) });
    return [{ text: label(point.title), callback_data: data }];
  });
  return messageOf(text, [
    ...pairs(points),
    [
      { text: words.buttons.whole, callback_data: encodeCallback({ kind: 'ask', key }) },
      { text: words.buttons.sections, callback_data: encodeCallback({ kind: 'topic', key: documentKey(document.id) }) },
    ],
  ]);
}

/** What stands below the points of a section. */
const WAYS = 2;

/** Short buttons stand two in a row; of more than a message holds, the first. The rest is found by asking. */
function pairs(rows: readonly Row[]): readonly Row[] {
  const result: Row[] = [];
  for (const row of rows.slice(0, BUTTON_LIMIT - WAYS)) {
    const last = result.at(-1);
    if (last?.length === 1 && isShort(last) && isShort(row)) result[result.length - 1] = [...last, ...row];
    else result.push(row);
  }
  return result;
}

const SHORT = 9;

function isShort(row: Row): boolean {
  return row.every(({ text }) => text.length <= SHORT);
}

/** More of a paragraph than this does not help a reader on a phone, and a message must hold it. */
const SHOWN = 3000;

/** One paragraph of the source as published, with what was quoted from it in bold, and ways to its neighbours. */
export function originalView(
  document: Document,
  answer: Answered,
  paragraph: number,
  { words, label }: Locale,
): Message {
  const all = document.paragraphs.length;
  const at = Math.min(Math.max(paragraph, 0), all - 1);
  const text = document.paragraphs[at] ?? '';
  const marks = answer.quotes.filter((quote) => quote.paragraph === at);
  const shown = around(text, marks[0] ?? { start: 0, end: 0 });
  const head = words.originalOf(label(document.label), at + 1, all);
  const turn = (to: number, name: string): InlineKeyboardButton => ({
    text: name,
    callback_data: encodeCallback({ kind: 'original', key: answer.key, paragraph: to }),
  });
  const ways = [
    ...(at > 0 ? [turn(at - 1, words.buttons.earlier)] : []),
    ...(at < all - 1 ? [turn(at + 1, words.buttons.later)] : []),
  ];
  const back = { text: words.buttons.back, callback_data: encodeCallback({ kind: 'back', key: answer.key }) };
  return messageOf(FormattedString.join([head, marked(text, shown, marks)], '\n'), [ways, [back]]);
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
  for (const mark of marks) {
    const start = Math.max(at, mark.start);
    const end = Math.min(shown.end, mark.end);
    if (end <= start) continue;
    pieces.push(text.slice(at, start), FormattedString.bold(text.slice(start, end)));
    at = end;
  }
  pieces.push(text.slice(at, shown.end));
  return FormattedString.blockquote(FormattedString.join(pieces));
}
