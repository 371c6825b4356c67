import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { isObject, type Params, readObject } from './params.ts';
import { badRequest, type Failure } from './reply.ts';

export type ReplyMarkup = Params;

export const MAX_BUTTONS = 100;
/** More buttons in a row are not refused: clients show eight at most. The schema check reports them. */
export const MAX_ROW = 8;
const MAX_CALLBACK_BYTES = 64;
/** Of JSON. Nobody knows the exact limit nor what is counted: github.com/tginfo/Telegram-Limits/issues/187. */
const MAX_MARKUP_BYTES = 10_000;

const ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
] as const;

/** Reads `reply_markup` and checks it as Telegram does; undefined when there is none. */
export function readMarkup(params: Params): ReplyMarkup | Failure | undefined {
  if (params.reply_markup === undefined || params.reply_markup === null || params.reply_markup === '') return undefined;
  const markup = readObject(params, 'reply_markup');
  if (!markup) return badRequest("can't parse reply keyboard markup JSON object");
  if (markup.inline_keyboard !== undefined) return checkInline(markup) ?? markup;
  return markup;
}

/** The inline keyboard that stays on a stored message; reply keyboards are no part of it. */
export function inlineKeyboard(markup: ReplyMarkup | undefined): InlineKeyboardMarkup | undefined {
  if (!Array.isArray(markup?.inline_keyboard)) return undefined;
  const rows = markup.inline_keyboard.filter((row: unknown) => Array.isArray(row) && row.length > 0);
  return rows.length === 0 ? undefined : ({ inline_keyboard: rows } as InlineKeyboardMarkup);
}

function checkInline(markup: Params): Failure | undefined {
  const rows = markup.inline_keyboard;
  if (!Array.isArray(rows)) return badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array');
  let buttons = 0;
  for (const row of rows) {
    if (!Array.isArray(row))
      return badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
    for (const button of row) {
      const failure = checkButton(button);
      if (failure) return failure;
      buttons++;
    }
  }
  const isTooLong = buttons > MAX_BUTTONS || Buffer.byteLength(JSON.stringify(rows)) > MAX_MARKUP_BYTES;
  return isTooLong ? badRequest('reply markup is too long') : undefined;
}

function checkButton(button: unknown): Failure | undefined {
  const prefix = "can't parse inline keyboard button: ";
  if (!isObject(button)) return badRequest(`${prefix}InlineKeyboardButton must be an Object`);
  if (typeof button.text !== 'string') return badRequest(`${prefix}Can't find field "text"`);
  if (button.text.trim() === '') return badRequest('inline keyboard button text must be non-empty');
  if (!ACTIONS.some((action) => button[action] !== undefined)) {
    return badRequest(`${prefix}Text buttons are unallowed in the inline keyboard`);
  }
  if (button.callback_data !== undefined) return checkCallbackData(button.callback_data);
  if (button.url !== undefined) return checkUrl(button.url);
  return undefined;
}

function checkCallbackData(data: unknown): Failure | undefined {
  if (typeof data !== 'string') return badRequest('BUTTON_DATA_INVALID');
  const bytes = Buffer.byteLength(data);
  return bytes < 1 || bytes > MAX_CALLBACK_BYTES ? badRequest('BUTTON_DATA_INVALID') : undefined;
}

function checkUrl(url: unknown): Failure | undefined {
  if (typeof url !== 'string') return badRequest('BUTTON_URL_INVALID');
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (URL.canParse(absolute) && /^(https?|tg|ton):/i.test(absolute)) return undefined;
  return badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
}
