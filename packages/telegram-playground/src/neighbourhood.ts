import type { Chat, ChatMember, User } from '@grammyjs/types';
import type { Emulator } from 'telegram-emulator';
import { Refusal } from 'telegram-emulator/refusal';
import type { Person, PersonKey, Room, Standing } from './protocol.ts';
import type { CastMember, Scenario } from './scenario.ts';

/** The people and chats on show. A reset settles a new one: to the bot these are strangers again. */
export interface Neighbourhood {
  readonly people: ReadonlyMap<PersonKey, Person>;
  readonly roomIds: ReadonlySet<number>;
  rooms(): readonly Room[];
  room(chatId: number): Room;
}

export function settleNeighbourhood(emulator: Emulator, { people: cast, groups }: Scenario): Neighbourhood {
  const people = new Map<PersonKey, Person>(
    cast.map(({ key, user, role, shortRole, anonymous = false }) => [
      key,
      { key, user: emulator.places.user(user), role, shortRole, anonymous },
    ]),
  );
  const users = [...people.values()].map(({ user }) => user);
  const ranked = (rank: CastMember['rank']) => cast.filter((one) => one.rank === rank);
  const [creator] = ranked('creator').map(({ key }) => userOf(people, key));
  const chats = groups.map(({ title, topics }): Chat => {
    const members = users.filter((user) => user !== creator);
    const chat = emulator.places.supergroup({
      title,
      members,
      ...(creator ? { creator } : {}),
      ...(topics ? { forum: true } : {}),
    });
    for (const { key, rank, anonymous = false } of [...ranked('creator'), ...ranked('administrator')]) {
      if (rank) emulator.rule.role(chat, userOf(people, key), { status: rank, is_anonymous: anonymous });
    }
    for (const topic of topics ?? []) emulator.rule.openTopic(chat, topic, creator);
    return chat;
  });
  const dialogues = users.map((user) => emulator.places.privateChat(user, { started: false }));
  const roomIds = new Set([...chats, ...dialogues].map(({ id }) => id));
  const room = (chatId: number) => describe(emulator, people, chatId);
  return { people, roomIds, room, rooms: () => [...roomIds].map(room) };
}

/** The page may be one of before a restart, with other people: what it asks for is refused, not a fault. */
export function personOf(people: Neighbourhood['people'], key: PersonKey): Person {
  return people.get(key) ?? refusePerson(key);
}

export function userOf(people: Neighbourhood['people'], key: PersonKey): User {
  return personOf(people, key).user;
}

function refusePerson(key: PersonKey): never {
  throw new Refusal('not_found', `nobody is called ${key}`);
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
