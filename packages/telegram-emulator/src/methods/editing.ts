import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import { readableChat } from '../access.ts';
import { readCaption, readText } from '../content.ts';
import { deliverMessage } from '../deliver.ts';
import { inlineKeyboard, readMarkup } from '../keyboard.ts';
import { botMember, botUser, isAdmin } from '../members.ts';
import { type Params, readInteger, readJson, readString } from '../params.ts';
import { asReplied, post, repost, unixTime } from '../post.ts';
import { badRequest, type Failure, isFailure, type Reply, succeed } from '../reply.ts';
import type { ChatState, World } from '../world.ts';
import type { Methods } from './method.ts';

export const editing: Methods = {
  editMessageText(world, params) {
    const text = readText(world, params, 'MESSAGE_TOO_LONG');
    if (isFailure(text)) return text;
    return edit(world, params, (message) => {
      if (message.text === undefined) return badRequest('there is no text in the message to edit');
      const { entities: _, ...rest } = message;
      return { ...rest, text: text.text, ...(text.entities.length > 0 ? { entities: [...text.entities] } : {}) };
    });
  },

  editMessageCaption(world, params) {
    const caption = readCaption(world, params);
    if (isFailure(caption)) return caption;
    return edit(world, params, (message) => {
      if (message.photo === undefined) return badRequest('there is no caption in the message to edit');
      const { caption: _, caption_entities: __, ...rest } = message;
      return {
        ...rest,
        ...(caption.text === '' ? {} : { caption: caption.text }),
        ...(caption.entities.length > 0 ? { caption_entities: [...caption.entities] } : {}),
      };
    });
  },

  editMessageReplyMarkup: (world, params) => edit(world, params, (message) => message),

  deleteMessage(world, params) {
    const found = findMessage(world, params, 'delete');
    if (isFailure(found)) return found;
    const refused = checkDeletable(world, found);
    if (refused) return refused;
    const { state, message } = found;
    state.history.remove(message.message_id);
    world.events.emit({ kind: 'deleted', chatId: state.chat.id, messageId: message.message_id });
    return succeed(true);
  },

  pinChatMessage(world, params) {
    const found = findMessage(world, params, 'pin');
    if (isFailure(found)) return found;
    const { state, message } = found;
    const member = botMember(world, state);
    const may =
      state.chat.type === 'private' || (member.status === 'administrator' && member.can_pin_messages === true);
    if (!may) return badRequest('not enough rights to manage pinned messages in the chat');
    state.pinned = message.message_id;
    world.events.emit({ kind: 'pinned', chatId: state.chat.id, messageId: message.message_id });
    // Of its own doings the bot is told only of a pinning and a leaving.
    deliverMessage(world, state, post(world, state, { from: botUser(world), pinned_message: asReplied(message) }));
    return succeed(true);
  },

  setMessageReaction(world, params) {
    const found = findMessage(world, params, 'react');
    if (isFailure(found)) return found;
    const list = readJson(params, 'reaction') ?? [];
    if (!Array.isArray(list)) return badRequest("can't parse reaction types JSON object");
    if (list.length > 1) return badRequest('REACTIONS_TOO_MANY');
    const reaction = list.map((item) => String(item?.emoji ?? ''));
    if (reaction.some((emoji) => !/\p{Extended_Pictographic}/u.test(emoji))) return badRequest('REACTION_INVALID');
    const { state, message } = found;
    world.events.emit({ kind: 'reaction', chatId: state.chat.id, messageId: message.message_id, reaction });
    return succeed(true);
  },
};

interface Found {
  readonly state: ChatState;
  readonly message: Message;
}

/** Bots may delete their own messages for 48 hours. */
const DELETABLE_S = 48 * 3_600;

function findMessage(world: World, params: Params, what: 'edit' | 'delete' | 'pin' | 'react'): Found | Failure {
  const state = readableChat(world, params);
  if (isFailure(state)) return state;
  const id = readInteger(params, 'message_id');
  if (id === undefined || id <= 0) return badRequest('message identifier is not specified');
  const message = state.history.get(id)?.message;
  return message ? { state, message } : badRequest(`message to ${what} not found`);
}

/** A message sent by the bot, or through its inline mode; `message` is what answers the call. */
function findEditable(world: World, params: Params): (Found & { readonly inline: boolean }) | Failure {
  const inlineId = readString(params, 'inline_message_id');
  if (inlineId !== undefined && inlineId !== '') {
    const place = world.inlineMessages.get(inlineId);
    const state = place && world.chats.get(place.chatId);
    const message = place && state?.history.get(place.messageId)?.message;
    return state && message ? { state, message, inline: true } : badRequest('MESSAGE_ID_INVALID');
  }
  const found = findMessage(world, params, 'edit');
  if (isFailure(found)) return found;
  const { message } = found;
  const own =
    message.from?.id === world.bot.id ||
    (found.state.chat.type === 'channel' && isAdmin(botMember(world, found.state)));
  if (!own || message.via_bot) return badRequest("message can't be edited");
  return { ...found, inline: false };
}

function edit(world: World, params: Params, change: (message: Message) => Message | Failure): Reply {
  const markup = readMarkup(params);
  if (isFailure(markup)) return markup;
  const found = findEditable(world, params);
  if (isFailure(found)) return found;
  const changed = change(found.message);
  if (isFailure(changed)) return changed;
  const { reply_markup: before, ...rest } = changed;
  const keyboard = inlineKeyboard(markup);
  if (isSame(found.message, rest, before, keyboard)) {
    return badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  const message = repost(world, found.state, found.message, {
    ...rest,
    edit_date: unixTime(world),
    ...(keyboard ? { reply_markup: keyboard } : {}),
  });
  return succeed(found.inline ? true : message);
}

function isSame(
  before: Message,
  after: Message,
  oldKeyboard: InlineKeyboardMarkup | undefined,
  keyboard: InlineKeyboardMarkup | undefined,
): boolean {
  return (
    before.text === after.text &&
    before.caption === after.caption &&
    sameJson(before.entities, after.entities) &&
    sameJson(before.caption_entities, after.caption_entities) &&
    sameJson(oldKeyboard, keyboard)
  );
}

function sameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function checkDeletable(world: World, { state, message }: Found): Failure | undefined {
  const member = botMember(world, state);
  const own = message.from?.id === world.bot.id;
  if (member.status === 'administrator' && member.can_delete_messages) return undefined;
  const old = unixTime(world) - message.date > DELETABLE_S;
  if (state.chat.type === 'private') return old ? badRequest("message can't be deleted for everyone") : undefined;
  return own && !old ? undefined : badRequest("message can't be deleted");
}
