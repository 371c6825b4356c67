import { type Kysely, sql } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { makeRoom } from './make-room.ts';
import { createPartialIndexes } from './partial-indexes.ts';
import type { Db } from './tables.ts';

/**
 * Whose turn it is in the outbox: round robin over people and over chats, by virtual time (start-time fair queueing).
 * What somebody puts in gets the turn after their latest one. So a hundred answers to one person stand behind each
 * other. Who has had no turn for a while goes ahead of all who have: a round of two hundred who ask without end takes ten
 * seconds, and whoever asks now and then must not wait for it.
 */
export interface Turns {
  /** The next turn of a person and a chat. A person's private chat has the person's number. */
  next(chatId: number, asker?: number): number;
  /** Such a turn is being served. */
  served(turn: number): void;
}

/** So many turns may be made up for: the first of these comes before the turn that is being served. */
const AHEAD = 2;
/** People and chats remembered at most; those without anything that waits are forgotten first. */
const REMEMBERED = 50_000;

/** Turns go on where they were, but not behind everything that has been waiting since before. */
export async function openTurns(db: Db): Promise<Turns> {
  const first = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('turn').as('turn'))
    .where(isReady)
    .where('lane', '=', sql.lit(0))
    .executeTakeFirst();
  return createTurns((first?.turn ?? 1) - 1);
}

export function createTurns(start: number): Turns {
  /** The latest turn of each. */
  const latest = new Map<number, number>();
  let now = start;
  return {
    next(chatId, asker = chatId) {
      const turn = Math.max(now - AHEAD, latest.get(chatId) ?? 0, latest.get(asker) ?? 0) + 1;
      latest.set(chatId, turn);
      latest.set(asker, turn);
      if (latest.size > REMEMBERED) {
        for (const [id, last] of latest) if (last <= now - AHEAD) latest.delete(id);
        makeRoom(latest, REMEMBERED);
      }
      return turn;
    },
    served(turn) {
      now = Math.max(now, turn);
    },
  };
}

// Written out and not bound: SQLite uses a partial index only where the query says just what the index says.
const isReady = sql<boolean>`state = 'pending' and turn is not null`;

/** Rows that are due have a turn; those that wait for their time have none, so that nobody need look at them. */
export async function addTurns(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema.alterTable('outbox').addColumn('turn', types.integer).execute();
  await db.schema.dropIndex('outbox_due').execute();
  await createPartialIndexes(db, 'outbox', [
    ['outbox_due', ['lane', 'turn', 'id'], isReady],
    ['outbox_parked', ['lane', 'not_before'], sql<boolean>`state = 'pending' and turn is null`],
    ['outbox_ageing', ['created_at'], sql<boolean>`state = 'pending' and lane = 0`],
  ]);
}
