import type { Message, MessageEntity, UserFromGetMe } from '@grammyjs/types';
import { commandWord, pointsAtAnother } from './wordings.ts';

/** How a message concerns us. `quoted`: the words are somebody else's, whom the message points to. */
export type Addressed =
  | { readonly kind: 'command'; readonly name: string; readonly text: string; readonly quoted?: true }
  /** Asked of us: in private, by mention, or by a reply to one of our messages. */
  | { readonly kind: 'question'; readonly text: string; readonly quoted?: true }
  /** Said in a group, to nobody by name. */
  | { readonly kind: 'ambient'; readonly text: string; readonly quoted?: true }
  /** Sent to us in private without words of the sender's own. */
  | { readonly kind: 'wordless'; readonly what: 'forward' | 'media' };

/**
 * Tells whether a message is for us; undefined when it must be left alone: automatic forwards of a linked channel,
 * messages by way of bots or from bots and channels, commands and mentions for others, and in a group forwards and
 * whatever has no text.
 */
export function addressed(message: Message, me: UserFromGetMe): Addressed | undefined {
  const { chat } = message;
  const isPrivate = chat.type === 'private';
  if (chat.type === 'channel' || isByWay(message) || isFromBot(message)) return undefined;
  if (message.forward_origin !== undefined) return isPrivate ? { kind: 'wordless', what: 'forward' } : undefined;
  const text = message.text ?? message.caption ?? (isPrivate ? message.poll?.question : undefined);
  if (text === undefined) return isPrivate && isMedia(message) ? { kind: 'wordless', what: 'media' } : undefined;
  const entities = [...(message.entities ?? message.caption_entities ?? []), ...gluedMention(text, me)];
  const names = entities.filter(({ type }) => type === 'mention' || type === 'text_mention');
  const isMentioned = names.some((name) => isMentionOf(name, text, me));
  const isOurs = isPrivate || isMentioned || isReplyTo(message, me);
  // A name is no part of the question: @laowang would be read as pinyin.
  const own = without(text, names);
  const quoted = quotedText(message, me);
  const command = commandOf(text, entities) ?? commandIn(own, isOurs, me);
  if (command) {
    const { name, target } = command;
    if (target !== undefined && !sameName(target, me.username)) return undefined;
    const rest = without(command.rest.text, names.map(command.rest.shift));
    const isPointing = (rest === '' && name === 'ask') || pointsAtAnother(rest);
    return { kind: 'command', name, ...(quoted !== undefined && isPointing ? of(quoted) : { text: rest }) };
  }
  if (!isOurs && names.length > 0) return undefined;
  const isPointing = (own === '' && isOurs) || pointsAtAnother(own);
  if (quoted !== undefined && isPointing) return { kind: isOurs ? 'question' : 'ambient', ...of(quoted) };
  const word = isOurs ? commandWord(own) : undefined;
  if (word !== undefined) return { kind: 'command', name: word, text: '' };
  return isOurs ? { kind: 'question', text: own } : { kind: 'ambient', text };
}

const of = (text: string) => ({ text, quoted: true }) as const;

function isByWay({ is_automatic_forward, via_bot }: Message): boolean {
  return is_automatic_forward === true || via_bot !== undefined;
}

/** What people send instead of words. Service messages are none of it. */
const MEDIA = [
  'voice',
  'sticker',
  'photo',
  'video',
  'video_note',
  'animation',
  'audio',
  'document',
  'live_photo',
  'paid_media',
  'story',
  'location',
  'venue',
  'contact',
  'dice',
  'game',
  'checklist',
] as const satisfies readonly (keyof Message)[];

function isMedia(message: Message): boolean {
  return MEDIA.some((kind) => message[kind] !== undefined);
}

/** An anonymous admin has a placeholder bot in `from` and the group itself in `sender_chat`. */
function isFromBot({ sender_chat, chat, from }: Message): boolean {
  return sender_chat ? sender_chat.id !== chat.id : from?.is_bot === true;
}

export function isAnonymousAdmin({ sender_chat, chat }: Message): boolean {
  return sender_chat?.id === chat.id;
}

interface CommandText {
  readonly name: string;
  readonly target: string | undefined;
  readonly rest: { readonly text: string; readonly shift: (entity: MessageEntity) => MessageEntity };
}

function commandOf(text: string, entities: readonly MessageEntity[]): CommandText | undefined {
  const entity = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (!entity) return undefined;
  const [name = '', target] = text.slice(1, entity.length).split('@');
  const shift = (other: MessageEntity) => ({ ...other, offset: other.offset - entity.length });
  return { name: name.toLowerCase(), target, rest: { text: text.slice(entity.length), shift } };
}

/**
 * A command behind our name (`@us /help`), or one with Chinese directly behind it (`/ask外资`), which Telegram takes for
 * none. Where nothing else shows that it is for us, it must name us.
 */
function commandIn(own: string, isOurs: boolean, me: UserFromGetMe): CommandText | undefined {
  const [whole = '', name = '', target] = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]{3,32}))?(?![a-z0-9_@/])/i.exec(own) ?? [];
  if (whole === '' || !(isOurs || (target !== undefined && sameName(target, me.username)))) return undefined;
  return { name: name.toLowerCase(), target, rest: { text: own.slice(whole.length), shift: () => NOWHERE } };
}

/** Our name at the head of a message with Chinese directly behind it, which Telegram takes for no mention. */
function gluedMention(text: string, { username }: UserFromGetMe): readonly MessageEntity[] {
  const length = username.length + 1;
  const isHead = text.startsWith('@') && sameName(text.slice(1, length), username);
  return isHead && /^[^\sA-Za-z0-9_]/.test(text.slice(length)) ? [{ type: 'mention', offset: 0, length }] : [];
}

/** Takes nothing out of a text. */
const NOWHERE: MessageEntity = { type: 'mention', offset: 0, length: 0 };

function isMentionOf(entity: MessageEntity, text: string, me: UserFromGetMe): boolean {
  if (entity.type === 'text_mention') return entity.user?.id === me.id;
  return (
    entity.type === 'mention' && sameName(text.slice(entity.offset + 1, entity.offset + entity.length), me.username)
  );
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** A reply to the service message that opens a topic is how every message of the topic looks, not a reply to us. */
function isReplyTo({ reply_to_message: replied }: Message, me: UserFromGetMe): boolean {
  return replied?.from?.id === me.id && replied.forum_topic_created === undefined;
}

/** What somebody else said and a message replies to: the part that is quoted of it, its words, or what a poll asks. */
function quotedText({ reply_to_message, external_reply, quote }: Message, me: UserFromGetMe): string | undefined {
  const replied = reply_to_message?.forum_topic_created ? undefined : reply_to_message;
  if (quote && quote.text.trim() !== '') return quote.text;
  const text =
    replied?.from?.id === me.id
      ? undefined
      : (replied?.text ?? replied?.caption ?? replied?.poll?.question ?? external_reply?.poll?.question);
  return text === undefined || text.trim() === '' ? undefined : text;
}

function without(text: string, entities: readonly MessageEntity[]): string {
  let rest = text;
  const fromTheEnd = entities.toSorted((a, b) => b.offset - a.offset);
  for (const { offset, length } of fromTheEnd) {
    if (length > 0 && offset >= 0) rest = `${rest.slice(0, offset)} ${rest.slice(offset + length)}`;
  }
  return rest.trim();
}
