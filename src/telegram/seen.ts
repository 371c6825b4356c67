import type { SeenChat } from '../storage/seen-chats.ts';
import type { BotContext } from './context.ts';

/** The chat as an update shows it; not one that we were just removed from. */
export function seenChat({ chat, from, myChatMember, message, me }: BotContext): SeenChat | undefined {
  if (!chat || chat.type === 'channel') return undefined;
  // The service message of our leaving comes after the update that tells of it.
  if (message?.left_chat_member?.id === me.id) return undefined;
  const status = myChatMember?.new_chat_member.status;
  if (status === 'left' || status === 'kicked') return undefined;
  if (chat.type === 'private') return { id: chat.id, type: chat.type, languageCode: from?.language_code };
  return {
    id: chat.id,
    type: chat.type,
    title: chat.title,
    isForum: chat.type === 'supergroup' && chat.is_forum === true,
  };
}

/** The person, or the chat that speaks or is spoken of. */
export function askerOf({ from, msg, callbackQuery, chat }: BotContext): number | undefined {
  // The message below a button is ours.
  const speaker = callbackQuery ? undefined : msg?.sender_chat;
  return speaker?.id ?? from?.id ?? chat?.id;
}
