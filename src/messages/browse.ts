import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { documentKey, keyOf } from '../answering/key.ts';
import type { Document, Section } from '../knowledge/document.ts';
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
