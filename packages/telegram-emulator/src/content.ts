import type { MessageEntity } from '@grammyjs/types';
import { type FormattedText, formatText } from './formatting.ts';
import { isObject, type Params, readJson, readString } from './params.ts';
import { parseModeOf } from './parse-mode/parse.ts';
import { badRequest, type Failure, isFailure } from './reply.ts';
import type { World } from './world.ts';

/** UTF-16 units. */
export const MAX_TEXT = 4_096;
export const MAX_CAPTION = 1_024;

/** A message's text, checked as sendMessage and editMessageText check it. `tooLong` is the wording, which differs. */
export function readText(world: World, params: Params, tooLong: string): FormattedText | Failure {
  const text = readString(params, 'text');
  if (text === undefined || text === '') return badRequest('message text is empty');
  const formatted = readFormatted(world, params, text, 'entities');
  if (isFailure(formatted)) return formatted;
  if (formatted.text === '') return badRequest('text must be non-empty');
  return formatted.text.length > MAX_TEXT ? badRequest(tooLong) : formatted;
}

/** A caption, possibly empty. */
export function readCaption(world: World, params: Params): FormattedText | Failure {
  const formatted = readFormatted(world, params, readString(params, 'caption') ?? '', 'caption_entities');
  if (isFailure(formatted)) return formatted;
  return formatted.text.length > MAX_CAPTION ? badRequest('message caption is too long') : formatted;
}

/** A text with its formatting, by parse mode or else by entities, as `field` names them. */
export function readFormatted(world: World, params: Params, text: string, field: string): FormattedText | Failure {
  const parse = parseModeOf(readString(params, 'parse_mode'));
  if (isFailure(parse)) return parse;
  if (parse) {
    const marked = parse(text, (id) => world.users.get(id));
    return isFailure(marked) ? marked : formatText(marked.text, marked.entities);
  }
  const entities = readEntities(params, field);
  return isFailure(entities) ? entities : formatText(text, entities);
}

/** A list of entities with at least a type, an offset and a length each. */
export function readEntities(params: Params, field: string): readonly MessageEntity[] | Failure {
  if (params[field] === undefined || params[field] === null || params[field] === '') return [];
  const list = readJson(params, field);
  if (!Array.isArray(list)) return badRequest("can't parse entities JSON object");
  for (const entity of list) {
    const failure = checkShape(entity);
    if (failure) return failure;
  }
  return list;
}

function checkShape(entity: unknown): Failure | undefined {
  const prefix = "can't parse MessageEntity: ";
  if (!isObject(entity)) return badRequest(`${prefix}expected an Object`);
  for (const field of ['offset', 'length']) {
    const value = entity[field];
    if (value === undefined) return badRequest(`${prefix}Can't find field "${field}"`);
    if (!Number.isInteger(value)) return badRequest(`${prefix}Field "${field}" must be of type Number`);
  }
  if (typeof entity.type !== 'string') return badRequest(`${prefix}Can't find field "type"`);
  if (entity.type === 'text_link' && typeof entity.url !== 'string')
    return badRequest(`${prefix}Can't find field "url"`);
  if (entity.type === 'text_mention' && !isObject(entity.user)) return badRequest(`${prefix}Can't find field "user"`);
  return undefined;
}
