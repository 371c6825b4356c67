import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { StoreError } from './store-error.ts';
import type { Db } from './tables.ts';

/** The right to be the one process that works on a database: two would answer some questions twice. */
export interface Lease {
  /** Rejects with a StoreError `in-use` once another process has it, as after a long sleep of the machine. */
  readonly lost: Promise<never>;
  /** For the next start not to wait. */
  release(): Promise<void>;
}

/** Of a database that processes share. */
export const SHARED: Lease = { lost: new Promise(() => {}), release: async () => {} };

/** In milliseconds. */
export interface LeaseLimits {
  /** The holder shows that it lives this often. */
  readonly beatMs: number;
  /** Without a beat for so long it is dead: after a crash the next start waits no longer than this. */
  readonly deadMs: number;
  /** Whoever waits looks this often. */
  readonly lookMs: number;
}

export const LEASE_LIMITS: LeaseLimits = { beatMs: 2_000, deadMs: 8_000, lookMs: 250 };

/**
 * Beats are counted and not dated, so that no clock that is put forward or back makes a holder live or dead.
 */
export async function createLeases(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('pid', types.integer, (c) => c.notNull())
    .addColumn('pids_of', 'text', (c) => c.notNull())
    .addColumn('beat', types.integer, (c) => c.notNull())
    .execute();
}

/**
 * Takes the lease, at once when nobody has it, or when its holder was a process of this machine that is gone.
 *
 * @throws StoreError `in-use` when its holder lives; the reason of `signal` when that comes first
 */
export async function takeLease(
  db: Db,
  place: string,
  limits: LeaseLimits = LEASE_LIMITS,
  signal?: AbortSignal,
): Promise<Lease> {
  const own = { name: NAME, holder: randomUUID(), pid: process.pid, pids_of: pidsOf(), beat: 0 };
  const found = () => db.selectFrom('leases').selectAll().where('name', '=', NAME).executeTakeFirst();
  const insert = () =>
    db
      .insertInto('leases')
      .values(own)
      .onConflict((conflict) => conflict.doNothing());
  const first = await found();
  const waitsUntil = performance.now() + limits.deadMs;
  for (let held = first; ; held = await found()) {
    if (!held) {
      const { numInsertedOrUpdatedRows } = await insert().executeTakeFirst();
      if (Number(numInsertedOrUpdatedRows) > 0) break;
      continue;
    }
    if (held.holder !== first?.holder || held.beat !== first.beat) throw new StoreError('in-use', place);
    if (isGone(held) || performance.now() >= waitsUntil) {
      const { numDeletedRows } = await db
        .deleteFrom('leases')
        .where('name', '=', NAME)
        .where('holder', '=', held.holder)
        .where('beat', '=', held.beat)
        .executeTakeFirst();
      if (Number(numDeletedRows) === 0) throw new StoreError('in-use', place);
      continue;
    }
    await sleep(limits.lookMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
  return holding(db, place, own.holder, limits);
}

/** The one lease that there is. */
const NAME = 'bot';

function holding(db: Db, place: string, holder: string, { beatMs }: LeaseLimits): Lease {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  // Whoever stops meanwhile need not hear of it.
  lost.catch(() => {});
  const ours = () => db.updateTable('leases').where('name', '=', NAME).where('holder', '=', holder);
  const beating = setInterval(() => {
    ours()
      .set((eb) => ({ beat: eb('beat', '+', 1) }))
      .executeTakeFirst()
      .then(({ numUpdatedRows }) => {
        if (Number(numUpdatedRows) > 0) return;
        clearInterval(beating);
        reject(new StoreError('in-use', place));
      })
      // While the database takes nothing, it takes nothing from others either.
      .catch(() => {});
  }, beatMs);
  beating.unref();
  return {
    lost,
    async release() {
      clearInterval(beating);
      await db.deleteFrom('leases').where('name', '=', NAME).where('holder', '=', holder).execute();
    },
  };
}

/** Where process ids mean the same, a boot of Linux and a container in it; elsewhere a dead holder is waited for. */
function pidsOf(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return `unknown ${randomUUID()}`;
  }
}

function isGone({ pid, pids_of }: { readonly pid: number; readonly pids_of: string }): boolean {
  // Where the first process can't be seen, others are hidden too.
  return pids_of === pidsOf() && existsSync('/proc/1') && !existsSync(`/proc/${pid}`);
}
