import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { inBatches } from './batches.ts';
import type { ColumnTypes } from './column-types.ts';
import { readObject } from './json.ts';
import type { Db, OutboxKind, Trx } from './tables.ts';

/**
 * What processes that share one database tell each other, by rows alone: that they live, when they sent what, and that
 * Telegram asks everybody to slow down. A process that has its database to itself has none of it.
 */
export interface Replica {
  readonly id: string;
  /**
   * Reads what the others have sent since the last time, at first in the last two minutes. Until the transaction ends no other process claims, so that
   * all keep one pace together; `paced` false leaves that out.
   */
  hear(trx: Trx, paced: boolean): Promise<News>;
  /** Writes what we are about to send, and a flood that we noticed, or that is over. */
  tell(trx: Trx, sends: readonly Try[], flood: Flood | 'over' | 'unchanged'): Promise<void>;
  /** Says that we live. Returns those that have given no sign of life for `DEAD_MS`. */
  beat(trx: Trx, at: number): Promise<readonly string[]>;
  /** Says that we are gone. */
  leave(): Promise<void>;
}

export interface Try {
  readonly chatId: number;
  readonly kind: OutboxKind;
  /** When it was made, or by when it will have been, by the clock of this process. */
  readonly at: number;
}

export interface News {
  readonly tries: readonly Try[];
  readonly flood: Flood | undefined;
}

/** Telegram asked everybody to slow down. In milliseconds since 1970. */
export interface Flood {
  readonly since: number;
  readonly waitMs: number;
  readonly setAt: number;
  /** Who tries whether it is over, and since when. */
  readonly probe?: { readonly by: string; readonly at: number } | undefined;
}

/** A process is taken for dead after so long without a sign, in milliseconds, counted by whoever looks. */
export const DEAD_MS = 15_000;
/** The longest window of the pace is a minute. */
const REMEMBERED_MS = 120_000;

/** Advisory locks are known by number alone, and this database is ours. */
const PACE_LOCK = 1;
const FLOOD = 'flood';

/** Among processes the database's clock holds, in milliseconds since 1970: their own may disagree. */
const DATABASE_NOW = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;

export function joinReplicas(db: Db, now: () => number): Replica {
  const id = randomBytes(6).toString('base64url');
  let cursor = 0;
  /** The sign last seen of each, and since when it is the last. */
  let seen: ReadonlyMap<string, { readonly sign: number; readonly since: number }> = new Map();
  let beatAt: number | undefined;

  return {
    id,
    async hear(trx, paced) {
      if (paced) await sql`select pg_advisory_xact_lock(${sql.lit(PACE_LOCK)})`.execute(trx);
      const flood = await trx.selectFrom('meta').select('value').where('key', '=', FLOOD).executeTakeFirst();
      const found = paced
        ? await trx
            .selectFrom('tries')
            .selectAll()
            .select(DATABASE_NOW.as('told_at'))
            .where('id', '>', cursor)
            .orderBy('id')
            .execute()
        : [];
      // They were written under the lock: none with a lower number is still to come.
      cursor = found.at(-1)?.id ?? cursor;
      const heardAt = now();
      const others = found.filter(({ replica }) => replica !== id);
      return {
        tries: others.map(({ chat_id, kind, at, told_at }) => ({ chatId: chat_id, kind, at: heardAt + at - told_at })),
        flood: flood && (readObject(flood.value) as Flood | undefined),
      };
    },
    async tell(trx, sends, flood) {
      const toldAt = now();
      for (const batch of inBatches(sends)) {
        await trx
          .insertInto('tries')
          .values(
            batch.map(({ chatId, kind, at }) => ({
              replica: id,
              chat_id: chatId,
              kind,
              at: sql<number>`${DATABASE_NOW} + ${at - toldAt}`,
            })),
          )
          .execute();
      }
      if (flood === 'unchanged') return;
      if (flood === 'over') {
        await trx.deleteFrom('meta').where('key', '=', FLOOD).execute();
        return;
      }
      const value = JSON.stringify(flood);
      await trx
        .insertInto('meta')
        .values({ key: FLOOD, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
    async beat(trx, at) {
      const all = await trx.selectFrom('replicas').selectAll().execute();
      await trx
        .insertInto('replicas')
        .values({ id, seen_at: at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: at }))
        .execute();
      await trx
        .deleteFrom('tries')
        .where('at', '<', sql<number>`${DATABASE_NOW} - ${sql.lit(REMEMBERED_MS)}`)
        .execute();
      // Whoever could not look for a while (the database was away) knows nothing of the others' silence.
      const looked = beatAt !== undefined && at - beatAt < DEAD_MS && at >= beatAt;
      beatAt = at;
      seen = new Map(
        all.map(({ id: other, seen_at: sign }) => {
          const known = looked ? seen.get(other) : undefined;
          return [other, known?.sign === sign ? known : { sign, since: at }];
        }),
      );
      const dead = [...seen].flatMap(([other, { since }]) => (other !== id && at - since >= DEAD_MS ? [other] : []));
      if (dead.length > 0) await trx.deleteFrom('replicas').where('id', 'in', dead).execute();
      return dead;
    },
    async leave() {
      await db.deleteFrom('replicas').where('id', '=', id).execute();
    },
  };
}

/** Rows that only processes on a shared database write. */
export async function createReplicas(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('replicas')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('seen_at', types.integer, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('tries')
    .addColumn('id', types.serial, (c) =>
      types.serial === 'integer' ? c.primaryKey().autoIncrement() : c.primaryKey(),
    )
    .addColumn('replica', 'text', (c) => c.notNull())
    .addColumn('chat_id', types.integer, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', types.integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('tries_at').on('tries').column('at').execute();
  await db.schema.alterTable('outbox').addColumn('claimed_by', 'text').execute();
}
