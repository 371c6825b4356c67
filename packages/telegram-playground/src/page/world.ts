import type { Message } from '@grammyjs/types';
import type { RecordedCall } from 'telegram-emulator/calls';
import type { Bot, Clock, Person, Room, ServerEvent, Snapshot } from '../protocol.ts';

/** What the page knows of the emulated Telegram; replaced, never changed. */
export interface World {
  readonly bot: Bot;
  readonly people: readonly Person[];
  readonly rooms: ReadonlyMap<number, Room>;
  readonly messages: ReadonlyMap<number, readonly Message[]>;
  readonly reached: ReadonlySet<string>;
  readonly reactions: ReadonlyMap<string, readonly string[]>;
  readonly calls: readonly RecordedCall[];
  readonly privacy: boolean;
  readonly clock: Clock;
  readonly words: Snapshot['words'];
  /** The page's own time, in milliseconds, when the clock was told. */
  readonly clockAt: number;
  readonly typing: readonly Typing[];
  /** Grows whenever a command menu may have changed. */
  readonly menus: number;
}

export interface Typing {
  readonly chatId: number;
  readonly threadId: number | undefined;
  readonly action: string;
  /** The page's own time, in milliseconds. */
  readonly until: number;
}

const KEPT_MESSAGES = 500;
const KEPT_CALLS = 500;

/** The world after an event; `at` is the page's own time in milliseconds. The first event is always a snapshot. */
export function applyEvent(world: World | undefined, event: ServerEvent, at: number): World | undefined {
  if (event.kind === 'snapshot') return fromSnapshot(event.snapshot, at);
  if (!world) return undefined;
  switch (event.kind) {
    case 'message':
      return {
        ...withMessages(world, event.message.chat.id, (list) => [...list, event.message].slice(-KEPT_MESSAGES)),
        typing: event.message.from?.id === world.bot.id ? withoutTyping(world, event.message) : world.typing,
      };
    case 'edited':
      return withMessages(world, event.message.chat.id, (list) =>
        list.map((each) => (each.message_id === event.message.message_id ? event.message : each)),
      );
    case 'deleted':
      return withMessages(world, event.chatId, (list) => list.filter(({ message_id: id }) => id !== event.messageId));
    case 'reaction':
      return {
        ...world,
        reactions: new Map(world.reactions).set(`${event.chatId}:${event.messageId}`, event.reaction),
      };
    case 'action': {
      const others = world.typing.filter(
        ({ chatId, threadId, until }) => until > at && !(chatId === event.chatId && threadId === event.threadId),
      );
      const { chatId, threadId, action } = event;
      return { ...world, typing: [...others, { chatId, threadId, action, until: at + event.ms }] };
    }
    case 'room':
      return { ...world, rooms: new Map(world.rooms).set(event.room.id, event.room), menus: world.menus + 1 };
    case 'commands':
      return { ...world, menus: world.menus + 1 };
    case 'reached':
      return { ...world, reached: new Set(world.reached).add(event.key) };
    case 'call':
      return { ...world, calls: [...world.calls, event.call].slice(-KEPT_CALLS) };
    case 'privacy':
      return { ...world, privacy: event.on };
    case 'clock':
      return { ...world, clock: event.clock, clockAt: at };
  }
}

export function keyOf(message: Message): string {
  return `${message.chat.id}:${message.message_id}`;
}

function fromSnapshot(snapshot: Snapshot, at: number): World {
  const { bot, people, calls, privacy, clock, words } = snapshot;
  return {
    bot,
    people,
    rooms: new Map(snapshot.rooms.map((room) => [room.id, room])),
    messages: new Map(Object.entries(snapshot.messages).map(([id, list]) => [Number(id), list])),
    reached: new Set(snapshot.reached),
    reactions: new Map(),
    calls,
    privacy,
    clock,
    words,
    clockAt: at,
    typing: [],
    menus: 0,
  };
}

function withMessages(world: World, chatId: number, change: (list: readonly Message[]) => readonly Message[]): World {
  const messages = new Map(world.messages).set(chatId, change(world.messages.get(chatId) ?? []));
  return { ...world, messages };
}

function withoutTyping(world: World, message: Message): readonly Typing[] {
  return world.typing.filter(({ chatId }) => chatId !== message.chat.id);
}
