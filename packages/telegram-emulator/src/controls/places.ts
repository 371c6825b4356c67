import type { Chat, User } from '@grammyjs/types';
import { GENERAL_TOPIC } from '../access.ts';
import { addChat, newChatId, privateChat } from '../chats.ts';
import { botUser, makeMember } from '../members.ts';
import type { World } from '../world.ts';
import { type ChatRef, refuse, stateOf } from './refs.ts';

export interface NewUser {
  readonly id?: number;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
  readonly is_bot?: boolean;
}

export interface NewGroup {
  readonly title?: string;
  /** Its creator; one is made up when left out. */
  readonly creator?: User;
  readonly members?: readonly User[];
  /** Whether the bot is in it from the start, silently. True unless said otherwise. */
  readonly bot?: boolean | 'administrator';
}

export interface NewSupergroup extends NewGroup {
  readonly username?: string;
  readonly forum?: boolean;
}

export interface NewChannel extends NewSupergroup {
  /** The supergroup its posts are forwarded to automatically. */
  readonly discussion?: ChatRef;
}

/** Makes people and chats, silently: nothing here sends the bot an update. */
export interface Places {
  user(options?: NewUser): User;
  /** The private chat with the bot. `started: false`: the person never wrote, so the bot may not either. */
  privateChat(user: User, options?: { readonly started?: boolean }): Chat.PrivateChat;
  group(options?: NewGroup): Chat.GroupChat;
  supergroup(options?: NewSupergroup): Chat.SupergroupChat;
  channel(options?: NewChannel): Chat.ChannelChat;
}

export function createPlaces(world: World): Places {
  function user(options: NewUser = {}): User {
    const id = options.id ?? ++world.counters.user;
    const made: User = { is_bot: false, first_name: `User ${id}`, ...options, id };
    world.users.set(id, made);
    return made;
  }

  function settle(chat: Chat, { creator, members = [], bot = true }: NewGroup): void {
    const state = addChat(world, chat);
    const owner = creator ?? user({ first_name: 'Owner' });
    state.members.set(owner.id, makeMember(owner, { status: 'creator' }));
    for (const member of members) state.members.set(member.id, makeMember(member, { status: 'member' }));
    const self = botUser(world);
    if (bot !== false) {
      const status = bot === 'administrator' || chat.type === 'channel' ? 'administrator' : 'member';
      state.members.set(self.id, makeMember(self, { status }));
    }
    if (chat.is_forum) state.topics.set(GENERAL_TOPIC, { id: GENERAL_TOPIC, name: 'General', closed: false });
    world.events.emit({ kind: 'chat', chatId: chat.id });
  }

  return {
    user,
    privateChat(person, { started = true } = {}) {
      const state = privateChat(world, person);
      if (started && state.dialogue === 'none') state.dialogue = 'open';
      return state.chat as Chat.PrivateChat;
    },
    group(options = {}) {
      const chat: Chat.GroupChat = { id: newChatId(world, 'group'), type: 'group', title: options.title ?? 'Group' };
      settle(chat, options);
      return chat;
    },
    supergroup(options = {}) {
      const chat: Chat.SupergroupChat = {
        id: newChatId(world, 'supergroup'),
        type: 'supergroup',
        title: options.title ?? 'Supergroup',
        ...(options.username === undefined ? {} : { username: options.username }),
        ...(options.forum ? { is_forum: true } : {}),
      };
      settle(chat, options);
      return chat;
    },
    channel(options = {}) {
      const chat: Chat.ChannelChat = {
        id: newChatId(world, 'channel'),
        type: 'channel',
        title: options.title ?? 'Channel',
        ...(options.username === undefined ? {} : { username: options.username }),
      };
      settle(chat, options);
      if (options.discussion !== undefined) link(world, chat, options.discussion);
      return chat;
    },
  };
}

function link(world: World, channel: Chat, group: ChatRef): void {
  const discussion = stateOf(world, group);
  if (discussion.chat.type !== 'supergroup') refuse('not_a_group', 'only a supergroup can be a discussion group');
  discussion.linkedChatId = channel.id;
  stateOf(world, channel).linkedChatId = discussion.chat.id;
}
