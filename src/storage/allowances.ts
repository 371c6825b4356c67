import { inBatches } from './batches.ts';
import { makeRoom } from './make-room.ts';
import type { Db, Trx } from './tables.ts';

/** How much a chat or a person may ask. Counted in memory, written with the next commit, read back at the start. */
export interface Allowances {
  /**
   * Takes one of `limit` that a window of `windowMs` holds; the window begins with its first taking. The first
   * refusal in a window is told apart, so that one short word can be said and then nothing.
   */
  take(key: string, limit: number, windowMs: number): Allowance;
}

export interface Allowance {
  readonly allowed: boolean;
  readonly firstRefusal: boolean;
}

/** The key under which a chat's allowance is kept: it follows a group that becomes a supergroup. */
export function chatAllowance(chatId: number): string {
  return `chat:${chatId}`;
}

/** The key for a person, who is known here by a hash alone. */
export function personAllowance(person: string): string {
  return `person:${person}`;
}

/** What the store itself does with them. */
export interface AllowanceLedger extends Allowances {
  /** Writes what changed since the last time; what it returns is to be called when the transaction was not committed. */
  flush(trx: Trx): Promise<() => void>;
  /** Moves a chat's counters in memory; returns the keys that are no longer used. */
  rekey(from: number, to: number): readonly string[];
}

interface Counter {
  used: number;
  refused: boolean;
  startedAt: number;
  endsAt: number;
}

/** How often ended windows are looked for, in milliseconds. */
const SWEPT_EVERY = 60_000;
/** Counters kept at most, some 150 bytes each; the oldest give way. Windows last a minute. */
const COUNTERS = 200_000;

export async function openAllowances(db: Db, now: () => number): Promise<AllowanceLedger> {
  const counters = new Map<string, Counter>();
  let changed = new Set<string>();
  let sweptAt = now();
  const kept = await db.selectFrom('allowances').selectAll().where('ends_at', '>', now()).execute();
  for (const { key, used, refused, started_at, ends_at } of kept) {
    counters.set(key, { used, refused: refused === 1, startedAt: started_at, endsAt: ends_at });
  }

  function sweep(at: number): void {
    if (at - sweptAt < SWEPT_EVERY && at >= sweptAt) return;
    sweptAt = at;
    for (const [key, { endsAt }] of counters) if (endsAt <= at) counters.delete(key);
  }

  return {
    take(key, limit, windowMs) {
      const at = now();
      sweep(at);
      let counter = counters.get(key);
      // A clock that was put back would make the window last for ever.
      if (!counter || at >= counter.endsAt || at < counter.startedAt) {
        counter = { used: 0, refused: false, startedAt: at, endsAt: at + windowMs };
        counters.delete(key);
        counters.set(key, counter);
        makeRoom(counters, COUNTERS);
      }
      const allowed = counter.used < limit;
      const firstRefusal = !allowed && !counter.refused;
      if (allowed) counter.used++;
      else counter.refused = true;
      if (allowed || firstRefusal) changed.add(key);
      return { allowed, firstRefusal };
    },
    async flush(trx) {
      const flushed = changed;
      changed = new Set();
      const undo = () => {
        for (const key of flushed) changed.add(key);
      };
      try {
        for (const batch of inBatches([...flushed].flatMap((key) => rowOf(key, counters.get(key))))) {
          await upsert(trx, batch);
        }
      } catch (cause) {
        undo();
        throw cause;
      }
      return undo;
    },
    rekey(from, to) {
      const [old, young] = [chatAllowance(from), chatAllowance(to)];
      const counter = counters.get(old);
      if (!counter) return [old];
      const other = counters.get(young);
      if (!other || other.used < counter.used) counters.set(young, counter);
      counters.delete(old);
      changed.delete(old);
      changed.add(young);
      return [old];
    },
  };
}

function rowOf(key: string, counter: Counter | undefined) {
  if (!counter) return [];
  const { used, refused, startedAt, endsAt } = counter;
  return [{ key, used, refused: refused ? 1 : 0, started_at: startedAt, ends_at: endsAt }];
}

async function upsert(trx: Trx, rows: readonly ReturnType<typeof rowOf>[number][]): Promise<void> {
  await trx
    .insertInto('allowances')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({
        used: eb.ref('excluded.used'),
        refused: eb.ref('excluded.refused'),
        started_at: eb.ref('excluded.started_at'),
        ends_at: eb.ref('excluded.ends_at'),
      })),
    )
    .execute();
}
