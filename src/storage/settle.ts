import type { Updateable } from 'kysely';
import type { Replica } from './replicas.ts';
import type { Tables, Trx } from './tables.ts';

/** What became of a row that was claimed. */
export type Settlement =
  | { readonly id: number; readonly to: 'sent'; readonly messageId?: number | undefined }
  | {
      readonly id: number;
      /** To be tried again, `notBefore` that time. */
      readonly to: 'pending';
      readonly notBefore: number;
      readonly error: string;
      /** Whether the try may have arrived. */
      readonly ambiguous: boolean;
    }
  | { readonly id: number; readonly to: 'unknown' | 'failed'; readonly reason: string; readonly error: string };

/** Writes down what became of rows; one that is no longer `sending`, or is somebody else's by now, is left as it is. */
export async function settle(
  trx: Trx,
  settlements: readonly Settlement[],
  now: number,
  replica: Replica | undefined,
): Promise<void> {
  for (const settlement of settlements) {
    const settled = await trx
      .updateTable('outbox')
      .set(changesOf(settlement, now))
      .$if(settlement.to === 'pending' && settlement.ambiguous, (query) =>
        query.set((eb) => ({ ambiguities: eb('ambiguities', '+', 1) })),
      )
      .where('id', '=', settlement.id)
      .where('state', '=', 'sending')
      .$if(replica !== undefined, (query) => query.where('claimed_by', '=', replica?.id ?? ''))
      .returning(['chat_id', 'question_id'])
      .executeTakeFirst();
    if (settlement.to !== 'sent' || settlement.messageId === undefined || settled?.question_id == null) continue;
    // Only the first part of an answer in several messages is the one that buttons and edits mean.
    await trx
      .updateTable('answers')
      .set({ message_id: settlement.messageId })
      .where('chat_id', '=', settled.chat_id)
      .where('question_id', '=', settled.question_id)
      .where('message_id', 'is', null)
      .execute();
  }
}

function changesOf(settlement: Settlement, now: number): Updateable<Tables['outbox']> {
  switch (settlement.to) {
    case 'sent':
      return {
        state: 'sent',
        message_id: settlement.messageId ?? null,
        // What was sent stands in the chat; here it would only take room.
        payload: '{}',
        error: null,
        finished_at: now,
      };
    case 'pending':
      return { state: 'pending', not_before: settlement.notBefore, turn: null, error: settlement.error };
    case 'unknown':
    case 'failed':
      return {
        state: settlement.to,
        reason: settlement.reason,
        error: settlement.error,
        finished_at: now,
      };
  }
}
