import type { Insertable, Selectable } from 'kysely';
import { inBatches } from './batches.ts';
import { readObject } from './json.ts';
import { pausesOf } from './pauses.ts';
import type { OutboxKind, OutboxState, Tables, Trx } from './tables.ts';
import type { Turns } from './turns.ts';

/** One call to Telegram that is to be made. */
export interface OutgoingRow {
  readonly chatId: number;
  /** The topic; none for General and outside forums. */
  readonly threadId?: number | undefined;
  readonly kind: OutboxKind;
  /** A Bot API method, such as sendMessage. */
  readonly method: string;
  /** Its parameters without `chat_id` and `message_thread_id`, which whoever sends takes from the row. */
  readonly payload: Readonly<Record<string, unknown>>;
  /**
   * The message of theirs that this answers. Once sent, the answer under (chat, question) learns our message id; a
   * method `edit…` gets that id as the claimed row's `messageId`.
   */
  readonly questionId?: number | undefined;
  readonly campaignId?: number | undefined;
  /** Not to be sent earlier; now when absent. */
  readonly notBefore?: number | undefined;
  /** Not to be sent at or after this; it becomes `expired`. When absent: what an update brought forth, a day later; the rest never. */
  readonly expiresAt?: number | undefined;
}

/** A row of the outbox as its worker sees it. */
export interface OutboxRow extends OutgoingRow {
  readonly id: number;
  readonly updateId?: number | undefined;
  readonly state: OutboxState;
  /** Tries that were begun, this one included. */
  readonly attempts: number;
  /** Tries of which nobody knows whether they arrived. */
  readonly ambiguities: number;
  readonly createdAt: number;
  /** Its parameters can't be read any more: it can't be sent. */
  readonly isDamaged?: boolean | undefined;
  readonly notBefore: number;
  /** For a method `edit…`: our message that answers `questionId`, if it was sent. For a sent row: what it became. */
  readonly messageId?: number | undefined;
}

/**
 * Replies and notices go ahead of broadcasts, and order is kept within a chat's lane. Replies that have waited for long
 * go into a lane of their own, behind the fresh ones.
 */
export const LANES = { replies: 0, broadcasts: 1, late: 2 } as const;
export type Lane = (typeof LANES)[keyof typeof LANES];

export function laneOf(kind: OutboxKind): Lane {
  return kind === 'broadcast' ? LANES.broadcasts : LANES.replies;
}

/** How long an answer is worth sending, in milliseconds. */
const LIFE_MS = 24 * 3_600_000;

export interface IncomingRow {
  readonly row: OutgoingRow;
  readonly updateId?: number | undefined;
  /** Who is answered: see turns.ts. */
  readonly asker?: number | undefined;
}

/** Inserts rows in the order given; a delivery that its campaign has already is left out. Returns how many went in. */
export async function insertRows(trx: Trx, rows: readonly IncomingRow[], now: number, turns: Turns): Promise<number> {
  let inserted = 0;
  for (const batch of inBatches(rows)) {
    const chats = batch.map(({ row }) => row.chatId);
    const pauses = await pausesOf(trx, chats, now);
    const dueAt = ({ chatId, notBefore = now }: OutgoingRow) => Math.max(notBefore, pauses.get(chatId) ?? 0);
    const result = await trx
      .insertInto('outbox')
      .values(batch.map((one) => columnsOf(one, dueAt(one.row), now, turns)))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    inserted += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return inserted;
}

export function rowOf(found: Selectable<Tables['outbox']>): OutboxRow {
  const payload = readObject(found.payload);
  return {
    id: found.id,
    chatId: found.chat_id,
    threadId: found.thread_id ?? undefined,
    kind: found.kind,
    method: found.method,
    payload: payload ?? {},
    ...(payload === undefined ? { isDamaged: true } : {}),
    questionId: found.question_id ?? undefined,
    campaignId: found.campaign_id ?? undefined,
    updateId: found.update_id ?? undefined,
    state: found.state,
    attempts: found.attempts,
    ambiguities: found.ambiguities,
    createdAt: found.created_at,
    notBefore: found.not_before,
    expiresAt: found.expires_at ?? undefined,
    messageId: found.message_id ?? undefined,
  };
}

/** Broadcasts go in the order in which they were put in: each chat gets one. */
export function turnOf(lane: number, turns: Turns, chatId: number, asker?: number): number {
  return lane === LANES.broadcasts ? 0 : turns.next(chatId, asker);
}

function columnsOf(
  { row, updateId, asker }: IncomingRow,
  dueAt: number,
  now: number,
  turns: Turns,
): Insertable<Tables['outbox']> {
  const life = updateId === undefined ? null : Math.max(now, row.notBefore ?? now) + LIFE_MS;
  return {
    chat_id: row.chatId,
    thread_id: row.threadId ?? null,
    kind: row.kind,
    lane: laneOf(row.kind),
    method: row.method,
    payload: JSON.stringify(row.payload),
    update_id: updateId ?? null,
    question_id: row.questionId ?? null,
    campaign_id: row.campaignId ?? null,
    state: 'pending',
    attempts: 0,
    ambiguities: 0,
    created_at: now,
    not_before: dueAt,
    turn: dueAt <= now ? turnOf(laneOf(row.kind), turns, row.chatId, asker) : null,
    expires_at: row.expiresAt ?? life,
  };
}
