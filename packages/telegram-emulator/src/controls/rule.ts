import type { Chat, ChatMember, Message, User } from '@grammyjs/types';
import { GENERAL_TOPIC } from '../access.ts';
import { addChat, isGroup, newChatId } from '../chats.ts';
import { deliverMessage } from '../deliver.ts';
import { botUser, makeMember, type Role } from '../members.ts';
import { changeMember, recordMember } from '../membership.ts';
import { GROUP_ANONYMOUS_BOT, inTopic, type MessageContent, post } from '../post.ts';
import type { ChatState, Permissions, World } from '../world.ts';
import { type ChatRef, refuse, stateOf } from './refs.ts';

/** What those who run a chat do to it; the bot hears of each as Telegram would tell it. */
export interface Rule {
  /** Gives someone a place: joins, promotes, restricts, removes. `by` is the creator unless said otherwise. */
  role(chat: ChatRef, user: User, role: Role, by?: User): ChatMember;
  /** The same for the bot: my_chat_member and, on coming and going, a service message. */
  bot(chat: ChatRef, role: Role, by?: User): ChatMember;
  permissions(chat: ChatRef, permissions: Partial<Permissions>): void;
  /** Seconds between two messages of one member; 0 switches it off. */
  slowMode(chat: ChatRef, seconds: number): void;
  /** Opens a topic of a forum; its id is the id of the service message. */
  openTopic(chat: ChatRef, name: string, by?: User): number;
  /** Topic 1 is General. */
  closeTopic(chat: ChatRef, topic: number): void;
  reopenTopic(chat: ChatRef, topic: number): void;
  /** With all its messages, and without a word to the bot. */
  deleteTopic(chat: ChatRef, topic: number): void;
  /** Turns a basic group into a supergroup and returns the latter. */
  migrate(chat: ChatRef): Chat.SupergroupChat;
}

export function createRule(world: World): Rule {
  function place(chat: ChatRef, user: User, role: Role, by?: User): ChatMember {
    const state = stateOf(world, chat);
    const next = makeMember(user, role);
    changeMember(world, state, user, next, by ?? creatorOf(state));
    return next;
  }

  function announce(state: ChatState, content: MessageContent): Message {
    const message = post(world, state, content);
    deliverMessage(world, state, message);
    return message;
  }

  function setClosed(chat: ChatRef, id: number, closed: boolean): void {
    const state = stateOf(world, chat);
    const topic = state.topics.get(id) ?? refuse('no_topic', 'there is no such topic');
    if (topic.closed === closed) return;
    state.topics.set(id, { ...topic, closed });
    announce(state, {
      from: creatorOf(state),
      ...(id === GENERAL_TOPIC ? {} : inTopic(state, id)),
      ...(closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }),
    });
  }

  return {
    role: place,
    bot: (chat, role, by) => place(chat, botUser(world), role, by),
    permissions(chat, permissions) {
      const state = stateOf(world, chat);
      state.permissions = { ...state.permissions, ...permissions };
    },
    slowMode(chat, seconds) {
      stateOf(world, chat).slowMode = seconds;
    },
    openTopic(chat, name, by) {
      const state = stateOf(world, chat);
      if (!state.chat.is_forum) refuse('not_a_group', 'only a forum has topics');
      // The message opens the thread that carries its own id.
      const id = state.lastMessageId + 1;
      state.topics.set(id, { id, name, closed: false });
      announce(state, {
        from: by ?? creatorOf(state),
        ...inTopic(state, id),
        forum_topic_created: { name, icon_color: 0x6fb9f0 },
      });
      return id;
    },
    closeTopic: (chat, topic) => setClosed(chat, topic, true),
    reopenTopic: (chat, topic) => setClosed(chat, topic, false),
    deleteTopic(chat, topic) {
      const state = stateOf(world, chat);
      state.topics.delete(topic);
      for (const { message } of state.history.list()) {
        if (message.message_thread_id !== topic || !message.is_topic_message) continue;
        state.history.remove(message.message_id);
        world.events.emit({ kind: 'deleted', chatId: state.chat.id, messageId: message.message_id });
      }
    },
    migrate: (chat) => migrate(world, stateOf(world, chat)),
  };
}

function creatorOf(state: ChatState): User {
  for (const member of state.members.values()) if (member.status === 'creator') return member.user;
  return GROUP_ANONYMOUS_BOT;
}

/**
 * As tdlib/telegram-bot-api#266 recorded it: the bot joins the new supergroup by my_chat_member, each side gets its
 * service message, and nothing says that the bot left the old group.
 */
function migrate(world: World, old: ChatState): Chat.SupergroupChat {
  if (old.chat.type !== 'group' || !isGroup(old.chat)) refuse('not_a_group', 'only a basic group becomes a supergroup');
  if (old.migratedTo !== undefined) refuse('migrated', 'the group is a supergroup already');
  const chat: Chat.SupergroupChat = {
    id: newChatId(world, 'supergroup'),
    type: 'supergroup',
    title: old.chat.title ?? '',
  };
  const state = addChat(world, chat);
  const bot = botUser(world);
  for (const [id, member] of old.members) if (id !== bot.id) state.members.set(id, member);
  const inOld = old.members.get(bot.id);
  if (inOld) recordMember(world, state, bot, inOld, creatorOf(old));
  deliverMessage(world, old, post(world, old, { from: creatorOf(old), migrate_to_chat_id: chat.id }));
  const arrival = { from: GROUP_ANONYMOUS_BOT, sender_chat: chat, migrate_from_chat_id: old.chat.id };
  deliverMessage(world, state, post(world, state, arrival));
  old.migratedTo = chat.id;
  world.events.emit({ kind: 'chat', chatId: old.chat.id });
  return chat;
}
