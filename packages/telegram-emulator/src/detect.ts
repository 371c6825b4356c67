import type { MessageEntity, User } from '@grammyjs/types';

// What Telegram's server marks in a text that a person typed, after TDLib's MessageEntity.cpp (match_mentions,
// match_bot_commands, match_hashtags, match_cashtags). A Chinese character is a word character there, so 「你好@my_bot」
// and 「@my_bot你好」 hold no mention, and 「/start你好」 no command; nor does 「/start@my_bot你好」: what was read of a
// command is never given back.
const MENTION = /(?<![\p{L}\p{N}_])@[A-Za-z0-9_]{2,32}(?![\p{L}\p{N}_])/gu;
const COMMAND = /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32}|(?!@))(?![\p{L}\p{N}_/<>])/gu;
/** What a hashtag is made of: letters and digits, the middle dot of Catalan, the zero-width non-joiner, Sinhala's signs. */
const TAG = String.raw`[\p{L}\p{Nd}_\u200c\u00b7\u0d80-\u0dff]`;
const HASHTAG = new RegExp(`(?<!${TAG})#(?=${TAG}{0,255}\\p{L})${TAG}{1,256}(?!${TAG}*#)`, 'gu');
const CASHTAG = new RegExp(`(?<!${TAG}|\\$)\\$(?:1INCH|[A-Z]{1,8})(?!${TAG}|\\$)`, 'gu');
const EMAIL = /(?<![\p{L}\p{N}_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![A-Za-z0-9_])/gu;
// Simpler than TDLib's: with a scheme anything, without one only the endings people type in a group.
const URL =
  /(?:https?:\/\/|tg:\/\/)[^\s<>"«»“”，。；！？、）】》]+|(?<![\p{L}\p{N}_@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|cn|gov|me|io|dev|info)(?:\/[^\s<>"«»“”，。；！？、）】》]*)?(?![\p{L}\p{N}_-])/giu;

/** With the character that each kind can't do without: looking for it is cheaper than the expression. */
const KINDS = [
  ['url', URL, '.'],
  ['email', EMAIL, '@'],
  ['bot_command', COMMAND, '/'],
  ['mention', MENTION, '@'],
  ['hashtag', HASHTAG, '#'],
  ['cashtag', CASHTAG, '$'],
] as const;

/** A name in the text that stands for a user without a username. */
export interface TextMention {
  readonly text: string;
  readonly user: User;
}

export function detectEntities(text: string, mentions: readonly TextMention[] = []): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const { text: name, user } of mentions) {
    const offset = text.indexOf(name);
    if (offset >= 0) found.push({ type: 'text_mention', offset, length: name.length, user });
  }
  for (const [type, pattern, needed] of KINDS) {
    if (!text.includes(needed)) continue;
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: withoutTail(type, match[0]).length };
      if (!found.some((other) => overlap(other, entity))) found.push(entity);
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function withoutTail(type: string, text: string): string {
  return type === 'url' ? text.replace(/[.:;,('?!`]+$/, '') : text;
}

function overlap(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
