import type { Message, MessageEntity, UserFromGetMe } from '@grammyjs/types';

/** How a message concerns us. */
export type Addressed =
  | { readonly kind: 'command'; readonly name: string; readonly text: string }
  /** Asked of us: in private, by mention, or by a reply to one of our messages. */
  | { readonly kind: 'question'; readonly text: string }
  /** Said in a group, to nobody by name. */
  | { readonly kind: 'ambient'; readonly text: string };

/**
 * Tells whether a message is for us; undefined when it must be left alone: forwards, automatic forwards of a linked
 * channel, messages by way of bots or from bots and channels, commands and mentions for others, and whatever has no
 * text.
 */
export function addressed(message: Message, me: UserFromGetMe): Addressed | undefined {
  if (message.chat.type === 'channel' || isSecondHand(message) || isFromBot(message)) return undefined;
  const text = message.text ?? message.caption;
  if (text === undefined) return undefined;
  const entities = message.entities ?? message.caption_entities ?? [];
  const command = commandOf(text, entities);
  if (command) {
    const ours = command.target === undefined || sameName(command.target, me.username);
    return ours ? { kind: 'command', name: command.name, text: command.rest } : undefined;
  }
  const names = entities.filter(({ type }) => type === 'mention' || type === 'text_mention');
  const isMentioned = names.some((name) => isMentionOf(name, text, me));
  const isOurs = message.chat.type === 'private' || isMentioned || isReplyTo(message, me);
  if (!isOurs) return names.length > 0 ? undefined : { kind: 'ambient', text };
  // A name is no part of the question: @laowang would be read as pinyin.
  const own = without(text, names);
  return { kind: 'question', text: own === '' && isMentioned ? (quotedText(message, me) ?? '') : own };
}

function isSecondHand(message: Message): boolean {
  return message.forward_origin !== undefined || message.is_automatic_forward === true || message.via_bot !== undefined;
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
  readonly rest: string;
}

function commandOf(text: string, entities: readonly MessageEntity[]): CommandText | undefined {
  const entity = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (!entity) return undefined;
  const [name = '', target] = text.slice(1, entity.length).split('@');
  return { name: name.toLowerCase(), target, rest: text.slice(entity.length).trim() };
}

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

/** The message that somebody points us to with nothing but a mention: it is the question. */
function quotedText({ reply_to_message: replied }: Message, me: UserFromGetMe): string | undefined {
  return replied?.from?.id === me.id ? undefined : (replied?.text ?? replied?.caption);
}

function without(text: string, entities: readonly MessageEntity[]): string {
  let rest = text;
  const fromTheEnd = entities.toSorted((a, b) => b.offset - a.offset);
  for (const { offset, length } of fromTheEnd) rest = `${rest.slice(0, offset)} ${rest.slice(offset + length)}`;
  return rest.trim();
}
