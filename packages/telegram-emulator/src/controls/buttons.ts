import type { InlineKeyboardButton, InlineQuery, Message, User } from '@grammyjs/types';
import { privateChat } from '../chats.ts';
import { readFormatted } from '../content.ts';
import { deliver, deliverMessage } from '../deliver.ts';
import type { CallbackAnswer } from '../events.ts';
import { inlineKeyboard } from '../keyboard.ts';
import { botUser } from '../members.ts';
import { CALLBACK_LIFE_MS, INLINE_LIFE_MS } from '../methods/queries.ts';
import { type Params, readObject, readString } from '../params.ts';
import { inTopic, post } from '../post.ts';
import { isFailure } from '../reply.ts';
import type { InlineAnswer, World } from '../world.ts';
import { type ChatRef, refuse, stateOf } from './refs.ts';

/** Which button: its data, or where it stands. */
export type ButtonRef = string | { readonly row: number; readonly column: number };

export interface Buttons {
  /** Presses a callback button; resolves with what the bot answers, or with `answered: false` when it never does. */
  press(message: Message, user: User, button: ButtonRef): Promise<CallbackAnswer>;
  /** Presses with data of no button, as an old client or a forger may. */
  pressData(message: Message, user: User, data: string): Promise<CallbackAnswer>;
  /** Types "@bot query" somewhere. */
  inline(user: User, query: string, options?: InlineOptions): Promise<InlineAnswer>;
  /** Picks a result: it is sent to the chat via the bot, and the bot learns of the choice. */
  choose(chat: ChatRef, user: User, query: string, result: Params, options?: { readonly topic?: number }): Message;
}

export interface InlineOptions {
  readonly offset?: string;
  readonly chatType?: NonNullable<InlineQuery['chat_type']>;
}

const MAX_INLINE_QUERY = 256;
/** Inline messages that can still be edited; the oldest is forgotten beyond that. */
const KEPT_INLINE_MESSAGES = 1_000;

export function createButtons(world: World): Buttons {
  function pressData(message: Message, user: User, data: string): Promise<CallbackAnswer> {
    const state = stateOf(world, message.chat);
    const current = state.history.get(message.message_id)?.message;
    const id = queryId(world);
    const inlineId = inlineIdOf(world, message);
    return new Promise((resolve) => {
      const cancel = world.after(CALLBACK_LIFE_MS, () => finish({ answered: false }));
      const finish = (answer: CallbackAnswer) => {
        cancel();
        world.callbacks.delete(id);
        world.events.emit({ kind: 'callback', queryId: id, userId: user.id, answer });
        resolve(answer);
      };
      world.callbacks.set(id, { userId: user.id, at: world.now(), answer: finish });
      deliver(world, 'callback_query', {
        id,
        from: user,
        ...(inlineId === undefined
          ? { message: current ?? { chat: message.chat, message_id: message.message_id, date: 0 } }
          : { inline_message_id: inlineId }),
        chat_instance: String(message.chat.id * -7_919),
        data,
      });
    });
  }

  return {
    pressData,
    press(message, user, button) {
      const current = stateOf(world, message.chat).history.get(message.message_id)?.message ?? message;
      return pressData(message, user, dataOf(current, button));
    },
    inline(user, query, { offset = '', chatType } = {}) {
      if (query.length > MAX_INLINE_QUERY) refuse('too_long', 'an inline query takes 256 characters');
      const id = queryId(world);
      return new Promise((resolve) => {
        const cancel = world.after(INLINE_LIFE_MS, () => finish({ answered: false }));
        const finish = (answer: InlineAnswer) => {
          cancel();
          world.inlineQueries.delete(id);
          resolve(answer);
        };
        world.inlineQueries.set(id, { userId: user.id, query, at: world.now(), answer: finish });
        const kind = chatType === undefined ? {} : { chat_type: chatType };
        deliver(world, 'inline_query', { id, from: user, query, offset, ...kind });
      });
    },
    choose(chat, user, query, result, { topic } = {}) {
      const state = stateOf(world, chat);
      if (state.chat.type === 'private') privateChat(world, user);
      const keyboard = inlineKeyboard(readObject(result, 'reply_markup'));
      const message = post(world, state, {
        from: user,
        via_bot: botUser(world),
        ...inTopic(state, topic),
        ...contentOf(world, result),
        ...(keyboard ? { reply_markup: keyboard } : {}),
      });
      const inlineId = keyboard ? rememberInline(world, message) : undefined;
      deliver(world, 'chosen_inline_result', {
        result_id: readString(result, 'id') ?? '',
        from: user,
        query,
        ...(inlineId === undefined ? {} : { inline_message_id: inlineId }),
      });
      deliverMessage(world, state, message);
      return message;
    },
  };
}

function queryId(world: World): string {
  return String(4_000_000_000_000_000n + BigInt(++world.counters.query));
}

function dataOf(message: Message, ref: ButtonRef): string {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const button =
    typeof ref === 'string' ? rows.flat().find((each) => callbackData(each) === ref) : rows[ref.row]?.[ref.column];
  const data = button && callbackData(button);
  return data ?? refuse('no_button', `the message has no such callback button: ${JSON.stringify(ref)}`);
}

function callbackData(button: InlineKeyboardButton): string | undefined {
  return 'callback_data' in button ? button.callback_data : undefined;
}

function contentOf(world: World, result: Params): Partial<Message> {
  const content = readObject(result, 'input_message_content');
  const text = (content && readString(content, 'message_text')) ?? readString(result, 'title') ?? '';
  const formatted = readFormatted(world, content ?? {}, text, 'entities');
  if (isFailure(formatted)) return { text };
  return { text: formatted.text, ...(formatted.entities.length > 0 ? { entities: [...formatted.entities] } : {}) };
}

function rememberInline(world: World, message: Message): string {
  const id = `AAA${queryId(world)}`;
  world.inlineMessages.set(id, { chatId: message.chat.id, messageId: message.message_id });
  for (const oldest of world.inlineMessages.keys()) {
    if (world.inlineMessages.size <= KEPT_INLINE_MESSAGES) break;
    world.inlineMessages.delete(oldest);
  }
  return id;
}

function inlineIdOf(world: World, message: Message): string | undefined {
  if (!message.via_bot) return undefined;
  for (const [id, place] of world.inlineMessages) {
    if (place.chatId === message.chat.id && place.messageId === message.message_id) return id;
  }
  return undefined;
}
