import type { MessageEntity } from '@grammyjs/types';
import { MAX_ENTITIES, nestingProblems } from '../formatting.ts';
import { MAX_BUTTONS, MAX_ROW } from '../keyboard.ts';
import { isObject, type Params } from '../params.ts';
import type { Violation } from './violation.ts';

/** Limits that hold but that the doc comments of `@grammyjs/types` don't state beside the parameter. */
export function checkConventions(method: string, params: Params): readonly Violation[] {
  const found: Violation[] = [];
  checkEntities(params, 'entities', found);
  checkEntities(params, 'caption_entities', found);
  checkKeyboard(params.reply_markup, 'reply_markup', found);
  if (method === 'answerInlineQuery' && Array.isArray(params.results)) checkResults(params.results, found);
  return found;
}

/** answerInlineQuery: "No more than 50 results per query are allowed." */
const MAX_RESULTS = 50;

function checkEntities(params: Params, field: string, found: Violation[], prefix = ''): void {
  const list = params[field];
  if (!Array.isArray(list) || list.length === 0) return;
  const path = prefix + field;
  if (list.length > MAX_ENTITIES)
    found.push({ path, problem: 'out of limits', detail: `${list.length} entities, ${MAX_ENTITIES} count` });
  const entities = list.filter(isEntity);
  for (const detail of nestingProblems(entities)) found.push({ path, problem: 'nesting', detail });
  for (const [i, entity] of entities.entries()) {
    if (entity.type === 'text_link') checkDeepLink(entity.url, `${path}[${i}].url`, found);
  }
}

function isEntity(value: unknown): value is MessageEntity {
  return (
    isObject(value) &&
    typeof value.type === 'string' &&
    typeof value.offset === 'number' &&
    typeof value.length === 'number'
  );
}

function checkKeyboard(markup: unknown, path: string, found: Violation[]): void {
  if (!isObject(markup) || !Array.isArray(markup.inline_keyboard)) return;
  let buttons = 0;
  for (const [r, row] of markup.inline_keyboard.entries()) {
    if (!Array.isArray(row)) continue;
    buttons += row.length;
    const place = `${path}.inline_keyboard[${r}]`;
    if (row.length > MAX_ROW)
      found.push({ path: place, problem: 'out of limits', detail: `${row.length} buttons in a row, ${MAX_ROW} fit` });
    for (const [c, button] of row.entries()) {
      if (isObject(button)) checkDeepLink(button.url, `${place}[${c}].url`, found);
    }
  }
  if (buttons > MAX_BUTTONS)
    found.push({ path, problem: 'out of limits', detail: `${buttons} buttons, ${MAX_BUTTONS} fit` });
}

/** The payload of a t.me/<bot>?start= link: 1-64 of A-Z, a-z, 0-9, _ and -. */
function checkDeepLink(url: unknown, path: string, found: Violation[]): void {
  if (typeof url !== 'string' || !/^(https?:\/\/)?(t\.me|telegram\.me)\/|^tg:\/\/resolve/i.test(url)) return;
  const payload = /[?&](?:start|startgroup|startapp)=([^&]*)/.exec(url)?.[1];
  if (payload === undefined || /^[A-Za-z0-9_-]{0,64}$/.test(payload)) return;
  found.push({ path, problem: 'out of limits', detail: `a deep link's payload takes 1-64 of A-Z, a-z, 0-9, _ and -` });
}

function checkResults(results: readonly unknown[], found: Violation[]): void {
  if (results.length > MAX_RESULTS) {
    found.push({
      path: 'results',
      problem: 'out of limits',
      detail: `${results.length} results, ${MAX_RESULTS} are allowed`,
    });
  }
  const seen = new Set<unknown>();
  for (const [i, result] of results.entries()) {
    if (!isObject(result)) continue;
    if (seen.has(result.id))
      found.push({ path: `results[${i}].id`, problem: 'out of limits', detail: 'the id occurs twice' });
    seen.add(result.id);
    checkKeyboard(result.reply_markup, `results[${i}].reply_markup`, found);
    if (isObject(result.input_message_content)) {
      checkEntities(result.input_message_content, 'entities', found, `results[${i}].input_message_content.`);
    }
  }
}
