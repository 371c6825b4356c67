import type { Message, User } from '@grammyjs/types';
import type { Person, PersonKey, Room } from '../protocol.ts';
import { el } from './dom.ts';
import { WORDING } from './wording.ts';
import type { World } from './world.ts';

export function personOf(world: World, key: PersonKey): Person {
  const found = world.people.find((person) => person.key === key) ?? world.people[0];
  if (!found) throw new Error('the playground has no people');
  return found;
}

/** Who a message shows as its author. */
export function authorOf(message: Message): { readonly id: number; readonly name: string } {
  const { from, sender_chat: chat } = message;
  if (chat) return { id: chat.id, name: chat.title ?? '' };
  return from ? { id: from.id, name: nameOf(from) } : { id: 0, name: '' };
}

export function isOwn(message: Message, person: Person): boolean {
  if (message.sender_chat) return person.anonymous && message.sender_chat.id === message.chat.id;
  return message.from?.id === person.user.id;
}

export function rankOf(message: Message, world: World, room: Room): string {
  if (message.sender_chat) return WORDING.anonymousRank;
  if (message.from?.id === world.bot.id) return room.bot === 'administrator' ? WORDING.admin : WORDING.botRank;
  const key = world.people.find(({ user }) => user.id === message.from?.id)?.key;
  const standing = key && room.people[key];
  return standing === 'creator' ? WORDING.creator : standing === 'administrator' ? WORDING.admin : '';
}

export function nameOf(user: Pick<User, 'first_name'> & { readonly last_name?: string }): string {
  return user.last_name ? `${user.first_name} ${user.last_name}` : user.first_name;
}

export function avatar(id: number, name: string, className = ''): HTMLElement {
  const [initial = ''] = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  const props = { class: `avatar ${className}`.trim(), 'data-colour': hueOf(id), 'aria-hidden': 'true' };
  return el('span', props, initial);
}

/** The colour of a name; the bot's is that of its picture. */
export function colourOf(id: number, world: World): number {
  return id === world.bot.id ? BOT_HUE : hueOf(id);
}

const BOT_HUE = 5;

/** One of seven. */
function hueOf(id: number): number {
  return Math.abs(id) % 7;
}
