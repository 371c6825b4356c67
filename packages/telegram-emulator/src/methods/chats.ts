import type { ChatMember } from '@grammyjs/types';
import { readableChat } from '../access.ts';
import { findChat } from '../chats.ts';
import { photoSize } from '../files.ts';
import { botMember, botUser, isAdmin, isPresent, makeMember, memberOf } from '../members.ts';
import { changeMember } from '../membership.ts';
import { readFlag, readInteger, readString } from '../params.ts';
import { badRequest, forbidden, isFailure, succeed, tooManyRequests } from '../reply.ts';
import type { ChatState } from '../world.ts';
import type { Methods } from './method.ts';

export const chats: Methods = {
  getMe: (world) => succeed(world.bot),

  getChat(world, params) {
    const state = findChat(world, params);
    if (isFailure(state)) return state;
    if (state.dialogue === 'none' && state.chat.type === 'private') return badRequest('chat not found');
    // A person's profile stays readable, also to a bot that they blocked.
    const readable = state.chat.type === 'private' ? state : readableChat(world, params);
    return isFailure(readable) ? readable : succeed(fullInfo(state));
  },

  getChatMember(world, params) {
    const state = readableChat(world, params);
    if (isFailure(state)) return state;
    const userId = readInteger(params, 'user_id');
    const user = userId === undefined ? undefined : userId === world.bot.id ? botUser(world) : world.users.get(userId);
    if (!user) return badRequest('PARTICIPANT_ID_INVALID');
    if (state.chat.type === 'private') return succeed({ status: 'member', user });
    if (!state.members.has(user.id) && state.chat.type === 'channel' && !isAdmin(botMember(world, state))) {
      return badRequest('member list is inaccessible');
    }
    return succeed(memberOf(state, user));
  },

  getChatAdministrators(world, params) {
    const state = readableChat(world, params);
    if (isFailure(state)) return state;
    if (state.chat.type === 'private') return badRequest('there are no administrators in the private chat');
    const withBots = readFlag(params, 'return_bots');
    const wanted = (member: ChatMember) =>
      isAdmin(member) && (withBots || !member.user.is_bot || member.user.id === world.bot.id);
    return succeed([...state.members.values()].filter(wanted));
  },

  getChatMemberCount(world, params) {
    const state = readableChat(world, params);
    if (isFailure(state)) return state;
    if (state.chat.type === 'private') return succeed(2);
    return succeed([...state.members.values()].filter(isPresent).length);
  },

  leaveChat(world, params) {
    const state = readableChat(world, params);
    if (isFailure(state)) return state;
    if (state.chat.type === 'private') return badRequest("chat member status can't be changed in private chats");
    if (!isPresent(botMember(world, state))) return forbidden(`bot is not a member of the ${state.chat.type} chat`);
    const bot = botUser(world);
    changeMember(world, state, bot, makeMember(bot, { status: 'left' }), bot);
    return succeed(true);
  },

  getFile(world, params) {
    const file = world.files.get(readString(params, 'file_id') ?? '');
    if (!file) return badRequest('invalid file_id');
    const { file_id, file_unique_id, file_size } = photoSize(file);
    return succeed({ file_id, file_unique_id, file_size, file_path: file.path });
  },

  logOut(world) {
    world.session.loggedOutAt = world.now();
    return succeed(true);
  },

  close(world) {
    const wait = world.session.startedAt + LAUNCH_MS - world.now();
    return wait > 0 ? tooManyRequests(Math.ceil(wait / 1_000)) : succeed(true);
  },
};

/** `close` is refused within ten minutes of the launch, and for as long after logOut everything is. */
export const LAUNCH_MS = 600_000;

function fullInfo(state: ChatState): unknown {
  const pinned = state.pinned === undefined ? undefined : state.history.get(state.pinned)?.message;
  return {
    ...state.chat,
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(state.chat.type === 'group' || state.chat.type === 'supergroup' ? { permissions: state.permissions } : {}),
    ...(state.slowMode > 0 ? { slow_mode_delay: state.slowMode } : {}),
    ...(state.linkedChatId === undefined ? {} : { linked_chat_id: state.linkedChatId }),
    ...(pinned ? { pinned_message: pinned } : {}),
  };
}
