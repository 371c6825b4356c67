import type { AllowanceLedger } from './allowances.ts';
import type { SeenChats } from './seen-chats.ts';
import type { Db } from './tables.ts';
import type { Turns } from './turns.ts';

/** What the parts of a store share. */
export interface Parts {
  readonly db: Db;
  readonly now: () => number;
  readonly seen: SeenChats;
  readonly allowances: AllowanceLedger;
  readonly turns: Turns;
}
