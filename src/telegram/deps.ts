import type { Desk } from '../asking/desk.ts';
import type { Broadcaster } from '../broadcast/broadcast.ts';
import type { Budget } from '../delivery/budget.ts';
import type { Engine } from '../engine.ts';
import type { Log, Store } from '../storage/store.ts';
import type { Fetch } from './http.ts';

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
  readonly store: Store;
  readonly slogans: Slogans;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: Log;
  /** For calls that go past the outbox; without limits when absent. */
  readonly budget?: Budget | undefined;
  /** Decides whether a model is asked; undefined: none is. */
  readonly desk?: Desk | undefined;
  readonly owners: readonly number[];
  /** By name: the zone of chats that have set none. */
  readonly timeZone: string;
  /** HH:MM: the slogan's hour for chats that have set none. */
  readonly sloganTime: string;
}
