import type { Message as TelegramMessage } from '@grammyjs/types';
import type { Message } from '../messages/message.ts';
import type { OutgoingRow } from '../storage/outbox-row.ts';
import type { BotContext } from './context.ts';

/** Puts replies to the message at hand into the decision. The last of them, which has the buttons, is what edits change. */
export function reply(ctx: BotContext, messages: readonly Message[], { answers }: { answers?: boolean } = {}): void {
  const to = ctx.msg;
  if (!to || !ctx.chat) return;
  for (const [i, message] of messages.entries()) {
    ctx.decision.outgoing.push({
      chatId: ctx.chat.id,
      ...topicOf(to),
      kind: 'reply',
      method: 'sendMessage',
      payload: {
        ...contentOf(message),
        ...replyingTo(to),
      },
      ...(answers && i === messages.length - 1 ? { questionId: to.message_id } : {}),
    });
  }
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
export function contentOf({ text, entities, buttons }: Message) {
  return {
    text,
    entities,
    link_preview_options: { is_disabled: true },
    ...(buttons.length > 0 ? { reply_markup: { inline_keyboard: buttons } } : {}),
  };
}

/** The topic to answer in: General has none, and a reply outside forums carries a thread id that must not be sent back. */
export function topicOf(message: TelegramMessage): { threadId?: number } {
  return message.is_topic_message && message.message_thread_id !== undefined
    ? { threadId: message.message_thread_id }
    : {};
}
