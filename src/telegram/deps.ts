import type { Desk } from '../asking/desk.ts';
import type { Broadcaster } from '../broadcast/broadcast.ts';
import type { ChartOrder } from '../broadcast/poster/chart.ts';
import type { Budget } from '../delivery/budget.ts';
import type { Engine } from '../engine.ts';
import type { Keeper } from '../keeper/keeper.ts';
import type { Lesson, Written } from '../keeper/lessons.ts';
import type { Message } from '../messages/message.ts';
import type { Log, Store } from '../storage/store.ts';
import type { Allowance } from './allowance.ts';
import type { Fetch } from './http.ts';
import type { LookUps } from './look-ups.ts';

/** What an edit of the documents came to. */
export type Reloaded =
  /** `broken`: the folder has errors, of which owners are told by themselves. */
  | { readonly outcome: 'live' | 'unchanged' | 'broken' }
  /** Labelled questions would be answered worse. */
  | { readonly outcome: 'withheld'; readonly questions: readonly string[] };

/** What a lesson came to: only what is learned stays in the files. */
export type Learned =
  | { readonly outcome: 'learned'; readonly title: string }
  | Exclude<Written, { outcome: 'written' }>
  /** Labelled questions would be answered worse. */
  | { readonly outcome: 'withheld'; readonly questions: readonly string[] }
  | { readonly outcome: 'broken' };

/** What the bot needs to keep documents from a chat. */
export interface Keeping {
  readonly keeper: Keeper;
  /** Looks at the knowledge folder at once; `force` also lets go live what answers labelled questions worse. */
  reload(options?: { readonly force?: boolean }): Promise<Reloaded>;
  /** Writes what the keeper says of a question into the documents' questions; it goes live, or is taken back. */
  learn(lesson: Lesson, options?: { readonly force?: boolean }): Promise<Learned>;
  /** Puts a message into the outbox that no update brought about. */
  tell(chatId: number, message: Message): void;
}

/** What the bot needs of the daily slogan. */
export type Slogans = Pick<Broadcaster, 'today' | 'subscribersChanged'>;

export interface BotDeps {
  readonly token: string;
  /** Where the Bot API is reached; without a slash at the end. */
  readonly apiRoot: string;
  /** How it is reached; by `createFetch` when absent. */
  readonly fetch?: Fetch | undefined;
  /** What answers at this moment: the knowledge can change while the bot runs. For an update it is taken once. */
  engine(): Engine;
  /** The same without some documents, by their ids; absent: groups cannot choose. */
  readonly choose?: ((off: readonly string[]) => Promise<Engine>) | undefined;
  readonly store: Store;
  readonly slogans: Slogans;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: Log;
  /** For calls that go past the outbox; without limits when absent. */
  readonly budget?: Budget | undefined;
  /** Decides whether a model is asked; undefined: none is. */
  readonly desk?: Desk | undefined;
  /** Draws a chart, off this thread; absent: numbers have to do. */
  readonly drawChart?: ((order: ChartOrder) => Promise<Uint8Array>) | undefined;
  readonly owners: readonly number[];
  /** Documents from a chat; without it owners keep them in the folder alone. */
  readonly keeping?: Keeping | undefined;
  /** By name: the zone of chats that have set none. */
  readonly timeZone: string;
  /** HH:MM: the slogan's hour for chats that have set none. */
  readonly sloganTime: string;
}

/** What the handlers of updates share: what the bot was given, and what it keeps between updates. */
export interface HandlerDeps extends BotDeps {
  readonly allowance: Allowance;
  readonly lookUps: LookUps;
}
