import type { Chat, Message, MessageEntity, MessageOrigin, User } from '@grammyjs/types';
import { slowModeWait } from '../access.ts';
import { privateChat } from '../chats.ts';
import { deliver, deliverMessage } from '../deliver.ts';
import { detectEntities, type TextMention } from '../detect.ts';
import { forwardToDiscussion } from '../discussion.ts';
import { documentOf, imageSize, photoSize, storeDocument, storeFile } from '../files.ts';
import { botUser, isAdmin, isPresent, makeMember, maySend, memberOf } from '../members.ts';
import {
  asReplied,
  CHANNEL_BOT,
  GROUP_ANONYMOUS_BOT,
  inTopic,
  type MessageContent,
  post,
  repost,
  unixTime,
} from '../post.ts';
import { threadOf } from '../threads.ts';
import type { ChatState, World } from '../world.ts';
import { type ChatRef, refuse, stateOf } from './refs.ts';

/** How something is said; everything may be left out. */
export interface SayOptions {
  /** The message answered, or its id. */
  readonly replyTo?: Message | number;
  /** The topic of a forum; none for General. */
  readonly topic?: number;
  /** Names in the text that stand for users without a username. */
  readonly mentions?: readonly TextMention[];
  /** Formatting that the person applied; commands, mentions, links and hashtags are found by themselves. */
  readonly entities?: readonly MessageEntity[];
  /** The text becomes the caption of a photo: these bytes, or a placeholder. */
  readonly photo?: boolean | Uint8Array;
  /** The text becomes the caption of a file. */
  readonly document?: { readonly name: string; readonly bytes: Uint8Array; readonly type?: string };
  readonly forwardOrigin?: MessageOrigin;
  readonly viaBot?: User;
  /** Speaks as the group itself, as administrators with is_anonymous do anyway, or as a channel. */
  readonly as?: 'anonymous' | Chat;
  /** Other fields, put into the message as they are. */
  readonly extra?: Partial<Message>;
}

/** What the people in the chats do. Each call returns at once; the bot hears of it through its updates. */
export interface People {
  say(chat: ChatRef, from: User, text: string, options?: SayOptions): Message;
  /** Changes the text of a person's own message. */
  edit(message: Message, text: string): Message;
  remove(message: Message): void;
  /** Opens t.me/<bot>?start=payload in private, as tapping the link and START does. */
  start(user: User, payload?: string): Message;
  block(user: User): void;
  unblock(user: User): void;
  /** Deletes the person's account. */
  deactivate(user: User): void;
}

export function createPeople(world: World): People {
  function setBlocked(user: User, blocked: boolean): void {
    const state = privateChat(world, user);
    if ((state.dialogue === 'blocked') === blocked) return;
    state.dialogue = blocked ? 'blocked' : 'open';
    const bot = botUser(world);
    deliver(world, 'my_chat_member', {
      chat: state.chat,
      from: user,
      date: unixTime(world),
      old_chat_member: makeMember(bot, { status: blocked ? 'member' : 'kicked' }),
      new_chat_member: makeMember(bot, { status: blocked ? 'kicked' : 'member' }),
    });
    world.events.emit({ kind: 'chat', chatId: state.chat.id });
  }

  const people: People = {
    say(chat, from, text, options = {}) {
      const state = stateOf(world, chat);
      checkMaySpeak(world, state, from, options);
      // Who writes first may be answered.
      if (state.dialogue === 'none' && state.chat.id === from.id) state.dialogue = 'open';
      const message = post(world, state, compose(world, state, from, text, options));
      deliverMessage(world, state, message);
      if (state.chat.type === 'channel') forwardToDiscussion(world, state, message);
      return message;
    },
    edit(message, text) {
      const state = stateOf(world, message.chat);
      const before = state.history.get(message.message_id)?.message ?? refuse('not_found', 'there is no such message');
      const { entities: _, caption_entities: __, ...rest } = before;
      const entities = detectEntities(text);
      const found = entities.length > 0 ? { [before.photo ? 'caption_entities' : 'entities']: entities } : {};
      const changed = { ...rest, [before.photo ? 'caption' : 'text']: text, ...found, edit_date: unixTime(world) };
      const after = repost(world, state, before, changed as Message);
      deliverMessage(world, state, after, true);
      return after;
    },
    remove(message) {
      const state = stateOf(world, message.chat);
      if (!state.history.remove(message.message_id)) return;
      world.events.emit({ kind: 'deleted', chatId: state.chat.id, messageId: message.message_id });
    },
    start(user, payload) {
      if (payload !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(payload)) {
        refuse('bad_link', 'a deep link takes 1-64 of A-Z, a-z, 0-9, _ and -');
      }
      const state = privateChat(world, user);
      if (state.dialogue === 'blocked') setBlocked(user, false);
      return people.say(state.chat, user, payload === undefined ? '/start' : `/start ${payload}`);
    },
    block: (user) => setBlocked(user, true),
    unblock: (user) => setBlocked(user, false),
    deactivate(user) {
      privateChat(world, user).dialogue = 'deactivated';
    },
  };
  return people;
}

