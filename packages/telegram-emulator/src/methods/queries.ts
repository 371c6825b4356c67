import { isObject, type Params, readFlag, readInteger, readJson, readObject, readString } from '../params.ts';
import { badRequest, type Failure, succeed } from '../reply.ts';
import type { World } from '../world.ts';
import type { Methods } from './method.ts';

/** A press is answered within this time or not at all. Telegram says only "too old"; half a minute is what clients wait. */
export const CALLBACK_LIFE_MS = 30_000;
/** Inline queries are dropped sooner. */
export const INLINE_LIFE_MS = 10_000;

const MAX_TOAST = 200;
const MAX_RESULTS = 50;
const MAX_RESULT_ID_BYTES = 64;
const MAX_OFFSET_BYTES = 64;
const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid';

export const queries: Methods = {
  answerCallbackQuery(world, params) {
    const id = readString(params, 'callback_query_id') ?? '';
    const text = readString(params, 'text');
    if (text !== undefined && text.length > MAX_TOAST) return badRequest('MESSAGE_TOO_LONG');
    const pending = world.callbacks.get(id);
    if (!pending || world.now() - pending.at > CALLBACK_LIFE_MS) return badRequest(TOO_OLD);
    const url = readString(params, 'url');
    if (url && !isOwnLink(world, url)) return badRequest('URL_INVALID');
    world.callbacks.delete(id);
    pending.answer({
      answered: true,
      alert: readFlag(params, 'show_alert'),
      ...(text ? { text } : {}),
      ...(url ? { url } : {}),
    });
    return succeed(true);
  },

  answerInlineQuery(world, params) {
    const id = readString(params, 'inline_query_id') ?? '';
    const results = readJson(params, 'results');
    if (!Array.isArray(results)) return badRequest("can't parse inline query results JSON object");
    const failure = checkResults(results);
    if (failure) return failure;
    const nextOffset = readString(params, 'next_offset') ?? '';
    if (Buffer.byteLength(nextOffset) > MAX_OFFSET_BYTES) return badRequest('NEXT_OFFSET_INVALID');
    const pending = world.inlineQueries.get(id);
    if (!pending || world.now() - pending.at > INLINE_LIFE_MS) return badRequest(TOO_OLD);
    world.inlineQueries.delete(id);
    const button = readObject(params, 'button');
    pending.answer({
      answered: true,
      results,
      nextOffset,
      cacheTime: readInteger(params, 'cache_time') ?? 300,
      personal: readFlag(params, 'is_personal'),
      ...(button ? { button } : {}),
    });
    return succeed(true);
  },
};

/** A press may open a link that starts this bot, nothing else. */
function isOwnLink(world: World, url: string): boolean {
  const own = new RegExp(`^(https?://)?(t\\.me|telegram\\.me)/${world.bot.username}\\?`, 'i');
  return own.test(url);
}

function checkResults(results: readonly unknown[]): Failure | undefined {
  if (results.length > MAX_RESULTS) return badRequest('RESULTS_TOO_MUCH');
  const seen = new Set<string>();
  for (const result of results) {
    if (!isObject(result)) return badRequest("can't parse inline query result: InlineQueryResult must be an Object");
    const failure = checkResult(result, seen);
    if (failure) return failure;
  }
  return undefined;
}

function checkResult(result: Params, seen: Set<string>): Failure | undefined {
  const id = readString(result, 'id') ?? '';
  const bytes = Buffer.byteLength(id);
  if (bytes < 1 || bytes > MAX_RESULT_ID_BYTES) return badRequest('RESULT_ID_INVALID');
  if (seen.has(id)) return badRequest('RESULT_ID_DUPLICATE');
  seen.add(id);
  if (result.type !== 'article') return undefined;
  if (readString(result, 'title') === undefined) {
    return badRequest(`can't parse inline query result: Can't find field "title"`);
  }
  const content = readObject(result, 'input_message_content');
  if (!content) return badRequest(`can't parse inline query result: Can't find field "input_message_content"`);
  const text = readString(content, 'message_text');
  if (text === undefined || text.trim() === '') return badRequest('MESSAGE_EMPTY');
  return text.length > 4_096 ? badRequest('MESSAGE_TOO_LONG') : undefined;
}
