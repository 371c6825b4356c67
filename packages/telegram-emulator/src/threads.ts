import type { Message } from '@grammyjs/types';
import type { MessageContent } from './post.ts';
import type { ChatState } from './world.ts';

/**
 * In a supergroup without topics a reply carries the id of its thread's first message in `message_thread_id`, without
 * `is_topic_message`: a trap for bots that send that id back.
 */
export function threadOf(state: ChatState, replied: Message | undefined): MessageContent {
  if (!replied || state.chat.type !== 'supergroup' || state.chat.is_forum === true) return {};
  return { message_thread_id: replied.message_thread_id ?? replied.message_id };
}
