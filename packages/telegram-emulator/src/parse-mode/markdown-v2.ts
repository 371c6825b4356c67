import type { MessageEntity } from '@grammyjs/types';
import { badRequest, type Failure, isFailure } from '../reply.ts';
import { readFence } from './markdown.ts';
import { emojiIdOf, linked, type MarkedText, type UserOf, unparsable } from './marked.ts';

type Kind =
  | 'Bold'
  | 'Italic'
  | 'Underline'
  | 'Strikethrough'
  | 'Spoiler'
  | 'Code'
  | 'Pre'
  | 'TextUrl'
  | 'CustomEmoji'
  | 'BlockQuote';

/** Something begun that waits for its end. */
interface Open {
  /** As an error names it. */
  readonly kind: Kind;
  readonly language: string;
  /** Where its text begins. */
  readonly offset: number;
  /** Where it begins in the source. */
  readonly begin: number;
}

/** What begins or ends at a place of the source, and where the source goes on behind it. */
interface Begun {
  readonly kind: Kind | undefined;
  readonly language: string;
  readonly next: number;
}

interface Ended {
  readonly entity: MessageEntity | undefined;
  readonly next: number;
}

const RESERVED = '_*[]()~`>#+-=|{}.!\n';
const SIMPLE: Partial<Record<Kind, 'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler' | 'code'>> = {
  Bold: 'bold',
  Italic: 'italic',
  Underline: 'underline',
  Strikethrough: 'strikethrough',
  Spoiler: 'spoiler',
  Code: 'code',
};

/** `parse_mode: MarkdownV2`, with the errors of TDLib's parse_markdown_v2. */
export function parseMarkdownV2(source: string, userOf: UserOf): MarkedText | Failure {
  let text = '';
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  const isQuoting = () => open.some(({ kind }) => kind === 'BlockQuote');
  for (let at = 0; at < source.length; ) {
    const character = source.charAt(at);
    const inner = open.at(-1);
    if (character === '\\' && isEscapable(source, at + 1)) {
      text += source.charAt(at + 1);
      at += 2;
      continue;
    }
    const reserved = inner?.kind === 'Code' || inner?.kind === 'Pre' ? '`' : RESERVED;
    if (!reserved.includes(character)) {
      text += character;
      at++;
      continue;
    }
    const endsQuote = isQuoting() && character === '\n' && source[at + 1] !== '>';
    if (inner && (endsQuote || ends(inner.kind, source, at))) {
      if (endsQuote && inner.kind !== 'BlockQuote') return neverEnds(source, inner);
      const ended = end(inner, source, at, text, userOf);
      if (isFailure(ended)) return ended;
      open.pop();
      if (ended.entity && text.length > inner.offset) entities.push(ended.entity);
      if (endsQuote) text += '\n';
      at = ended.next;
      continue;
    }
    const begun = begin(source, at, text, isQuoting());
    if (isFailure(begun)) return begun;
    if (character === '\n') text += '\n';
    if (begun.kind) open.push({ kind: begun.kind, language: begun.language, offset: text.length, begin: at });
    at = begun.next;
  }
  const last = open.at(-1);
  if (last?.kind === 'BlockQuote') {
    open.pop();
    const length = text.length - last.offset;
    if (length > 0) entities.push({ type: 'blockquote', offset: last.offset, length });
  }
  const left = open.at(-1);
  return left ? neverEnds(source, left) : { text, entities };
}

function isEscapable(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code > 0 && code <= 126;
}

function neverEnds(source: string, { kind, language, begin: at }: Open): Failure {
  const name = kind === 'Pre' && language !== '' ? 'PreCode' : kind;
  return unparsable(`Can't find end of ${name} entity`, source, at);
}

function ends(kind: Kind, source: string, at: number): boolean {
  const begins = (mark: string) => source.startsWith(mark, at);
  switch (kind) {
    case 'Bold':
      return begins('*');
    case 'Italic':
      return begins('_') && !begins('__');
    case 'Underline':
      return begins('__');
    case 'Strikethrough':
      return begins('~');
    case 'Spoiler':
      return begins('||');
    case 'Code':
      return begins('`');
    case 'Pre':
      return begins('```');
    case 'TextUrl':
    case 'CustomEmoji':
      return begins(']');
    case 'BlockQuote':
      // The mark of an expandable one, at its very end.
      return begins('||') && (at + 2 === source.length || (source[at + 2] === '\n' && source[at + 3] !== '>'));
  }
}

function begin(source: string, at: number, text: string, isQuoting: boolean): Begun | Failure {
  const begins = (mark: string) => source.startsWith(mark, at);
  const as = (kind: Kind | undefined, length: number): Begun => ({ kind, language: '', next: at + length });
  if (begins('__')) return as('Underline', 2);
  if (begins('_')) return as('Italic', 1);
  if (begins('*')) return as('Bold', 1);
  if (begins('~')) return as('Strikethrough', 1);
  if (begins('||')) return as('Spoiler', 2);
  if (begins('[')) return as('TextUrl', 1);
  if (begins('![')) return as('CustomEmoji', 2);
  const fence = readFence(source, at);
  if (fence) return { kind: 'Pre', ...fence };
  if (begins('`')) return as('Code', 1);
  if (begins('\n>')) return as(isQuoting ? undefined : 'BlockQuote', 2);
  if (begins('\n')) return as(undefined, 1);
  if (begins('>') && (text === '' || text.endsWith('\n'))) return as('BlockQuote', 1);
  return badRequest(
    `can't parse entities: Character '${source.charAt(at)}' is reserved and must be escaped with the preceding '\\'`,
  );
}

function end(
  { kind, language, offset }: Open,
  source: string,
  at: number,
  text: string,
  userOf: UserOf,
): Ended | Failure {
  const place = { offset, length: text.length - offset };
  const simple = SIMPLE[kind];
  if (simple) {
    return { entity: { type: simple, ...place }, next: at + (kind === 'Underline' || kind === 'Spoiler' ? 2 : 1) };
  }
  if (kind === 'Pre') {
    return { entity: { type: 'pre', ...place, ...(language === '' ? {} : { language }) }, next: at + 3 };
  }
  if (kind === 'BlockQuote') {
    return source[at] === '|'
      ? { entity: { type: 'expandable_blockquote', ...place }, next: at + 2 }
      : { entity: { type: 'blockquote', ...place }, next: at + 1 };
  }
  if (source[at + 1] !== '(') {
    if (kind === 'CustomEmoji')
      return badRequest("can't parse entities: Custom emoji entity must contain a tg://emoji URL");
    return { entity: linked(text.slice(offset), place, userOf), next: at + 1 };
  }
  const url = readUrl(source, at + 2);
  if (!url) return unparsable(`Can't find end of a ${kind === 'TextUrl' ? '' : 'custom emoji '}URL`, source, at + 2);
  if (kind === 'TextUrl') return { entity: linked(url.address, place, userOf), next: url.next };
  const id = emojiIdOf(url.address);
  if (id === undefined) return badRequest("can't parse entities: Custom emoji URL must have an emoji identifier");
  return { entity: { type: 'custom_emoji', ...place, custom_emoji_id: id }, next: url.next };
}

function readUrl(source: string, from: number): { readonly address: string; readonly next: number } | undefined {
  let address = '';
  for (let at = from; at < source.length; at++) {
    if (source[at] === ')') return { address, next: at + 1 };
    if (source[at] === '\\' && isEscapable(source, at + 1)) at++;
    address += source.charAt(at);
  }
  return undefined;
}
