import type { Insertable, Selectable } from 'kysely';
import { inBatches } from './batches.ts';
import { pausesOf } from './pauses.ts';
import type { OutboxKind, OutboxState, Tables, Trx } from './tables.ts';

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
  /** Not to be sent at or after this; it becomes `expired`. */
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
  readonly notBefore: number;
  /** For a method `edit…`: our message that answers `questionId`, if it was sent. For a sent row: what it became. */
  readonly messageId?: number | undefined;
}

/** Replies and notices go ahead of broadcasts, and order is kept within a chat's lane. */
export const LANES = { replies: 0, broadcasts: 1 } as const;
export type Lane = (typeof LANES)[keyof typeof LANES];

export function laneOf(kind: OutboxKind): Lane {
  return kind === 'broadcast' ? LANES.broadcasts : LANES.replies;
}

/** Inserts rows in the order given; a delivery that its campaign has already is left out. Returns how many went in. */
export async function insertRows(
  trx: Trx,
  rows: readonly { readonly row: OutgoingRow; readonly updateId?: number }[],
  now: number,
): Promise<number> {
  let inserted = 0;
  for (const batch of inBatches(rows)) {
    const chats = batch.map(({ row }) => row.chatId);
    const pauses = await pausesOf(trx, chats, now);
    const dueAt = ({ chatId, notBefore = now }: OutgoingRow) => Math.max(notBefore, pauses.get(chatId) ?? 0);
    const result = await trx
      .insertInto('outbox')
      .values(batch.map(({ row, updateId }) => columnsOf({ ...row, notBefore: dueAt(row) }, updateId, now)))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    inserted += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return inserted;
}

export function rowOf(found: Selectable<Tables['outbox']>): OutboxRow {
  return {
    id: found.id,
    chatId: found.chat_id,
    threadId: found.thread_id ?? undefined,
    kind: found.kind,
    method: found.method,
    payload: JSON.parse(found.payload),
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

function columnsOf(row: OutgoingRow, updateId: number | undefined, now: number): Insertable<Tables['outbox']> {
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
    not_before: row.notBefore ?? now,
    expires_at: row.expiresAt ?? null,
  };
}
