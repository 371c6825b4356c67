import type { Message } from '@grammyjs/types';
import { deliverMessage } from './deliver.ts';
import { post, TELEGRAM_USER } from './post.ts';
import type { ChatState, World } from './world.ts';

/** A post of a channel appears by itself in the linked discussion group, where people comment on it. */
export function forwardToDiscussion(world: World, channel: ChatState, original: Message): void {
  const group = channel.linkedChatId === undefined ? undefined : world.chats.get(channel.linkedChatId);
  if (!group || channel.chat.type !== 'channel') return;
  const { message_id, date, chat: _, from: __, edit_date: ___, reply_markup: ____, ...content } = original;
  const forwarded = post(world, group, {
    ...content,
    from: TELEGRAM_USER,
    sender_chat: channel.chat,
    is_automatic_forward: true,
    forward_origin: { type: 'channel', chat: channel.chat, message_id, date },
  });
  deliverMessage(world, group, forwarded);
}
