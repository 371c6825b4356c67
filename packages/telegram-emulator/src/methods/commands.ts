import type { BotCommand } from '@grammyjs/types';
import { isObject, type Params, readJson, readObject, readString } from '../params.ts';
import { badRequest, type Failure, isFailure, succeed } from '../reply.ts';
import type { World } from '../world.ts';
import type { Method, Methods } from './method.ts';

const MAX_COMMANDS = 100;
const SCOPES: ReadonlySet<string> = new Set([
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
  'chat',
  'chat_administrators',
  'chat_member',
]);

export const commands: Methods = {
  setMyCommands(world, params) {
    const key = commandKey(params);
    if (isFailure(key)) return key;
    const list = readJson(params, 'commands');
    if (!Array.isArray(list)) return badRequest("can't parse commands JSON object: Expected an Array of BotCommand");
    if (list.length > MAX_COMMANDS) return badRequest('BOT_COMMANDS_TOO_MUCH');
    const parsed: BotCommand[] = [];
    for (const item of list) {
      const command = parseCommand(item);
      if (isFailure(command)) return command;
      parsed.push(command);
    }
    world.commands.set(key, parsed);
    world.events.emit({ kind: 'commands' });
    return succeed(true);
  },

  getMyCommands(world, params) {
    const key = commandKey(params);
    return isFailure(key) ? key : succeed(world.commands.get(key) ?? []);
  },

  deleteMyCommands(world, params) {
    const key = commandKey(params);
    if (isFailure(key)) return key;
    world.commands.delete(key);
    world.events.emit({ kind: 'commands' });
    return succeed(true);
  },

  setMyName: setText('name', 64),
  getMyName: getText('name'),
  setMyDescription: setText('description', 512),
  getMyDescription: getText('description'),
  setMyShortDescription: setText('short_description', 120),
  getMyShortDescription: getText('short_description'),
};

/** The menu that a person sees, by the order in BotCommandScope's documentation. */
export function menuFor(
  world: World,
  place: { readonly chatId: number; readonly userId: number; readonly isPrivate: boolean; readonly isAdmin: boolean },
  language: string,
): readonly BotCommand[] {
  const scopes = place.isPrivate
    ? [`chat:${place.chatId}`, 'all_private_chats', 'default']
    : [
        `chat_member:${place.chatId}:${place.userId}`,
        ...(place.isAdmin ? [`chat_administrators:${place.chatId}`] : []),
        `chat:${place.chatId}`,
        ...(place.isAdmin ? ['all_chat_administrators'] : []),
        'all_group_chats',
        'default',
      ];
  for (const scope of scopes) {
    const found = world.commands.get(`${scope}|${language}`) ?? world.commands.get(`${scope}|`);
    if (found) return found;
  }
  return [];
}

/** "scope|language", where a scope names its chat and user. */
function commandKey(params: Params): string | Failure {
  const language = readLanguage(params);
  if (isFailure(language)) return language;
  const scope = readObject(params, 'scope') ?? { type: 'default' };
  const type = readString(scope, 'type') ?? '';
  if (!SCOPES.has(type)) return badRequest("can't parse BotCommandScope: unsupported type specified");
  const parts = [type];
  for (const field of ['chat_id', 'user_id']) {
    const needed = field === 'chat_id' ? type.startsWith('chat') : type === 'chat_member';
    if (!needed) continue;
    const value = readString(scope, field);
    if (value === undefined) return badRequest(`can't parse BotCommandScope: Can't find field "${field}"`);
    parts.push(value);
  }
  return `${parts.join(':')}|${language}`;
}

function readLanguage(params: Params): string | Failure {
  const language = readString(params, 'language_code') ?? '';
  return language === '' || /^[a-z]{2}$/.test(language) ? language : badRequest('invalid language code specified');
}

function parseCommand(item: unknown): BotCommand | Failure {
  if (!isObject(item)) return badRequest("can't parse BotCommand: expected an Object");
  const command = (readString(item, 'command') ?? '').replace(/^\//, '');
  const description = (readString(item, 'description') ?? '').trim();
  if (command === '') return badRequest('command must be non-empty');
  if (!/^[a-z0-9_]{1,32}$/.test(command)) return badRequest('BOT_COMMAND_INVALID');
  if (description === '') return badRequest('command description must be non-empty');
  if (description.length > 256) return badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
}

function setText(field: string, limit: number): Method {
  return (world, params) => {
    const language = readLanguage(params);
    if (isFailure(language)) return language;
    const text = readString(params, field) ?? '';
    if (text.length > limit) return badRequest(`${field.replace('_', ' ')} is too long`);
    world.profile.set(`${field}|${language}`, text);
    return succeed(true);
  };
}

function getText(field: string): Method {
  return (world, params) => {
    const language = readLanguage(params);
    if (isFailure(language)) return language;
    return succeed({ [field]: profileText(world, field, language) });
  };
}

/** A text of the bot's profile in a language, or else the one for all. */
export function profileText(world: World, field: string, language: string): string {
  const text = world.profile.get(`${field}|${language}`) || world.profile.get(`${field}|`);
  return text ?? (field === 'name' ? world.bot.first_name : '');
}
