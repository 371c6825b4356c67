import type { AllowanceLedger } from './allowances.ts';
import type { Replica } from './replicas.ts';
import type { SeenChats } from './seen-chats.ts';
import type { Db } from './tables.ts';
import type { Transact } from './transact.ts';
import type { Turns } from './turns.ts';

/** What the parts of a store share. */
export interface Parts {
  readonly db: Db;
  readonly transact: Transact;
  readonly now: () => number;
  readonly seen: SeenChats;
  readonly allowances: AllowanceLedger;
  readonly turns: Turns;
  /** Where other processes share the database. */
  readonly replica: Replica | undefined;
}
