import type { BotCommand, Chat, ChatMember, Message, Update, User } from '@grammyjs/types';
import type { RecordedCall } from '../calls.ts';
import type { EmulatorEvent, Listener } from '../events.ts';
import type { StoredMessage } from '../history.ts';
import { isAdmin, memberOf } from '../members.ts';
import { menuFor, profileText } from '../methods/commands.ts';
import type { StoredFile, Topic, World } from '../world.ts';
import { type ChatRef, stateOf } from './refs.ts';

/** Reads the emulated Telegram; changes nothing. */
export interface Watch {
  chats(): readonly Chat[];
  chat(chat: ChatRef): ChatView;
  /** The messages of a chat as they stand now, oldest first. */
  messages(chat: ChatRef): readonly Message[];
  /** One message with how it read before its edits. */
  message(chat: ChatRef, id: number): StoredMessage | undefined;
  /** The bot's messages in a chat, oldest first. */
  fromBot(chat: ChatRef): readonly Message[];
  /** The latest calls, oldest first; of one method when named. getUpdates is recorded too. */
  calls(method?: string): readonly RecordedCall[];
  /** Calls that the schema refuses. */
  violations(): readonly RecordedCall[];
  /** Updates the bot has not confirmed. */
  pending(): readonly Update[];
  /** Whether a getUpdates is waiting. */
  waiting(): boolean;
  /** The command menu that a person sees in a chat. */
  menu(chat: ChatRef, user: User): readonly BotCommand[];
  /** What the bot says of itself to people of a language. */
  profile(language?: string): BotProfile;
  /** A file that was uploaded, as long as it is kept. */
  photo(fileId: string): StoredFile | undefined;
  subscribe(listener: Listener): () => void;
  /** Resolves with the first event that fits; rejects after `timeoutMs` (2,000) of real time. */
  next(fits: (event: EmulatorEvent) => boolean, timeoutMs?: number): Promise<EmulatorEvent>;
  /** Resolves with the bot's next message in a chat, from now on. */
  nextFromBot(chat: ChatRef, timeoutMs?: number): Promise<Message>;
  /** Resolves when the bot has confirmed every update. */
  drained(timeoutMs?: number): Promise<void>;
}

export interface BotProfile {
  readonly description: string;
  readonly shortDescription: string;
}

export interface ChatView {
  readonly chat: Chat;
  readonly members: readonly ChatMember[];
  readonly topics: readonly Topic[];
  readonly slowMode: number;
  readonly pinned: number | undefined;
  readonly linkedChatId: number | undefined;
  readonly migratedTo: number | undefined;
  readonly blocked: boolean;
}

const TIMEOUT_MS = 2_000;

export function createWatch(world: World, waiting: () => boolean): Watch {
  function next(fits: (event: EmulatorEvent) => boolean, timeoutMs = TIMEOUT_MS): Promise<EmulatorEvent> {
    const late = new Error(`nothing of that kind happened within ${timeoutMs} ms`);
    return new Promise((resolve, reject) => {
      const stop = world.events.subscribe((event) => {
        if (!fits(event)) return;
        stop();
        clearTimeout(timer);
        resolve(event);
      });
      const timer = setTimeout(() => {
        stop();
        reject(late);
      }, timeoutMs);
    });
  }

  // People's posts in a channel are signed here, the bot's are not.
  const isFromBot = (message: Message) =>
    message.from?.id === world.bot.id || (message.chat.type === 'channel' && message.author_signature === undefined);

  return {
    chats: () => [...world.chats.values()].map(({ chat }) => chat),
    chat(ref) {
      const state = stateOf(world, ref);
      return {
        chat: state.chat,
        members: [...state.members.values()],
        topics: [...state.topics.values()],
        slowMode: state.slowMode,
        pinned: state.pinned,
        linkedChatId: state.linkedChatId,
        migratedTo: state.migratedTo,
        blocked: state.dialogue === 'blocked',
      };
    },
    messages: (ref) =>
      stateOf(world, ref)
        .history.list()
        .map(({ message }) => message),
    message: (ref, id) => stateOf(world, ref).history.get(id),
    fromBot: (ref) =>
      stateOf(world, ref)
        .history.list()
        .map(({ message }) => message)
        .filter(isFromBot),
    calls(method) {
      const all = world.calls.list();
      return method === undefined ? all : all.filter((call) => call.method.toLowerCase() === method.toLowerCase());
    },
    violations: () => world.calls.list().filter(({ verdict }) => verdict !== 'ok'),
    pending: () => world.queue.pending(),
    waiting,
    menu(ref, user) {
      const state = stateOf(world, ref);
      const isPrivate = state.chat.type === 'private';
      const place = { chatId: state.chat.id, userId: user.id, isPrivate, isAdmin: isAdmin(memberOf(state, user)) };
      return menuFor(world, place, (user.language_code ?? '').slice(0, 2));
    },
    profile: (language = '') => ({
      description: profileText(world, 'description', language),
      shortDescription: profileText(world, 'short_description', language),
    }),
    photo: (fileId) => world.files.get(fileId),
    subscribe: (listener) => world.events.subscribe(listener),
    next,
    async nextFromBot(ref, timeoutMs) {
      const { chat } = stateOf(world, ref);
      const event = await next(
        ({ kind, ...rest }) =>
          kind === 'message' && 'message' in rest && rest.message.chat.id === chat.id && isFromBot(rest.message),
        timeoutMs,
      );
      if (event.kind !== 'message') throw new Error('unreachable: only messages fit');
      return event.message;
    },
    async drained(timeoutMs) {
      if (world.queue.size() === 0) return;
      await next(({ kind }) => kind === 'confirmed' && world.queue.size() === 0, timeoutMs);
    },
  };
}
