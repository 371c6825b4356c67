import type { Message, MessageEntity } from '@grammyjs/types';
import { isGroup } from './chats.ts';
import { botMember, isAdmin, isPresent } from './members.ts';
import type { ChatState, World } from './world.ts';

/** Whether Telegram hands a new or edited message of a chat to the bot. */
export function reachesBot(world: World, state: ChatState, message: Message): boolean {
  if (state.chat.type === 'private') return state.dialogue !== 'blocked' && state.dialogue !== 'deactivated';
  const member = botMember(world, state);
  if (!isPresent(member)) return false;
  if (!isGroup(state.chat) || isAdmin(member) || world.bot.can_read_all_group_messages) return true;
  if (isService(message)) return true;
  return isAddressed(world, message);
}

/** In privacy mode: commands that aren't another bot's, replies to the bot, mentions of it, and what was sent through it. */
function isAddressed(world: World, message: Message): boolean {
  if (message.via_bot?.id === world.bot.id) return true;
  if (message.reply_to_message?.from?.id === world.bot.id) return true;
  const text = message.text ?? message.caption;
  if (text === undefined) return false;
  const name = world.bot.username.toLowerCase();
  return (message.entities ?? message.caption_entities ?? []).some((entity) => {
    const marked = text.slice(entity.offset, entity.offset + entity.length).toLowerCase();
    return speaksTo(entity, marked, name, world.bot.id);
  });
}

function speaksTo(entity: MessageEntity, marked: string, username: string, botId: number): boolean {
  switch (entity.type) {
    case 'mention':
      return marked === `@${username}`;
    case 'text_mention':
      return entity.user.id === botId;
    case 'bot_command': {
      const at = marked.indexOf('@');
      return at < 0 || marked.slice(at + 1) === username;
    }
    default:
      return false;
  }
}

const SERVICE = [
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'group_chat_created',
  'supergroup_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
] as const;

export function isService(message: Message): boolean {
  return SERVICE.some((field) => message[field] !== undefined);
}
