import { findChat, isGroup } from './chats.ts';
import { botMember, isAdmin, isPresent, maySend, type SendRight } from './members.ts';
import type { Params } from './params.ts';
import { badRequest, type Failure, forbidden, isFailure, tooManyRequests, upgraded } from './reply.ts';
import type { ChatState, World } from './world.ts';

const SENT = {
  can_send_messages: 'text messages',
  can_send_photos: 'photos',
  can_send_documents: 'documents',
} as const;

/** General is topic 1 of a forum, addressed by naming no topic at all. */
export const GENERAL_TOPIC = 1;

/** The chat, if the bot may see it. Wording as in the Bot API server's check_chat_access. */
export function readableChat(world: World, params: Params): ChatState | Failure {
  const state = findChat(world, params);
  if (isFailure(state)) return state;
  return checkPresence(world, state, state.chat.username !== undefined) ?? state;
}

/** The chat, if the bot may send such messages there. */
export function writableChat(world: World, params: Params, right: SendRight): ChatState | Failure {
  const state = findChat(world, params);
  if (isFailure(state)) return state;
  return checkPresence(world, state, false) ?? checkRights(world, state, right) ?? state;
}

function checkPresence(world: World, state: ChatState, isPublic: boolean): Failure | undefined {
  const { chat } = state;
  if (chat.type === 'private') return checkDialogue(world, state);
  if (state.migratedTo !== undefined) return upgraded(state.migratedTo);
  const member = botMember(world, state);
  const kind = chat.type === 'group' ? 'group chat' : `${chat.type} chat`;
  if (member.status === 'kicked') return forbidden(`bot was kicked from the ${kind}`);
  if (isPresent(member) || isPublic) return undefined;
  return forbidden(`bot is not a member of the ${kind}`);
}

function checkDialogue(world: World, state: ChatState): Failure | undefined {
  if (world.users.get(state.chat.id)?.is_bot === true) return forbidden("bots can't send messages to bots");
  switch (state.dialogue) {
    case 'open':
      return undefined;
    case 'none':
      return forbidden("bot can't initiate conversation with a user");
    case 'blocked':
      return forbidden('bot was blocked by the user');
    case 'deactivated':
      return forbidden('user is deactivated');
  }
}

function checkRights(world: World, state: ChatState, right: SendRight): Failure | undefined {
  if (state.chat.type === 'private' || maySend(state, botMember(world, state), right)) return undefined;
  if (state.chat.type === 'channel') return badRequest('need administrator rights in the channel chat');
  return badRequest(`not enough rights to send ${SENT[right]} to the chat`);
}

/** Whether the bot may send into a topic; none means General. */
export function checkTopic(world: World, state: ChatState, threadId: number | undefined): Failure | undefined {
  if (state.chat.is_forum !== true) {
    return threadId === undefined ? undefined : badRequest('message thread not found');
  }
  // General can't be addressed by its number.
  if (threadId === GENERAL_TOPIC) return badRequest('message thread not found');
  const topic = state.topics.get(threadId ?? GENERAL_TOPIC);
  if (!topic) return badRequest('message thread not found');
  if (!topic.closed || isAdmin(botMember(world, state))) return undefined;
  return badRequest('TOPIC_CLOSED');
}

/** Bots that aren't administrators wait as people do; the server's SLOWMODE_WAIT reaches them as a 429. */
export function checkSlowMode(world: World, state: ChatState): Failure | undefined {
  const wait = slowModeWait(world, state, world.bot.id);
  return wait > 0 ? tooManyRequests(wait) : undefined;
}

/** Seconds until that member may speak again; 0 when they may. */
export function slowModeWait(world: World, state: ChatState, userId: number): number {
  if (state.slowMode === 0 || !isGroup(state.chat)) return 0;
  const member = state.members.get(userId);
  if (member && isAdmin(member)) return 0;
  const last = state.lastSpoke.get(userId);
  if (last === undefined) return 0;
  return Math.max(0, Math.ceil((last + state.slowMode * 1_000 - world.now()) / 1_000));
}
