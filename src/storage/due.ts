import { type SqlBool, sql } from 'kysely';
import { LANES, type OutboxRow, rowOf, turnOf } from './outbox-row.ts';
import type { Parts } from './parts.ts';
import { FARTHEST_MS } from './pauses.ts';
import type { Trx } from './tables.ts';

// As in open-rows.ts: each says just what its partial index says.
const isPending = sql<SqlBool>`o.state = 'pending'`;
const isParked = sql<SqlBool>`o.state = 'pending' and o.turn is null`;
const isFresh = sql<SqlBool>`o.state = 'pending' and o.lane = 0`;

/** After so long, in milliseconds, an answer goes behind those that somebody still waits for. */
const FRESH_MS = 3_600_000;

/** At most `limit` rows whose time has passed become `expired`; these are returned. */
export async function expire(trx: Trx, limit: number, now: number, isShared: boolean): Promise<readonly OutboxRow[]> {
  const expired = await trx
    .updateTable('outbox')
    .set({ state: 'expired', reason: 'expired', finished_at: now })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('outbox as o')
        .select('o.id')
        .where(isPending)
        .where('o.expires_at', '<=', now)
        .limit(limit)
        .$if(isShared, (query) => query.forUpdate().skipLocked()),
    )
    .returningAll()
    .execute();
  return expired.map(rowOf);
}

/** At most `limit` replies that have waited for long go behind the fresh ones. Returns how many did. */
export async function age(trx: Trx, limit: number, now: number, isShared: boolean): Promise<number> {
  const aged = await trx
    .updateTable('outbox')
    .set({ lane: LANES.late })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('outbox as o')
        .select('o.id')
        .where(isFresh)
        .where('o.created_at', '<=', now - FRESH_MS)
        .limit(limit)
        .$if(isShared, (query) => query.forUpdate().skipLocked()),
    )
    .executeTakeFirst();
  return Number(aged.numUpdatedRows);
}

/** At most `limit` rows whose time has come get a turn, the first due first. Returns how many did. */
export async function release(
  trx: Trx,
  limit: number,
  now: number,
  { turns, replica }: Pick<Parts, 'turns' | 'replica'>,
): Promise<number> {
  let released = 0;
  for (const lane of Object.values(LANES)) {
    // What was put off by a clock that was far ahead would wait for years.
    await trx
      .updateTable('outbox as o')
      .set({ not_before: now })
      .where(isParked)
      .where('o.lane', '=', sql.lit(lane))
      .where('o.not_before', '>', now + FARTHEST_MS)
      .execute();
    const due = await trx
      .selectFrom('outbox as o')
      .select(['o.id', 'o.chat_id'])
      .where(isParked)
      .where('o.lane', '=', sql.lit(lane))
      .where('o.not_before', '<=', now)
      .orderBy('o.not_before')
      .orderBy('o.id')
      .limit(limit - released)
      .$if(replica !== undefined, (query) => query.forUpdate().skipLocked())
      .execute();
    for (const { id, chat_id } of due) {
      const turn = turnOf(lane, turns, chat_id);
      await trx.updateTable('outbox').set({ turn }).where('id', '=', id).execute();
    }
    released += due.length;
  }
  return released;
}
