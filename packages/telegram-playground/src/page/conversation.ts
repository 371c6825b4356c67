import type { Message } from '@grammyjs/types';
import type { PersonKey, Room } from '../protocol.ts';
import type { World } from './world.ts';

/** What one opens in the list of chats: a group, one topic of a forum, or the person's own chat with the bot. */
export interface Conversation {
  readonly key: string;
  readonly room: Room;
  readonly topic: number | undefined;
  readonly title: string;
  /** The forum that a topic is in. */
  readonly within: string | undefined;
}

/** General is topic 1 and unmarked in its messages. */
const GENERAL = 1;

export function conversationsOf(world: World, person: PersonKey): readonly Conversation[] {
  const rooms = [...world.rooms.values()].filter(({ owner }) => owner === undefined || owner === person);
  return rooms.sort((a, b) => rank(a) - rank(b)).flatMap(split);
}

export function belongs(message: Message, { topic }: Conversation): boolean {
  if (topic === undefined) return true;
  return topic === (message.is_topic_message ? message.message_thread_id : GENERAL);
}

export function messagesOf(world: World, conversation: Conversation): readonly Message[] {
  return (world.messages.get(conversation.room.id) ?? []).filter((message) => belongs(message, conversation));
}

/** Groups first, then the chat with the bot, then the forum's topics. */
function rank(room: Room): number {
  if (room.owner !== undefined) return 1;
  return room.topics.length === 0 ? 0 : 2;
}

function split(room: Room): readonly Conversation[] {
  const kind = room.owner === undefined ? String(room.id) : 'private';
  if (room.topics.length === 0) return [{ key: kind, room, topic: undefined, title: room.title, within: undefined }];
  return room.topics
    .filter(({ id }) => id !== GENERAL)
    .map(({ id, name }) => ({ key: `${kind}/${id}`, room, topic: id, title: name, within: room.title }));
}
