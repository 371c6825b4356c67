import type { MessageEntity } from '@grammyjs/types';
import { badRequest, type Failure, isFailure } from '../reply.ts';
import { linked, type MarkedText, type UserOf, unparsable } from './marked.ts';

/** A start tag that waits for its end. */
interface OpenTag {
  readonly name: string;
  /** What its attribute says: an address, a language, an emoji's identifier; empty for none. */
  readonly argument: string;
  /** Where its text begins. */
  readonly offset: number;
}

/** An entity, and the language that its `code` named: that counts once the `pre` around it is known. */
interface Found {
  readonly entity: MessageEntity;
  readonly language: string;
}

interface Tag {
  readonly name: string;
  readonly argument: string;
  /** Where the source goes on behind it. */
  readonly next: number;
}

const SIMPLE: Readonly<Record<string, 'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler'>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
};
const OTHERS: ReadonlySet<string> = new Set(['a', 'code', 'pre', 'blockquote', 'tg-emoji']);

/** `parse_mode: HTML`, with the errors of TDLib's parse_html. */
export function parseHtml(source: string, userOf: UserOf): MarkedText | Failure {
  let text = '';
  const found: Found[] = [];
  const open: OpenTag[] = [];
  for (let at = 0; at < source.length; ) {
    const reference = source[at] === '&' ? characterAt(source, at) : undefined;
    if (reference) {
      text += reference.character;
      at = reference.next;
      continue;
    }
    if (source[at] !== '<') {
      text += source[at++];
      continue;
    }
    const tag = source[at + 1] === '/' ? readEnd(source, at, open.at(-1)) : readStart(source, at);
    if (isFailure(tag)) return tag;
    if (source[at + 1] === '/') {
      const failure = close(found, open.pop() as OpenTag, text, userOf);
      if (failure) return failure;
    } else {
      open.push({ name: tag.name, argument: tag.argument, offset: text.length });
    }
    at = tag.next;
  }
  const left = open.at(-1);
  if (left) return badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${left.name}"`);
  return { text, entities: found.map(({ entity }) => entity) };
}

const START = /<([^\s>]*)/y;
const ATTRIBUTE = /\s*([^\s=>]*)(\s*=\s*)?/y;
const VALUE = /"([^"]*)("?)|'([^']*)('?)|([A-Za-z0-9.-]*)/y;

function readStart(source: string, begin: number): Tag | Failure {
  const unclosed = () => unparsable('Unclosed start tag', source, begin);
  const start = match(START, source, begin);
  let at = begin + start[0].length;
  if (at >= source.length) return unclosed();
  const name = (start[1] ?? '').toLowerCase();
  if (!Object.hasOwn(SIMPLE, name) && !OTHERS.has(name))
    return unparsable(`Unsupported start tag "${name}"`, source, begin);
  let argument = '';
  while (source[at] !== '>') {
    const [whole, attribute = '', equals] = match(ATTRIBUTE, source, at);
    at += whole.length;
    if (at >= source.length) return unclosed();
    if (attribute === '' && equals === undefined) continue;
    if (attribute === '') return unparsable(`Empty attribute name in the tag "${name}"`, source, begin);
    if (equals === undefined) {
      if (name === 'blockquote' && attribute.toLowerCase() === 'expandable') argument = 'expandable';
      continue;
    }
    const valueAt = at;
    const value = match(VALUE, source, at);
    at += value[0].length;
    const isQuoted = value[5] === undefined;
    if (at >= source.length || (isQuoted && value[2] !== '"' && value[4] !== "'")) return unclosed();
    if (!isQuoted && !/[\s>]/.test(source[at] ?? '')) {
      return unparsable('Unexpected end of name token', source, valueAt);
    }
    const given = isQuoted ? decode(value[1] ?? value[3] ?? '') : (value[5] ?? '').toLowerCase();
    argument = argumentOf(name, attribute, given) ?? argument;
  }
  if (name === 'span' && argument !== 'spoiler') {
    return unparsable('Tag "span" must have class "tg-spoiler"', source, begin);
  }
  return { name, argument, next: at + 1 };
}

function argumentOf(tag: string, attribute: string, value: string): string | undefined {
  if (tag === 'a' && attribute === 'href') return value;
  if (tag === 'tg-emoji' && attribute === 'emoji-id') return value;
  if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) return value.slice('language-'.length);
  if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) return value.slice('tg-'.length);
  return undefined;
}

