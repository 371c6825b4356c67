import type { ChatMember, User } from '@grammyjs/types';
import { isGroup } from './chats.ts';
import { deliver, deliverMessage } from './deliver.ts';
import { botMember, isAdmin, isPresent, memberOf } from './members.ts';
import { post, unixTime } from './post.ts';
import type { ChatState, World } from './world.ts';

/** Changes someone's place in a chat and says so as Telegram does, with a service message when someone comes or goes. */
export function changeMember(world: World, state: ChatState, user: User, next: ChatMember, by: User): void {
  const before = memberOf(state, user);
  recordMember(world, state, user, next, by);
  announce(world, state, user, before, next, by);
}

/** Without the service message: my_chat_member for the bot, chat_member for others where the bot is an administrator. */
export function recordMember(world: World, state: ChatState, user: User, next: ChatMember, by: User): void {
  const before = memberOf(state, user);
  state.members.set(user.id, next);
  const change = { chat: state.chat, from: by, date: unixTime(world), old_chat_member: before, new_chat_member: next };
  if (user.id === world.bot.id) deliver(world, 'my_chat_member', change);
  else if (isAdmin(botMember(world, state))) deliver(world, 'chat_member', change);
  world.events.emit({ kind: 'chat', chatId: state.chat.id });
}

function announce(world: World, state: ChatState, user: User, before: ChatMember, next: ChatMember, by: User): void {
  if (!isGroup(state.chat) || isPresent(before) === isPresent(next)) return;
  const coming = isPresent(next);
  const message = post(world, state, {
    from: by,
    ...(coming ? { new_chat_members: [user] } : { left_chat_member: user }),
  });
  if (coming || user.id !== world.bot.id) {
    deliverMessage(world, state, message);
    return;
  }
  // A basic group still tells the bot of its own removal by others; a supergroup sends nothing but my_chat_member.
  if (state.chat.type === 'group' && by.id !== world.bot.id) deliver(world, 'message', message as never);
}
