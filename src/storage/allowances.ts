import { sql } from 'kysely';
import { inBatches } from './batches.ts';
import { makeRoom } from './make-room.ts';
import type { Db, Trx } from './tables.ts';

/**
 * How much a chat or a person may ask. Counted in memory, added to the database with the next commit, and what other
 * processes added comes back with it; read at the start.
 */
export interface Allowances {
  /**
   * Takes one of `limit` that a window of `windowMs` holds; the window begins with its first taking. The first
   * refusal in a window is told apart, so that one short word can be said and then nothing. `at` is when it was asked
   * for, in milliseconds since 1970: now, unless it waited.
   */
  take(key: string, limit: number, windowMs: number, at?: number): Allowance;
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
  /** Of these, what the database does not know yet. */
  unsaid: number;
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
    counters.set(key, { used, unsaid: 0, refused: refused === 1, startedAt: started_at, endsAt: ends_at });
  }

  /** Windows that had ended at an instant, looked for now and then. */
  function sweep(endedBy: number): void {
    const at = now();
    if (at - sweptAt < SWEPT_EVERY && at >= sweptAt) return;
    sweptAt = at;
    for (const [key, { endsAt }] of counters) if (endsAt <= endedBy) counters.delete(key);
  }

  return {
    take(key, limit, windowMs, at = now()) {
      sweep(at);
      let counter = counters.get(key);
      // What waited a little longer than another belongs to the same window; a clock that was put back begins a new one.
      if (!counter || at >= counter.endsAt || at < counter.startedAt - windowMs) {
        counter = { used: 0, unsaid: 0, refused: false, startedAt: at, endsAt: at + windowMs };
        counters.delete(key);
        counters.set(key, counter);
        makeRoom(counters, COUNTERS);
      }
      const allowed = counter.used < limit;
      const firstRefusal = !allowed && !counter.refused;
      if (allowed) {
        counter.used++;
        counter.unsaid++;
      } else counter.refused = true;
      if (allowed || firstRefusal) changed.add(key);
      return { allowed, firstRefusal };
    },
    async flush(trx) {
      // In the same order everywhere, so that no two processes wait for each other.
      const flushed = [...changed].toSorted().flatMap((key) => {
        const counter = counters.get(key);
        return counter ? [{ key, counter, added: counter.unsaid }] : [];
      });
      changed = new Set();
      for (const { counter } of flushed) counter.unsaid = 0;
      const undo = () => {
        for (const { key, counter, added } of flushed) {
          counter.unsaid += added;
          changed.add(key);
        }
      };
      try {
        for (const batch of inBatches(flushed)) {
          const kept = new Map((await upsert(trx, batch)).map((row) => [row.key, row]));
          for (const { key, counter } of batch) {
            const row = kept.get(key);
            if (!row) continue;
            counter.used = row.used + counter.unsaid;
            counter.endsAt = row.ends_at;
          }
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
      if (!other || other.used < counter.used) counters.set(young, { ...counter, unsaid: counter.used });
      counters.delete(old);
      changed.delete(old);
      changed.add(young);
      return [old];
    },
  };
}

interface Flushed {
  readonly key: string;
  readonly counter: Counter;
  readonly added: number;
}

/** Adds to what is kept while its window is open, which another process may have opened; else begins a new one. */
async function upsert(trx: Trx, flushed: readonly Flushed[]) {
  const isOpen = sql<boolean>`allowances.ends_at > excluded.started_at and allowances.started_at < excluded.ends_at`;
  return await trx
    .insertInto('allowances')
    .values(
      flushed.map(({ key, counter, added }) => ({
        key,
        used: added,
        refused: counter.refused ? 1 : 0,
        started_at: counter.startedAt,
        ends_at: counter.endsAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({
        used: sql<number>`excluded.used + case when ${isOpen} then allowances.used else 0 end`,
        refused: eb.ref('excluded.refused'),
        started_at: sql<number>`case when ${isOpen} then allowances.started_at else excluded.started_at end`,
        ends_at: sql<number>`case when ${isOpen} then allowances.ends_at else excluded.ends_at end`,
      })),
    )
    .returning(['key', 'used', 'ends_at'])
    .execute();
}
