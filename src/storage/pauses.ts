import type { Kysely } from 'kysely';
import { inBatches } from './batches.ts';
import type { ColumnTypes } from './column-types.ts';
import { isOpen } from './open-rows.ts';
import type { Trx } from './tables.ts';

/**
 * Chats that asked us to wait. The wait stands in each row that is to go there, so that claiming passes over such rows
 * without a look at them, and here for the rows that are yet to come.
 */
export async function createPauses(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('pauses')
    .addColumn('chat_id', types.integer, (c) => c.primaryKey())
    .addColumn('until', types.integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('pauses_until').on('pauses').column('until').execute();
  // For a group that becomes a supergroup: all its rows follow.
  await db.schema.createIndex('outbox_chat').on('outbox').column('chat_id').execute();
}

/** Nothing is to be sent to a chat until then. */
export async function pauseChat(trx: Trx, chatId: number, until: number): Promise<void> {
  await trx
    .insertInto('pauses')
    .values({ chat_id: chatId, until })
    .onConflict((conflict) => conflict.column('chat_id').doUpdateSet({ until }))
    .execute();
  await trx
    .updateTable('outbox')
    .set({ not_before: until, turn: null })
    .where('chat_id', '=', chatId)
    .where(isOpen)
    .where('state', '=', 'pending')
    .where('not_before', '<', until)
    .execute();
}

/** Nothing is put off by more than a day: what seems to wait for longer was put off by a clock that was wrong. */
export const FARTHEST_MS = 2 * 86_400_000;

/** Until when some of these chats have to wait. */
export async function pausesOf(
  trx: Trx,
  chatIds: readonly number[],
  now: number,
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>();
  for (const batch of inBatches([...new Set(chatIds)])) {
    const rows = await trx
      .selectFrom('pauses')
      .selectAll()
      .where('chat_id', 'in', batch)
      .where('until', '>', now)
      .where('until', '<', now + FARTHEST_MS)
      .execute();
    for (const { chat_id, until } of rows) found.set(chat_id, until);
  }
  return found;
}
