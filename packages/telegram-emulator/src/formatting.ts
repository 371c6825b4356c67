import type { MessageEntity } from '@grammyjs/types';
import { detectEntities } from './detect.ts';
import { badRequest, type Failure } from './reply.ts';

/** A text as Telegram stores it, after TDLib's fix_formatted_text: cleaned, trimmed, its entities moved along. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** At most so many entities count; further ones are ignored. */
export const MAX_ENTITIES = 100;

const SPLITTABLE: ReadonlySet<string> = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
const BLOCKQUOTES: ReadonlySet<string> = new Set(['blockquote', 'expandable_blockquote']);

/** `given` has been checked to be a list of objects with a type, an offset and a length. */
export function formatText(text: string, given: readonly MessageEntity[]): FormattedText | Failure {
  const wrong = checkRanges(text, given);
  if (wrong) return wrong;
  const kept = given.filter(({ length }) => length > 0).slice(0, MAX_ENTITIES);
  const cleaned = clean(text, settleNesting(sorted(kept)));
  const trimmed = trim(cleaned.text, cleaned.entities);
  return { text: trimmed.text, entities: withDetected(trimmed.text, trimmed.entities) };
}

/** What Telegram would silently repair in the nesting; a bot that means what it sends has none of it. */
export function nestingProblems(entities: readonly MessageEntity[]): readonly string[] {
  const problems: string[] = [];
  const order = sorted(entities);
  for (const [i, outer] of order.entries()) {
    for (const inner of order.slice(i + 1)) {
      if (inner.offset >= end(outer)) break;
      const names = `${inner.type} at ${inner.offset} in ${outer.type} at ${outer.offset}`;
      if (end(inner) > end(outer)) problems.push(`overlaps without nesting: ${names}`);
      else if (!mayContain(outer, inner)) problems.push(`must not nest: ${names}`);
    }
  }
  return problems;
}

function mayContain(outer: MessageEntity, inner: MessageEntity): boolean {
  if (outer.type === 'pre' || outer.type === 'code' || inner.type === 'pre' || inner.type === 'code') {
    return BLOCKQUOTES.has(outer.type);
  }
  if (BLOCKQUOTES.has(outer.type)) return !BLOCKQUOTES.has(inner.type);
  if (SPLITTABLE.has(outer.type) || SPLITTABLE.has(inner.type)) return true;
  // A continuous entity (a link, a mention) holds no other; a quotation filling it exactly sorts first.
  return false;
}

function checkRanges(text: string, entities: readonly MessageEntity[]): Failure | undefined {
  for (const { offset } of entities) {
    if (!(offset >= 0 && offset <= 1_000_000)) return badRequest(`receive an entity with incorrect offset ${offset}`);
  }
  for (const { length } of entities) {
    if (!(length >= 0 && length <= 1_000_000)) return badRequest(`receive an entity with incorrect length ${length}`);
  }
  for (const entity of sorted(entities)) {
    if (entity.length === 0) continue;
    const stop = end(entity);
    if (entity.offset > text.length) {
      return badRequest(`entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
    }
    if (insidePair(text, entity.offset)) {
      return badRequest(
        `entity begins in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, entity.offset)}`,
      );
    }
    if (stop > text.length) {
      return badRequest(
        `entity beginning at UTF-16 offset ${entity.offset} ends after the end of the text at UTF-16 offset ${stop}`,
      );
    }
    if (insidePair(text, stop)) {
      const at = byteOffset(text, stop);
      return badRequest(
        `entity beginning at UTF-16 offset ${entity.offset} ends in a middle of a UTF-16 symbol at byte offset ${at}`,
      );
    }
  }
  return undefined;
}

/** Entities that cross or must not nest are dropped, the outer one staying. */
function settleNesting(entities: readonly MessageEntity[]): readonly MessageEntity[] {
  const kept: MessageEntity[] = [];
  for (const entity of entities) {
    const clash = kept.some((outer) => {
      if (entity.offset >= end(outer)) return false;
      if (end(entity) > end(outer)) return !(SPLITTABLE.has(entity.type) || SPLITTABLE.has(outer.type));
      return !mayContain(outer, entity);
    });
    if (!clash) kept.push(entity);
  }
  return kept;
}

// '\r' and the line and bidi separators U+2028 to U+202E vanish; other control characters but '\n' become spaces.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNCLEAN = /[\u0000-\u0009\u000b-\u001f\u2028-\u202e]/;

function clean(text: string, entities: readonly MessageEntity[]): { text: string; entities: readonly MessageEntity[] } {
  if (!UNCLEAN.test(text)) return { text, entities };
  let result = '';
  const positions: number[] = [];
  for (let i = 0; i < text.length; i++) {
    positions.push(result.length);
    const code = text.charCodeAt(i);
    if (code === 13 || (code >= 0x2028 && code <= 0x202e)) continue;
    result += code < 32 && code !== 10 ? ' ' : text.charAt(i);
  }
  positions.push(result.length);
  const moved = entities.map((entity) => {
    const offset = positions[entity.offset] ?? 0;
    return { ...entity, offset, length: (positions[end(entity)] ?? result.length) - offset };
  });
  return { text: result, entities: moved.filter(({ length }) => length > 0) };
}

const isBlank = (unit: string) => unit === ' ' || unit === '\n';

function trim(text: string, entities: readonly MessageEntity[]): { text: string; entities: readonly MessageEntity[] } {
  let stop = text.length;
  while (stop > 0 && isBlank(text.charAt(stop - 1))) stop--;
  const shrunk: MessageEntity[] = [];
  for (const entity of entities) {
    let from = entity.offset;
    const to = Math.min(end(entity), stop);
    while (from < to && isBlank(text.charAt(from))) from++;
    if (from < to) shrunk.push({ ...entity, offset: from, length: to - from });
  }
  const order = sorted(shrunk);
  const firstEntity = order[0]?.offset ?? stop;
  let start = 0;
  while (start < firstEntity && isBlank(text.charAt(start))) start++;
  if (start === 0 && stop === text.length) return { text, entities: order };
  return {
    text: text.slice(start, stop),
    entities: start === 0 ? order : order.map((entity) => ({ ...entity, offset: entity.offset - start })),
  };
}

/** Telegram marks mentions, links and commands in a bot's text too, outside of what the bot marked itself. */
function withDetected(text: string, entities: readonly MessageEntity[]): readonly MessageEntity[] {
  const detected = detectEntities(text).filter((found) =>
    entities.every((given) => {
      if (found.offset >= end(given) || given.offset >= end(found)) return true;
      if (SPLITTABLE.has(given.type)) return true;
      return BLOCKQUOTES.has(given.type) && given.offset <= found.offset && end(found) <= end(given);
    }),
  );
  return detected.length === 0 ? entities : sorted([...entities, ...detected]);
}

function sorted(entities: readonly MessageEntity[]): readonly MessageEntity[] {
  if (entities.length < 2) return entities;
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b));
}

function rank(entity: MessageEntity): number {
  if (BLOCKQUOTES.has(entity.type)) return 0;
  return SPLITTABLE.has(entity.type) ? 2 : 1;
}

function end(entity: MessageEntity): number {
  return entity.offset + entity.length;
}

function insidePair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** Where TDLib notices it: at the end of the character. */
function byteOffset(text: string, at: number): number {
  return Buffer.byteLength(text.slice(0, at + 1));
}
