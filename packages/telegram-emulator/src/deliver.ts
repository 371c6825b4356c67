import type { Message } from '@grammyjs/types';
import { reachesBot } from './privacy.ts';
import type { UpdateBody, UpdateType } from './updates.ts';
import type { ChatState, World } from './world.ts';

/** Queues an update for the bot and tells the subscribers. */
export function deliver<T extends UpdateType>(world: World, type: T, content: NonNullable<UpdateBody[T]>): void {
  const update = world.queue.push(type, content);
  if (update) world.events.emit({ kind: 'update', update });
}

/** Queues a new or edited message, if it is one that the bot gets to see. */
export function deliverMessage(world: World, state: ChatState, message: Message, edited = false): boolean {
  if (!reachesBot(world, state, message)) return false;
  if (state.chat.type === 'channel') deliver(world, edited ? 'edited_channel_post' : 'channel_post', message as never);
  else deliver(world, edited ? 'edited_message' : 'message', message as never);
  return true;
}
