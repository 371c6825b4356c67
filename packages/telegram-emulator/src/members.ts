import type { ChatMember, ChatMemberAdministrator, ChatMemberRestricted, User } from '@grammyjs/types';
import type { ChatState, World } from './world.ts';

/** What a test says of someone's place in a chat; what it leaves out is as Telegram's apps would set it. */
export type Role =
  | { readonly status: 'creator'; readonly is_anonymous?: boolean; readonly custom_title?: string }
  | ({ readonly status: 'administrator' } & Partial<Omit<ChatMemberAdministrator, 'status' | 'user'>>)
  | { readonly status: 'member' }
  | ({ readonly status: 'restricted' } & Partial<Omit<ChatMemberRestricted, 'status' | 'user'>>)
  | { readonly status: 'left' }
  | { readonly status: 'kicked'; readonly until_date?: number };

export function makeMember(user: User, role: Role): ChatMember {
  switch (role.status) {
    case 'creator':
      return { user, is_anonymous: false, ...role };
    case 'administrator':
      return { user, ...ADMINISTRATOR, ...role };
    case 'restricted':
      return { user, ...RESTRICTED, ...role };
    case 'kicked':
      return { user, until_date: 0, ...role };
    case 'member':
    case 'left':
      return { user, status: role.status };
  }
}

const ADMINISTRATOR = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_post_messages: true,
  can_edit_messages: true,
  can_pin_messages: true,
  can_manage_topics: true,
  can_send_welcome_messages: false,
} as const;

/** Restricted means muted unless the test allows more. */
const RESTRICTED = {
  is_member: true,
  can_send_messages: false,
  can_send_audios: false,
  can_send_documents: false,
  can_send_photos: false,
  can_send_videos: false,
  can_send_video_notes: false,
  can_send_voice_notes: false,
  can_send_polls: false,
  can_send_other_messages: false,
  can_add_web_page_previews: false,
  can_react_to_messages: false,
  can_change_info: false,
  can_invite_users: false,
  can_edit_tag: false,
  can_pin_messages: false,
  can_manage_topics: false,
  until_date: 0,
} as const;

/** Someone never seen in the chat has left it, as getChatMember says. */
export function memberOf(state: ChatState, user: User): ChatMember {
  return state.members.get(user.id) ?? { status: 'left', user };
}

export function botMember(world: World, state: ChatState): ChatMember {
  return memberOf(state, botUser(world));
}

export function isPresent(member: ChatMember): boolean {
  if (member.status === 'restricted') return member.is_member;
  return member.status !== 'left' && member.status !== 'kicked';
}

export function isAdmin(member: ChatMember): boolean {
  return member.status === 'creator' || member.status === 'administrator';
}

/** The bot as other objects show it: without what only getMe tells. */
export function botUser(world: World): User {
  const { id, first_name, username } = world.bot;
  return { id, is_bot: true, first_name, username };
}

export type SendRight = 'can_send_messages' | 'can_send_photos' | 'can_send_documents';

/** Whether a member may send that kind of message, by rank, own restrictions and the chat's permissions. */
export function maySend(state: ChatState, member: ChatMember, right: SendRight): boolean {
  if (member.status === 'creator') return true;
  if (state.chat.type === 'channel') return member.status === 'administrator' && member.can_post_messages === true;
  if (member.status === 'administrator') return true;
  if (member.status === 'restricted' && !(member.is_member && member[right])) return false;
  return isPresent(member) && state.permissions[right];
}