const END = /<\/([^\s>]*)\s*(>?)/y;

function readEnd(source: string, begin: number, open: OpenTag | undefined): Tag | Failure {
  if (!open) return unparsable('Unexpected end tag', source, begin);
  const [whole, given = '', closed] = match(END, source, begin);
  if (closed !== '>') return unparsable('Unclosed end tag', source, begin);
  const name = given.toLowerCase();
  if (name !== '' && name !== open.name) {
    const place = Buffer.byteLength(source.slice(0, begin));
    return badRequest(
      `can't parse entities: Unmatched end tag at byte offset ${place}, expected "</${open.name}>", found "</${name}>"`,
    );
  }
  return { name, argument: '', next: begin + whole.length };
}

/** Adds what a tag stands for; a tag around nothing stands for nothing. */
function close(found: Found[], { name, argument, offset }: OpenTag, text: string, userOf: UserOf): Failure | undefined {
  const place = { offset, length: text.length - offset };
  if (place.length === 0) return undefined;
  const add = (entity: MessageEntity, language = '') => void found.push({ entity, language });
  const simple = SIMPLE[name];
  if (simple) {
    add({ type: simple, ...place });
  } else if (name === 'a') {
    const link = linked(argument === '' ? text.slice(offset) : argument, place, userOf);
    if (link) add(link);
  } else if (name === 'blockquote') {
    add({ type: argument === '' ? 'blockquote' : 'expandable_blockquote', ...place });
  } else if (name === 'tg-emoji') {
    if (!/^[1-9]\d*$/.test(argument)) {
      return badRequest("can't parse entities: Invalid custom emoji identifier specified");
    }
    add({ type: 'custom_emoji', ...place, custom_emoji_id: argument });
  } else {
    // A language counts where `code` and `pre` hold the very same text, either in the other.
    const inner = found.at(-1);
    const isPair =
      inner?.entity.offset === offset &&
      inner.entity.length === place.length &&
      inner.entity.type === (name === 'pre' ? 'code' : 'pre');
    const language = name === 'pre' ? (inner?.language ?? '') : argument;
    if (isPair && language !== '') {
      found.pop();
      add({ type: 'pre', ...place, language });
    } else if (name === 'pre') {
      if (isPair) found.pop();
      add({ type: 'pre', ...place });
    } else {
      add({ type: 'code', ...place }, argument);
    }
  }
  return undefined;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));?/iy;

function characterAt(source: string, at: number): { readonly character: string; readonly next: number } | undefined {
  const [whole = '', hexadecimal, decimal, name] = match(REFERENCE, source, at);
  const next = at + whole.length;
  if (name !== undefined) {
    const character = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    return character === undefined ? undefined : { character, next };
  }
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  const isCharacter = code > 0 && code < 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? { character: String.fromCodePoint(code), next } : undefined;
}

function decode(value: string): string {
  return value.replace(new RegExp(REFERENCE.source, 'gi'), (whole) => characterAt(whole, 0)?.character ?? whole);
}

/** What a sticky expression finds at a place; empty where it finds nothing. */
function match(pattern: RegExp, source: string, at: number): readonly (string | undefined)[] & { readonly 0: string } {
  pattern.lastIndex = at;
  return (pattern.exec(source) ?? ['']) as unknown as readonly (string | undefined)[] & { readonly 0: string };
}
