import type { Message, User } from '@grammyjs/types';
import { nextMessageId } from './chats.ts';
import type { ChatState, World } from './world.ts';

export type MessageContent = Partial<Omit<Message, 'message_id' | 'date' | 'chat'>>;

/** Puts a message into a chat and tells the subscribers; whether the bot hears of it is deliver's question. */
export function post(world: World, state: ChatState, content: MessageContent): Message {
  const message: Message = {
    message_id: nextMessageId(world, state),
    date: unixTime(world),
    chat: state.chat,
    ...content,
  };
  state.history.add(message);
  if (state.slowMode > 0 && message.from) state.lastSpoke.set(message.from.id, world.now());
  world.events.emit({ kind: 'message', message });
  return message;
}

/** Puts a changed version in its place. */
export function repost(world: World, state: ChatState, before: Message, message: Message): Message {
  state.history.replace(message);
  world.events.emit({ kind: 'edited', message, before });
  return message;
}

export function unixTime(world: World): number {
  return Math.floor(world.now() / 1_000);
}

/** As a reply carries it: without what it was itself a reply to. */
export function asReplied(message: Message): NonNullable<Message['reply_to_message']> {
  if (message.reply_to_message === undefined) return message as NonNullable<Message['reply_to_message']>;
  const { reply_to_message: _, ...rest } = message;
  return rest as NonNullable<Message['reply_to_message']>;
}

/** Fields that a message in a topic carries. */
export function inTopic(state: ChatState, threadId: number | undefined): MessageContent {
  if (state.chat.is_forum !== true || threadId === undefined) return {};
  return { message_thread_id: threadId, is_topic_message: true };
}

/** Stands in `from` when an anonymous administrator speaks. */
export const GROUP_ANONYMOUS_BOT: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

/** Stands in `from` when a channel speaks in a group. */
export const CHANNEL_BOT: User = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };

/** Stands in `from` when a channel post is forwarded to the discussion group automatically. */
export const TELEGRAM_USER: User = { id: 777_000, is_bot: false, first_name: 'Telegram' };
