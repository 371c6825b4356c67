import type { MessageEntity } from '@grammyjs/types';
import type { Failure } from '../reply.ts';
import { linked, type MarkedText, type UserOf, unparsable } from './marked.ts';

const ENDS: Readonly<Record<string, string>> = { _: '_', '*': '*', '`': '`', '[': ']' };

/** `parse_mode: Markdown`, the old one without nesting, with the errors of TDLib's parse_markdown. */
export function parseMarkdown(source: string, userOf: UserOf): MarkedText | Failure {
  let text = '';
  const entities: MessageEntity[] = [];
  for (let at = 0; at < source.length; ) {
    const character = source.charAt(at);
    if (character === '\\' && source.charAt(at + 1) in ENDS) {
      text += source.charAt(at + 1);
      at += 2;
      continue;
    }
    if (!(character in ENDS)) {
      text += character;
      at++;
      continue;
    }
    const fence = readFence(source, at);
    const from = fence?.next ?? at + 1;
    const end = fence ? '```' : (ENDS[character] ?? '');
    const to = source.indexOf(end, from);
    if (to < 0) return unparsable("Can't find end of the entity starting", source, at);
    const offset = text.length;
    const length = to - from;
    text += source.slice(from, to);
    at = to + end.length;
    if (character === '[') {
      const link = readAddress(source, at);
      if (link) at = link.next;
      const entity = linked(link?.address ?? source.slice(from, to), { offset, length }, userOf);
      if (entity && length > 0) entities.push(entity);
    } else if (length > 0) {
      entities.push(entityOf(character, fence, offset, length));
    }
  }
  return { text, entities };
}

function entityOf(character: string, fence: Fence | undefined, offset: number, length: number): MessageEntity {
  if (fence) return { type: 'pre', offset, length, ...(fence.language === '' ? {} : { language: fence.language }) };
  return { type: character === '*' ? 'bold' : character === '_' ? 'italic' : 'code', offset, length };
}

/** Up to the next parenthesis, or to the end of the text. */
function readAddress(source: string, at: number): { readonly address: string; readonly next: number } | undefined {
  if (source[at] !== '(') return undefined;
  const end = source.indexOf(')', at);
  return end < 0
    ? { address: source.slice(at + 1), next: source.length }
    : { address: source.slice(at + 1, end), next: end + 1 };
}

export interface Fence {
  /** Empty where none is named. */
  readonly language: string;
  /** Where the code begins. */
  readonly next: number;
}

/** The head of a code block: three backticks, perhaps a language, perhaps a line break. */
export function readFence(source: string, at: number): Fence | undefined {
  if (!source.startsWith('```', at)) return undefined;
  const rest = source.slice(at + 3);
  const language = /^([^\s`]+)(?=\s)/.exec(rest)?.[1] ?? '';
  const lineBreak = /^(?:\r\n|\n\r|\n|\r)/.exec(rest.slice(language.length))?.[0] ?? '';
  return { language, next: at + 3 + language.length + lineBreak.length };
}
