import type { BotCommand, Message, User } from '@grammyjs/types';
import type { RecordedCall } from 'telegram-emulator/calls';
import type { ScenarioWords } from './scenario.ts';

// What the server and the page say to each other. Types only: the page's modules are served with their types stripped.

/** As the scenario names them. */
export type PersonKey = string;

export interface Person {
  readonly key: PersonKey;
  readonly user: User;
  /** Who that is, in a list and where there is little room. */
  readonly role: string;
  readonly shortRole: string;
  /** Speaks in groups as the group itself. */
  readonly anonymous: boolean;
}

/** Someone's standing in a chat, as far as a visitor may change it. */
export type Standing = 'creator' | 'administrator' | 'member' | 'muted' | 'absent';

export interface Room {
  readonly id: number;
  /** Whose chat with the bot it is; undefined for a group. */
  readonly owner: PersonKey | undefined;
  readonly title: string;
  readonly topics: readonly { readonly id: number; readonly name: string }[];
  readonly people: Readonly<Record<PersonKey, Standing>>;
  readonly bot: Standing;
  /** A private chat whose person has blocked the bot. */
  readonly blocked: boolean;
}

export interface Bot {
  readonly id: number;
  readonly first_name: string;
  readonly username: string;
  readonly inline: boolean;
}

export interface Snapshot {
  readonly bot: Bot;
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
  /** Oldest first, by chat id. */
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  /** "chat:message" of what was handed to the bot, privacy mode permitting. */
  readonly reached: readonly string[];
  /** Oldest first. */
  readonly calls: readonly RecordedCall[];
  readonly privacy: boolean;
  readonly clock: Clock;
  readonly words: ScenarioWords;
}

export interface Clock {
  /** Milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  readonly canAdvance: boolean;
  /** The local time of day that "morning" is, as "08:29"; undefined where none is meant. */
  readonly morning: string | undefined;
}

export type ServerEvent =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'message' | 'edited'; readonly message: Message }
  | { readonly kind: 'deleted'; readonly chatId: number; readonly messageId: number }
  | {
      readonly kind: 'reaction';
      readonly chatId: number;
      readonly messageId: number;
      readonly reaction: readonly string[];
    }
  | {
      readonly kind: 'action';
      readonly chatId: number;
      readonly threadId: number | undefined;
      readonly action: string;
      /** How long to show it, unless a message ends it before. */
      readonly ms: number;
    }
  | { readonly kind: 'room'; readonly room: Room }
  | { readonly kind: 'commands' }
  | { readonly kind: 'reached'; readonly key: string }
  | { readonly kind: 'call'; readonly call: RecordedCall }
  | { readonly kind: 'privacy'; readonly on: boolean }
  | { readonly kind: 'clock'; readonly clock: Clock };

export type Advance = 'hour' | 'morning' | 'day';

/** What a visitor does. `person` says as whom. */
export type Act =
  | {
      readonly type: 'say';
      readonly person: PersonKey;
      readonly chat: number;
      readonly text: string;
      readonly topic?: number | undefined;
      readonly replyTo?: number | undefined;
    }
  | {
      readonly type: 'edit';
      readonly person: PersonKey;
      readonly chat: number;
      readonly message: number;
      readonly text: string;
    }
  | { readonly type: 'remove'; readonly person: PersonKey; readonly chat: number; readonly message: number }
  | {
      readonly type: 'press';
      readonly person: PersonKey;
      readonly chat: number;
      readonly message: number;
      readonly row: number;
      readonly column: number;
    }
  | { readonly type: 'start'; readonly person: PersonKey; readonly payload?: string | undefined }
  | { readonly type: 'menu'; readonly person: PersonKey; readonly chat: number }
  | { readonly type: 'inline'; readonly person: PersonKey; readonly chat: number; readonly query: string }
  | {
      readonly type: 'choose';
      readonly person: PersonKey;
      readonly chat: number;
      readonly result: string;
      readonly topic?: number | undefined;
    }
  | { readonly type: 'bot'; readonly chat: number; readonly standing: Exclude<Standing, 'creator'> }
  | {
      readonly type: 'role';
      readonly chat: number;
      readonly person: PersonKey;
      readonly standing: Exclude<Standing, 'creator'>;
    }
  | { readonly type: 'block'; readonly person: PersonKey; readonly on: boolean }
  | { readonly type: 'privacy'; readonly on: boolean }
  | { readonly type: 'clock'; readonly advance: Advance }
  | { readonly type: 'reset' };

export interface InlineResult {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export interface PressAnswer {
  readonly answered: boolean;
  readonly text?: string | undefined;
  readonly alert?: boolean | undefined;
  readonly url?: string | undefined;
}

/** What each act comes to; acts that are not listed come to nothing but events. */
export interface ActResults {
  readonly press: PressAnswer;
  readonly menu: readonly BotCommand[];
  readonly inline: { readonly answered: boolean; readonly results: readonly InlineResult[] };
  readonly say: { readonly message: number };
}

/** The answer to POST /act. */
export type ActReply =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };
