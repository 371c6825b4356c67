import { type Expression, type Selectable, type SqlBool, sql } from 'kysely';
import { padded } from './batches.ts';
import { LANES, type Lane, type OutboxRow, rowOf } from './outbox-row.ts';
import type { Parts } from './parts.ts';
import type { Db, Tables, Trx } from './tables.ts';

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

/** Marks the next rows `sending`, replies first, at most one per chat, and returns them in the order of their turns. */
export async function claim(
  trx: Trx,
  wish: ClaimWish,
  now: number,
  { turns, replica }: Pick<Parts, 'turns' | 'replica'>,
): Promise<readonly OutboxRow[]> {
  const candidates = (lane: Lane, limit: number, except: readonly number[]) =>
    candidatesOf(trx, lane, limit, except, now, replica !== undefined);
  const fresh = await candidates(LANES.replies, wish.total, wish.except);
  turns.served(Math.max(0, ...fresh.map(({ turn }) => turn ?? 0)));
  const beside = [...wish.except, ...fresh.map(({ chat_id }) => chat_id)];
  const late = await candidates(LANES.late, wish.total - fresh.length, beside);
  const taken = [...beside, ...late.map(({ chat_id }) => chat_id)];
  const left = Math.min(wish.broadcasts, wish.total - fresh.length - late.length);
  const broadcasts = await candidates(LANES.broadcasts, left, taken);
  const rows = [...fresh, ...late, ...broadcasts].map(claimed);
  if (rows.length === 0) return rows;
  const ids = rows.map(({ id }) => id);
  await trx
    .updateTable('outbox')
    .set((eb) => ({
      state: 'sending',
      attempts: eb('attempts', '+', 1),
      claimed_at: now,
      claimed_by: replica?.id ?? null,
    }))
    .where('id', 'in', padded(ids, ids[0] ?? 0))
    .execute();
  return withAnswers(trx, rows);
}

export async function outlook(db: Db | Trx): Promise<Outlook> {
  const found = await db
    .selectNoFrom((eb) => {
      const first = (lane: Lane) =>
        eb
          .selectFrom('outbox as o')
          .select((inner) => inner.fn.min('o.turn').as('turn'))
          .where(isReady)
          .where('o.lane', '=', sql.lit(lane));
      const next = (lane: Lane) =>
        eb
          .selectFrom('outbox as o')
          .select((inner) => inner.fn.min('o.not_before').as('at'))
          .where(isParked)
          .where('o.lane', '=', sql.lit(lane));
      return [
        first(LANES.replies).as('reply'),
        next(LANES.replies).as('replyNext'),
        first(LANES.late).as('late'),
        next(LANES.late).as('lateNext'),
        first(LANES.broadcasts).as('broadcast'),
        next(LANES.broadcasts).as('broadcastNext'),
      ];
    })
    .executeTakeFirstOrThrow();
  const nexts = [found.replyNext, found.lateNext].filter((at) => at !== null);
  return {
    replies: {
      withheld: found.reply !== null || found.late !== null,
      nextDueAt: nexts.length > 0 ? Math.min(...nexts) : undefined,
    },
    broadcasts: { withheld: found.broadcast !== null, nextDueAt: found.broadcastNext ?? undefined },
  };
}

// As in open-rows.ts, for the names that these queries give the table.
const isReady = sql<SqlBool>`o.state = 'pending' and o.turn is not null`;
const isParked = sql<SqlBool>`o.state = 'pending' and o.turn is null`;
const isOpen = sql<SqlBool>`earlier.state in ('pending', 'sending')`;

async function candidatesOf(
  trx: Trx,
  lane: Lane,
  limit: number,
  except: readonly number[],
  now: number,
  isShared: boolean,
): Promise<readonly Selectable<Tables['outbox']>[]> {
  if (limit <= 0) return [];
  return await trx
    .selectFrom('outbox as o')
    .selectAll()
    .where(isReady)
    .where('o.lane', '=', sql.lit(lane))
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
              .where('earlier.lane', 'in', lane === LANES.late ? WAITED_FOR_LATE : [sql.lit(lane)])
              .whereRef('earlier.id', '<', 'o.id')
              .where(isOpen),
          ),
        ),
    )
    .orderBy('o.turn')
    .orderBy('o.id')
    .limit(limit)
    // Two processes that claim at once get different rows. SQLite has one writer and no such words.
    .$if(isShared, (query) => query.forUpdate('o').skipLocked())
    .execute();
}

/** Of one answer in several messages the first may still be in the air as a fresh one. */
const WAITED_FOR_LATE = [sql.lit(LANES.replies), sql.lit(LANES.late)];

function claimed(row: Selectable<Tables['outbox']>): OutboxRow {
  return { ...rowOf(row), state: 'sending', attempts: row.attempts + 1 };
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
