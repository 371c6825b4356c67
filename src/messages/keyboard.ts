import type { InlineKeyboardButton } from '@grammyjs/types';
import { type Callback, encodeCallback } from './callback.ts';
import { BUTTON_LIMIT, type Buttons } from './message.ts';

/** A button that asks for something when it is pressed. */
export function button(text: string, callback: Callback): InlineKeyboardButton {
  return { text, callback_data: encodeCallback(callback) };
}

/**
 * In bytes of JSON. Telegram refuses a keyboard of about 10,000 with "reply markup is too long"
 * (github.com/tginfo/Telegram-Limits/issues/187); how it counts is not said, so this keeps well below.
 */
const MARKUP_BYTES = 8_000;

/** As many of the first buttons as a message takes with `ways` more below them. The rest is found by asking. */
export function fitting(buttons: readonly InlineKeyboardButton[], ways = 0): readonly InlineKeyboardButton[] {
  let bytes = 0;
  const end = buttons.findIndex((one, at) => {
    bytes += new TextEncoder().encode(JSON.stringify([one])).length;
    return at >= BUTTON_LIMIT - ways || bytes > MARKUP_BYTES;
  });
  return end < 0 ? buttons : buttons.slice(0, end);
}

/** Two buttons of so many characters fit into a row of a phone. */
const SHORT = 9;

/** Short buttons stand two in a row. */
export function inRows(buttons: readonly InlineKeyboardButton[]): Buttons {
  const rows: InlineKeyboardButton[][] = [];
  for (const one of buttons) {
    const last = rows.at(-1);
    if (last?.length === 1 && [...last, one].every(({ text }) => text.length <= SHORT)) last.push(one);
    else rows.push([one]);
  }
  return rows;
}

/** Characters of a button that a phone shows before it cuts. */
const SHOWN = 24;

/** A title as a button holds it. */
export function shortened(title: string): string {
  if (title.length <= SHOWN) return title;
  const end = /[\uD800-\uDBFF]/.test(title.charAt(SHOWN - 2)) ? SHOWN - 2 : SHOWN - 1;
  return `${title.slice(0, end)}…`;
}
