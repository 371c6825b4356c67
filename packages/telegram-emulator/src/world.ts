import type { BotCommand, Chat, ChatMember, User, UserFromGetMe } from '@grammyjs/types';
import { type CallLog, createCallLog } from './calls.ts';
import { type CallbackAnswer, createEventHub, type EventHub } from './events.ts';
import type { History } from './history.ts';
import { createPace, type Pace } from './pace.ts';
import type { Params } from './params.ts';
import { createUpdateQueue, type UpdateQueue } from './updates.ts';

/**
 * Everything that exists in the emulated Telegram: one bot, its chats, its people. Shared by the Bot API side and the
 * control surface; what is handed out of it is plain data.
 */
export interface World {
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  /** Runs an action later; returns the way to cancel. Real timers unless a test passes its own. */
  readonly after: (ms: number, action: () => void) => () => void;
  readonly token: string;
  /** Replaced, never changed. */
  bot: UserFromGetMe;
  readonly users: Map<number, User>;
  readonly chats: Map<number, ChatState>;
  readonly queue: UpdateQueue;
  readonly events: EventHub;
  readonly calls: CallLog;
  readonly pace: Pace;
  readonly files: Map<string, StoredFile>;
  readonly callbacks: Map<string, PendingCallback>;
  readonly inlineQueries: Map<string, PendingInlineQuery>;
  /** Messages sent through inline mode, by inline_message_id. */
  readonly inlineMessages: Map<string, { readonly chatId: number; readonly messageId: number }>;
  /** Commands by scope and language, see commandKey. */
  readonly commands: Map<string, readonly BotCommand[]>;
  /** Texts of the bot's profile (description, short_description, name), by kind and language. */
  readonly profile: Map<string, string>;
  readonly session: Session;
  readonly historyLimit: number;
  /** Counters for the identifiers handed out. */
  readonly counters: Counters;
}

export interface WorldOptions {
  /** Milliseconds. Everything dated or measured goes by it. */
  readonly now?: () => number;
  /** 0 to 1. */
  readonly random?: () => number;
  /** Runs an action later and returns the way to cancel; real timers unless given. */
  readonly after?: World['after'];
  readonly bot?: Partial<UserFromGetMe>;
  readonly token?: string;
  /** Messages kept a chat. */
  readonly historyLimit?: number;
  /** Calls kept. */
  readonly callLimit?: number;
  /** Answer 429 when the bot sends faster than Telegram allows; otherwise the pace is only counted. */
  readonly enforcePace?: boolean;
}

export interface Session {
  /** Milliseconds. */
  readonly startedAt: number;
  loggedOutAt: number | undefined;
}

export interface Counters {
  user: number;
  chat: number;
  /** Private chats and basic groups share one sequence of message ids, as in an account's own box. */
  message: number;
  query: number;
  file: number;
}

export interface ChatState {
  /** Replaced, never changed. */
  chat: Chat;
  readonly members: Map<number, ChatMember>;
  readonly history: History;
  readonly topics: Map<number, Topic>;
  lastMessageId: number;
  /** Seconds between two messages of one ordinary member; 0 for none. */
  slowMode: number;
  /** When each member last spoke, milliseconds; kept only under slow mode. */
  readonly lastSpoke: Map<number, number>;
  /** The discussion group of a channel, or the channel of a discussion group. */
  linkedChatId: number | undefined;
  migratedTo: number | undefined;
  /** What ordinary members may do. */
  permissions: Permissions;
  /** Private chats only. */
  dialogue: 'none' | 'open' | 'blocked' | 'deactivated';
  pinned: number | undefined;
}

export interface Permissions {
  readonly can_send_messages: boolean;
  readonly can_send_photos: boolean;
  readonly can_send_documents: boolean;
}

export interface Topic {
  readonly id: number;
  readonly name: string;
  readonly closed: boolean;
}

export interface StoredFile {
  readonly fileId: string;
  readonly uniqueId: string;
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Of a photo; 0 for what is none. */
  readonly width: number;
  readonly height: number;
  /** Of a document: as it was called. */
  readonly name?: string;
}

export interface PendingCallback {
  readonly userId: number;
  /** Milliseconds. */
  readonly at: number;
  readonly answer: (answer: CallbackAnswer) => void;
}

export interface PendingInlineQuery {
  readonly userId: number;
  readonly query: string;
  readonly at: number;
  readonly answer: (answer: InlineAnswer) => void;
}

/** What an inline query comes to. */
export type InlineAnswer =
  | {
      readonly answered: true;
      readonly results: readonly Params[];
      readonly nextOffset: string;
      readonly cacheTime: number;
      readonly personal: boolean;
      readonly button?: Params;
    }
  | { readonly answered: false };

export function createWorld(options: WorldOptions): World {
  const { now = Date.now, random = Math.random, historyLimit = 1_000, callLimit = 10_000 } = options;
  const events = createEventHub();
  const bot: UserFromGetMe = {
    id: 7_000_000_001,
    is_bot: true,
    first_name: 'Test Bot',
    username: 'test_bot',
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
    ...options.bot,
  };
  return {
    now,
    random,
    after: options.after ?? realAfter,
    token: options.token ?? `${bot.id}:emulated-token`,
    bot,
    users: new Map(),
    chats: new Map(),
    queue: createUpdateQueue({ now, random, onConfirm: (updateId) => events.emit({ kind: 'confirmed', updateId }) }),
    events,
    calls: createCallLog(callLimit),
    pace: createPace(now, options.enforcePace ?? false),
    files: new Map(),
    callbacks: new Map(),
    inlineQueries: new Map(),
    inlineMessages: new Map(),
    commands: new Map(),
    profile: new Map(),
    session: { startedAt: now(), loggedOutAt: undefined },
    historyLimit,
    counters: { user: 1_000_000, chat: 4_000_000_000, message: 0, query: 0, file: 0 },
  };
}

function realAfter(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms);
  // A question that nobody answers must not keep a process alive.
  timer.unref();
  return () => clearTimeout(timer);
}
