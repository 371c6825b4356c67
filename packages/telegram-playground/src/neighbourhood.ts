import type { Chat, ChatMember, User } from '@grammyjs/types';
import type { Emulator } from 'telegram-emulator';
import type { Person, PersonKey, Room, Standing } from './protocol.ts';

/** The people and chats on show. A reset settles a new one: to the bot these are strangers again. */
export interface Neighbourhood {
  readonly people: ReadonlyMap<PersonKey, Person>;
  readonly roomIds: ReadonlySet<number>;
  rooms(): readonly Room[];
  room(chatId: number): Room;
}

const GROUP = '阳光社区居民群';
const FORUM = '阳光社区议事厅';
const TOPICS = ['政策问答', '邻里闲聊'];

const CAST: readonly (Partial<User> & { readonly key: PersonKey; readonly first_name: string })[] = [
  { key: 'member', first_name: '小林', username: 'xiaolin', language_code: 'zh-hans' },
  { key: 'admin', first_name: '王姐', username: 'wangjie', language_code: 'zh-hans' },
  { key: 'anonymous', first_name: '老周', username: 'laozhou', language_code: 'zh-hans' },
  { key: 'hongkong', first_name: '嘉欣', username: 'kayan_hk', language_code: 'zh-hant' },
  { key: 'english', first_name: 'Emma', username: 'emma_w', language_code: 'en' },
];

export function settleNeighbourhood(emulator: Emulator): Neighbourhood {
  const people = new Map<PersonKey, Person>(
    CAST.map(({ key, ...as }) => [key, { key, user: emulator.places.user(as) }]),
  );
  const users = [...people.values()].map(({ user }) => user);
  const owner = userOf(people, 'anonymous');
  const group = { creator: owner, members: users.filter((user) => user !== owner) };
  const chats: readonly Chat[] = [
    emulator.places.supergroup({ title: GROUP, ...group }),
    emulator.places.supergroup({ title: FORUM, forum: true, ...group }),
  ];
  for (const chat of chats) {
    emulator.rule.role(chat, owner, { status: 'creator', is_anonymous: true });
    emulator.rule.role(chat, userOf(people, 'admin'), { status: 'administrator' });
    if (chat.is_forum) for (const topic of TOPICS) emulator.rule.openTopic(chat, topic, owner);
  }
  const dialogues = users.map((user) => emulator.places.privateChat(user, { started: false }));
  const roomIds = new Set([...chats, ...dialogues].map(({ id }) => id));
  const room = (chatId: number) => describe(emulator, people, chatId);
  return { people, roomIds, room, rooms: () => [...roomIds].map(room) };
}

export function userOf(people: Neighbourhood['people'], key: PersonKey): User {
  const person = people.get(key);
  if (!person) throw new Error(`nobody is called ${key}`);
  return person.user;
}

function describe(emulator: Emulator, people: Neighbourhood['people'], chatId: number): Room {
  const { chat, members, topics, blocked } = emulator.watch.chat(chatId);
  const owner = [...people.values()].find(({ user }) => user.id === chatId);
  const standing = (userId: number) => standingOf(members.find(({ user }) => user.id === userId));
  return {
    id: chat.id,
    owner: owner?.key,
    title: owner ? emulator.bot().first_name : (chat.title ?? ''),
    topics: topics.map(({ id, name }) => ({ id, name })),
    people: owner
      ? { [owner.key]: 'member' }
      : Object.fromEntries([...people.values()].map(({ key, user }) => [key, standing(user.id)])),
    bot: owner ? 'member' : standing(emulator.bot().id),
    blocked,
  };
}

function standingOf(member: ChatMember | undefined): Standing {
  switch (member?.status) {
    case 'creator':
    case 'administrator':
    case 'member':
      return member.status;
    case 'restricted':
      return member.is_member ? (member.can_send_messages ? 'member' : 'muted') : 'absent';
    default:
      return 'absent';
  }
}
