import { type RawBuilder, type Selectable, sql, type Updateable } from 'kysely';
import { inBatches } from './batches.ts';
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

type Sent = Extract<Settlement, { readonly to: 'sent' }>;
type Unsent = Exclude<Settlement, Sent>;

/** Writes down what became of rows; one that is no longer `sending`, or is somebody else's by now, is left as it is. */
export async function settle(
  trx: Trx,
  settlements: readonly Settlement[],
  now: number,
  replica: Replica | undefined,
): Promise<void> {
  const sent = settlements.filter((settlement) => settlement.to === 'sent');
  for (const batch of inBatches(sent)) await settleSent(trx, batch, now, replica);
  for (const settlement of settlements) {
    if (settlement.to === 'sent') continue;
    await trx
      .updateTable('outbox')
      .set(changesOf(settlement, now))
      .$if(settlement.to === 'pending' && settlement.ambiguous, (query) =>
        query.set((eb) => ({ ambiguities: eb('ambiguities', '+', 1) })),
      )
      .where('id', '=', settlement.id)
      .where('state', '=', 'sending')
      .$if(replica !== undefined, (query) => query.where('claimed_by', '=', replica?.id ?? ''))
      .execute();
  }
}

/**
 * Most are sent, and a database on the network is asked for all of them at once. By hand: Kysely has no list of values
 * that both databases read.
 */
async function settleSent(trx: Trx, sent: readonly Sent[], now: number, replica: Replica | undefined): Promise<void> {
  const isOurs = replica === undefined ? sql`` : sql`and outbox.claimed_by = ${replica.id}`;
  // What was sent stands in the chat; here it would only take room.
  const { rows: settled } = await sql<Pick<Selectable<Tables['outbox']>, 'chat_id' | 'question_id' | 'message_id'>>`
    with listed(id, message_id) as (values ${integers(sent.map(({ id, messageId = null }) => [id, messageId]))})
    update outbox
    set state = 'sent', message_id = listed.message_id, payload = '{}', error = null, finished_at = ${now}
    from listed
    where outbox.id = listed.id and outbox.state = 'sending' ${isOurs}
    returning outbox.chat_id, outbox.question_id, outbox.message_id`.execute(trx);
  const answers = settled.flatMap(({ chat_id, question_id, message_id }) =>
    question_id === null || message_id === null ? [] : [[chat_id, question_id, message_id]],
  );
  for (const batch of inBatches(answers)) {
    // Only the first part of an answer in several messages is the one that buttons and edits mean.
    await sql`
      with listed(chat_id, question_id, message_id) as (values ${integers(batch)})
      update answers set message_id = listed.message_id
      from listed
      where answers.chat_id = listed.chat_id and answers.question_id = listed.question_id
        and answers.message_id is null`.execute(trx);
  }
}

function integers(rows: readonly (readonly (number | null)[])[]): RawBuilder<unknown> {
  return sql.join(rows.map((row) => sql`(${sql.join(row.map((value) => sql`cast(${value} as bigint)`))})`));
}

function changesOf(settlement: Unsent, now: number): Updateable<Tables['outbox']> {
  if (settlement.to === 'pending') {
    return { state: 'pending', not_before: settlement.notBefore, turn: null, error: settlement.error };
  }
  return { state: settlement.to, reason: settlement.reason, error: settlement.error, finished_at: now };
}
