import type { MessageEntity, User } from '@grammyjs/types';

// What Telegram's server marks in a text that a person typed. After TDLib's MessageEntity.cpp (match_mentions,
// match_bot_commands, match_hashtags): a Chinese character is a word character there, so 「请问@wence_bot」 and
// 「@wence_bot你好」 hold no mention, and 「/ask外资」 no command.
const MENTION = /(?<![\p{L}\p{N}_])@[A-Za-z0-9_]{2,32}(?![\p{L}\p{N}_])/gu;
const COMMAND = /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{N}_/<>])/gu;
const HASHTAG =
  /(?<![\p{L}\p{Nd}_\u200c])#(?=[\p{Nd}_\u200c]*\p{L})[\p{L}\p{Nd}_\u200c]{1,256}(?![\p{L}\p{Nd}_\u200c]*#)/gu;
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
