import type { Chat, User } from '@grammyjs/types';
import { createHistory } from './history.ts';
import type { Params } from './params.ts';
import { badRequest, type Failure } from './reply.ts';
import type { ChatState, World } from './world.ts';

/** A supergroup's or channel's id is its own number below this. */
const CHANNEL_BASE = -1_000_000_000_000;

export function addChat(world: World, chat: Chat): ChatState {
  const state: ChatState = {
    chat,
    members: new Map(),
    history: createHistory(world.historyLimit),
    topics: new Map(),
    // Message 1 is the chat's creation, which no bot sees; in a forum, 1 names General.
    lastMessageId: 1,
    slowMode: 0,
    lastSpoke: new Map(),
    linkedChatId: undefined,
    migratedTo: undefined,
    permissions: { can_send_messages: true, can_send_photos: true, can_send_documents: true },
    dialogue: 'none',
    pinned: undefined,
  };
  world.chats.set(chat.id, state);
  return state;
}

/** The private chat with a user, made on first use. */
export function privateChat(world: World, user: User): ChatState {
  const existing = world.chats.get(user.id);
  if (existing) return existing;
  return addChat(world, {
    id: user.id,
    type: 'private',
    first_name: user.first_name,
    ...(user.last_name === undefined ? {} : { last_name: user.last_name }),
    ...(user.username === undefined ? {} : { username: user.username }),
  });
}

export function newChatId(world: World, type: 'group' | 'supergroup' | 'channel'): number {
  const number = ++world.counters.chat;
  return type === 'group' ? -number : CHANNEL_BASE - number;
}

/** Ids run per supergroup and channel, and over all private chats and basic groups together. */
export function nextMessageId(world: World, state: ChatState): number {
  const { type } = state.chat;
  if (type === 'supergroup' || type === 'channel') return ++state.lastMessageId;
  return ++world.counters.message;
}

/** The chat that `chat_id` names: a number, a numeric string, or @username. */
export function findChat(world: World, params: Params, name = 'chat_id'): ChatState | Failure {
  const value = params[name];
  if (value === undefined || value === null || value === '') return badRequest(`${name} is empty`);
  const found = typeof value === 'string' ? byText(world, value) : world.chats.get(Number(value));
  return found ?? badRequest('chat not found');
}

function byText(world: World, text: string): ChatState | undefined {
  if (/^-?\d+$/.test(text)) return world.chats.get(Number(text));
  if (!text.startsWith('@')) return undefined;
  const username = text.slice(1).toLowerCase();
  for (const state of world.chats.values()) {
    // A bot can't reach a person by username.
    if (state.chat.type !== 'private' && state.chat.username?.toLowerCase() === username) return state;
  }
  return undefined;
}

export function isGroup(chat: Chat): boolean {
  return chat.type === 'group' || chat.type === 'supergroup';
}
