import type { Message as TelegramMessage } from '@grammyjs/types';
import type { Message } from '../messages/message.ts';
import type { OutgoingRow } from '../storage/outbox-row.ts';
import type { BotContext } from './context.ts';

/** Where a question was asked, and by whom: all that a reply needs to know of it. Kept as JSON. */
export interface QuestionPlace {
  readonly chatId: number;
  readonly messageId: number;
  /** The topic; none for General and outside forums. */
  readonly threadId?: number | undefined;
  readonly person?: number | undefined;
  readonly languageCode?: string | undefined;
  /** Whether the answer is to come in short. */
  readonly short?: boolean | undefined;
}

/** Puts replies to the message at hand into the decision. The last of them, which has the buttons, is what edits change. */
export function reply(ctx: BotContext, messages: readonly Message[]): void {
  const to = ctx.msg;
  if (!to || !ctx.chat) return;
  const place = { chatId: ctx.chat.id, messageId: to.message_id, ...topicOf(to) };
  ctx.decision.outgoing.push(...replyRows(place, messages));
}

/** Messages as replies to one of theirs; `answers`: buttons and edits will ask for the last of them. */
export function replyRows(
  { chatId, messageId, threadId }: QuestionPlace,
  messages: readonly Message[],
  { answers = false } = {},
): readonly OutgoingRow[] {
  return messages.map((message, at) => ({
    chatId,
    ...(threadId === undefined ? {} : { threadId }),
    kind: 'reply',
    method: 'sendMessage',
    payload: { ...contentOf(message), ...replyingTo({ message_id: messageId }) },
    ...(answers && at === messages.length - 1 ? { questionId: messageId } : {}),
  }));
}

/** The parameters of a reply, which is sent also when the message was deleted meanwhile. */
export function replyingTo({ message_id }: Pick<TelegramMessage, 'message_id'>) {
  return { reply_parameters: { message_id, allow_sending_without_reply: true } };
}

/** A message to a chat that replies to nothing. */
export function notice(chatId: number, message: Message): OutgoingRow {
  return { chatId, kind: 'notice', method: 'sendMessage', payload: contentOf(message) };
}

/** What sending and editing a message have in common. */
export function contentOf({ text, entities, buttons, prompt }: Message) {
  return {
    text,
    entities,
    link_preview_options: { is_disabled: true },
    ...(buttons.length > 0 ? { reply_markup: { inline_keyboard: buttons } } : {}),
    // For the one who is replied to alone.
    ...(prompt === undefined
      ? {}
      : { reply_markup: { force_reply: true, selective: true, input_field_placeholder: prompt } }),
  };
}

/** The topic to answer in: General has none, and a reply outside forums carries a thread id that must not be sent back. */
export function topicOf(message: TelegramMessage): { threadId?: number } {
  return message.is_topic_message && message.message_thread_id !== undefined
    ? { threadId: message.message_thread_id }
    : {};
}

/** Ends the light of a button that was pressed, with a short word or none. */
export function acknowledge(ctx: BotContext, text?: string): void {
  ctx.decision.after.push(() => ctx.answerCallbackQuery(text === undefined ? {} : { text }));
}
