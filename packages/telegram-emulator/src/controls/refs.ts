import type { Chat } from '@grammyjs/types';
import type { ChatState, World } from '../world.ts';

/** A chat, or its id. */
export type ChatRef = number | Pick<Chat, 'id'>;

export type RefusalCode =
  | 'not_found'
  | 'not_member'
  | 'no_right'
  | 'no_topic'
  | 'topic_closed'
  | 'slow_mode'
  | 'blocked'
  | 'migrated'
  | 'bad_link'
  | 'no_button'
  | 'too_long'
  | 'not_a_group';

/** Something that a Telegram app would not let a person do. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

export function refuse(code: RefusalCode, message: string): never {
  throw new Refusal(code, message);
}

export function stateOf(world: World, chat: ChatRef): ChatState {
  const id = typeof chat === 'number' ? chat : chat.id;
  return world.chats.get(id) ?? refuse('not_found', `there is no chat ${id}`);
}
