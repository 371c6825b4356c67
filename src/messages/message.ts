import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton, MessageEntity } from '@grammyjs/types';
import { sentences } from '../text/sentences.ts';

/** A message as Telegram takes it: text with entities, never markup, which could alter a quote. */
export interface Message {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  /** Rows of buttons below it. */
  readonly buttons: readonly (readonly InlineKeyboardButton[])[];
  /** Opens a reply to it, with this in the empty field. */
  readonly prompt?: string;
}

/** The longest text of a message, in UTF-16 units after entity parsing. */
export const TEXT_LIMIT = 4096;

export type Buttons = Message['buttons'];

/** The most buttons below a message. */
export const BUTTON_LIMIT = 100;

/** One message, or several where the text is too long for one; the buttons stand below the last. */
export function messagesOf(text: FormattedString | string, buttons: Buttons = []): readonly Message[] {
  const parts = split(typeof text === 'string' ? new FormattedString(text) : text, TEXT_LIMIT);
  return parts.map((part, i) => ({
    text: part.text,
    entities: part.entities,
    buttons: i === parts.length - 1 ? buttons : [],
  }));
}

/** A text that is known to fit into one message. */
export function messageOf(text: FormattedString | string, buttons: Buttons = []): Message {
  const formatted = typeof text === 'string' ? new FormattedString(text) : text;
  return { text: formatted.text, entities: formatted.entities, buttons };
}

/** Cuts between sentences; inside one only where it is longer than a message, and never inside a surrogate pair. */
function split(text: FormattedString, limit: number): readonly FormattedString[] {
  const raw = text.text;
  const parts: FormattedString[] = [];
  let from = 0;
  while (raw.length - from > limit) {
    const ends = sentences(raw.slice(from, from + limit + 1)).map(({ end }) => end);
    const whole = ends.findLast((end) => end <= limit && end < raw.length - from && !isLast(ends, end));
    let to = from + (whole ?? limit);
    if (isLowSurrogate(raw.charCodeAt(to))) to--;
    parts.push(text.slice(from, to));
    from = to;
    while (/\s/.test(raw.charAt(from))) from++;
  }
  parts.push(from === 0 ? text : text.slice(from, raw.length));
  return parts;
}

/** The window ends in the middle of its last sentence, as a rule. */
function isLast(ends: readonly number[], end: number): boolean {
  return ends.at(-1) === end;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
