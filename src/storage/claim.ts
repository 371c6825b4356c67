import { type Expression, type SqlBool, sql } from 'kysely';
import { padded } from './batches.ts';
import { LANES, type Lane, type OutboxRow, rowOf } from './outbox-row.ts';
import type { Db, Trx } from './tables.ts';

export interface ClaimWish {
  /** At most so many rows; replies and notices first. */
  readonly total: number;
  /** At most so many of them broadcasts. */
  readonly broadcasts: number;
  /** Chats that may not be sent to now, for a moment: a few hundred at most, as many as the pace lets close at once. */
  readonly except: readonly number[];
}

/** When there is more to do. */
export interface Outlook {
  readonly replies: LaneOutlook;
  readonly broadcasts: LaneOutlook;
}

export interface LaneOutlook {
  /** Whether rows are due that were not claimed. */
  readonly withheld: boolean;
  /** When the next row that isn't due yet will be. */
  readonly nextDueAt: number | undefined;
}

/** Marks the next rows `sending`, replies first, at most one a chat, and returns them in the order they fell due. */
export async function claim(trx: Trx, wish: ClaimWish, now: number): Promise<readonly OutboxRow[]> {
  const replies = await candidates(trx, LANES.replies, wish.total, wish.except, now);
  const taken = [...wish.except, ...replies.map(({ chatId }) => chatId)];
  const left = Math.min(wish.broadcasts, wish.total - replies.length);
  const broadcasts = await candidates(trx, LANES.broadcasts, left, taken, now);
  const rows = [...replies, ...broadcasts];
  if (rows.length === 0) return rows;
  const ids = rows.map(({ id }) => id);
  const claimed = await trx
    .updateTable('outbox')
    .set((eb) => ({ state: 'sending', attempts: eb('attempts', '+', 1), claimed_at: now }))
    .where('id', 'in', padded(ids, ids[0] ?? 0))
    // Another replica may have been quicker since they were looked up.
    .where('state', '=', 'pending')
    .returning('id')
    .execute();
  const ours = new Set(claimed.map(({ id }) => id));
  return withAnswers(
    trx,
    rows.filter(({ id }) => ours.has(id)),
  );
}

/** At most `limit` rows whose time has passed become `expired`; these are returned. */
export async function expire(trx: Trx, limit: number, now: number): Promise<readonly OutboxRow[]> {
  const expired = await trx
    .updateTable('outbox')
    .set({ state: 'expired', reason: 'expired', finished_at: now })
    .where('id', 'in', (eb) =>
      eb.selectFrom('outbox as o').select('o.id').where(isPending).where('o.expires_at', '<=', now).limit(limit),
    )
    .returningAll()
    .execute();
  return expired.map(rowOf);
}

export async function outlook(db: Db | Trx, now: number): Promise<Outlook> {
  const found = await db
    .selectNoFrom((eb) => {
      const first = (lane: Lane, comparison: '<=' | '>') =>
        eb
          .selectFrom('outbox as o')
          .select((inner) => inner.fn.min('o.not_before').as('at'))
          .where(isPending)
          .where('o.lane', '=', sql.lit(lane))
          .where('o.not_before', comparison, now);
      return [
        first(LANES.replies, '<=').as('replyDue'),
        first(LANES.replies, '>').as('replyNext'),
        first(LANES.broadcasts, '<=').as('broadcastDue'),
        first(LANES.broadcasts, '>').as('broadcastNext'),
      ];
    })
    .executeTakeFirstOrThrow();
  return {
    replies: { withheld: found.replyDue !== null, nextDueAt: found.replyNext ?? undefined },
    broadcasts: { withheld: found.broadcastDue !== null, nextDueAt: found.broadcastNext ?? undefined },
  };
}

// As in open-rows.ts, for the names that these queries give the table.
const isPending = sql<SqlBool>`o.state = 'pending'`;
const isOpen = sql<SqlBool>`earlier.state in ('pending', 'sending')`;

async function candidates(
  trx: Trx,
  lane: Lane,
  limit: number,
  except: readonly number[],
  now: number,
): Promise<readonly OutboxRow[]> {
  if (limit <= 0) return [];
  const found = await trx
    .selectFrom('outbox as o')
    .selectAll()
    .where(isPending)
    .where('o.lane', '=', sql.lit(lane))
    .where('o.not_before', '<=', now)
    .where((eb) => eb.or([eb('o.expires_at', 'is', null), eb('o.expires_at', '>', now)]))
    // No chat has the id 0.
    .where('o.chat_id', 'not in', padded(except, 0))
    .where(
      (eb): Expression<SqlBool> =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox as earlier')
              .select('earlier.id')
              .whereRef('earlier.chat_id', '=', 'o.chat_id')
              .where('earlier.lane', '=', sql.lit(lane))
              .whereRef('earlier.id', '<', 'o.id')
              .where(isOpen),
          ),
        ),
    )
    .orderBy('o.not_before')
    .orderBy('o.id')
    .limit(limit)
    .execute();
  return found.map((row) => ({ ...rowOf(row), state: 'sending', attempts: row.attempts + 1 }));
}

/** Tells the rows that edit which message they are to edit. */
async function withAnswers(trx: Trx, rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
  if (!rows.some(edits)) return rows;
  const told: OutboxRow[] = [];
  for (const row of rows) {
    const answer = edits(row)
      ? await trx
          .selectFrom('answers')
          .select('message_id')
          .where('chat_id', '=', row.chatId)
          .where('question_id', '=', row.questionId ?? 0)
          .executeTakeFirst()
      : undefined;
    told.push(answer ? { ...row, messageId: answer.message_id ?? undefined } : row);
  }
  return told;
}

function edits(row: OutboxRow): boolean {
  return row.questionId !== undefined && row.method.startsWith('edit');
}