function checkMaySpeak(world: World, state: ChatState, from: User, options: SayOptions): void {
  if (state.migratedTo !== undefined) refuse('migrated', `the group is now the supergroup ${state.migratedTo}`);
  if (state.chat.type === 'private') {
    if (state.dialogue === 'blocked') refuse('blocked', 'unblock the bot first');
    return;
  }
  if (options.as !== undefined) return;
  const member = memberOf(state, from);
  if (!isPresent(member)) refuse('not_member', `${from.first_name} is not in the chat`);
  if (
    !maySend(
      state,
      member,
      options.document ? 'can_send_documents' : options.photo ? 'can_send_photos' : 'can_send_messages',
    )
  ) {
    refuse('no_right', `${from.first_name} may not send that here`);
  }
  const topic = state.topics.get(options.topic ?? 1);
  if (state.chat.is_forum) {
    if (!topic) refuse('no_topic', 'there is no such topic');
    else if (topic.closed && !isAdmin(member)) refuse('topic_closed', 'the topic is closed');
  }
  const wait = slowModeWait(world, state, from.id);
  if (wait > 0) refuse('slow_mode', `slow mode: ${wait} s to wait`);
}

function compose(world: World, state: ChatState, from: User, text: string, options: SayOptions): MessageContent {
  const replied = findReplied(state, options);
  const mentions = options.mentions?.map(({ text: name, user }) => ({ text: name, user: asUser(world, user) }));
  const entities = [...detectEntities(text, mentions), ...(options.entities ?? [])];
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  const topicId = options.topic ?? (replied?.is_topic_message ? replied.message_thread_id : undefined);
  return {
    ...author(state, from, options),
    ...inTopic(state, topicId),
    ...threadOf(state, replied),
    ...(replied ? { reply_to_message: asReplied(replied) } : {}),
    ...(options.forwardOrigin ? { forward_origin: options.forwardOrigin } : {}),
    ...(options.viaBot ? { via_bot: asUser(world, options.viaBot) } : {}),
    ...(options.document
      ? attached(world, options.document, text, entities)
      : options.photo
        ? captioned(world, options.photo, text, entities)
        : written(text, entities)),
    ...options.extra,
  };
}

/** What getMe tells of the bot isn't part of a User. */
function asUser(world: World, user: User): User {
  return user.id === world.bot.id ? botUser(world) : user;
}

function written(text: string, entities: MessageEntity[]): MessageContent {
  return { text, ...(entities.length > 0 ? { entities } : {}) };
}

function captioned(world: World, photo: true | Uint8Array, caption: string, entities: MessageEntity[]): MessageContent {
  const bytes = photo === true ? Uint8Array.of(0) : photo;
  return {
    photo: [photoSize(storeFile(world, bytes, imageSize(bytes) ?? { width: 800, height: 600 }))],
    ...(caption === '' ? {} : { caption }),
    ...(entities.length > 0 ? { caption_entities: entities } : {}),
  };
}

function attached(
  world: World,
  { name, bytes, type = 'application/octet-stream' }: NonNullable<SayOptions['document']>,
  caption: string,
  entities: MessageEntity[],
): MessageContent {
  return {
    document: documentOf(storeDocument(world, bytes, name, type)),
    ...(caption === '' ? {} : { caption }),
    ...(entities.length > 0 ? { caption_entities: entities } : {}),
  };
}

function author(state: ChatState, from: User, options: SayOptions): MessageContent {
  const member = state.members.get(from.id);
  const hidden = member !== undefined && isAdmin(member) && 'is_anonymous' in member && member.is_anonymous;
  const as = options.as ?? (hidden ? 'anonymous' : undefined);
  if (state.chat.type === 'channel') return { sender_chat: state.chat, author_signature: from.first_name };
  if (as === 'anonymous') return { from: GROUP_ANONYMOUS_BOT, sender_chat: state.chat };
  if (as !== undefined) return { from: CHANNEL_BOT, sender_chat: as };
  return { from };
}

/** In a topic, a message that answers none answers the one that opened the topic. */
function findReplied(state: ChatState, { replyTo, topic }: SayOptions): Message | undefined {
  if (replyTo === undefined) return topic === undefined ? undefined : state.history.get(topic)?.message;
  const id = typeof replyTo === 'number' ? replyTo : replyTo.message_id;
  const found = state.history.get(id)?.message;
  return found ?? (typeof replyTo === 'number' ? refuse('not_found', 'there is no such message') : replyTo);
}
