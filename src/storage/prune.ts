import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** How long things are kept, in milliseconds. */
export interface Keeping {
  /** Telegram repeats an unconfirmed update for 24 h. */
  readonly updates: number;
  /** Finished rows of the outbox: for looking into what went wrong, and for a campaign's summary. */
  readonly outbox: number;
  /** For as long people's edits and buttons find their answer. */
  readonly answers: number;
  readonly unanswered: number;
  readonly campaigns: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const KEEPING: Keeping = {
  updates: 26 * HOUR,
  outbox: 3 * DAY,
  answers: 30 * DAY,
  unanswered: 180 * DAY,
  campaigns: 400 * DAY,
};

/** Rows of one delete: a few milliseconds each, between which others get their turn. */
const BATCH = 2_000;

/** Deletes what is past its time. Returns how many rows went; safe to run at any time, once an hour is plenty. */
export async function prune(db: Db, now: number, keeping: Keeping): Promise<number> {
  return (
    (await pruneTable(db, 'updates', 'update_id', 'seen_at', now - keeping.updates)) +
    (await pruneTable(db, 'outbox', 'id', 'finished_at', now - keeping.outbox)) +
    (await pruneTable(db, 'unanswered', 'question', 'last_at', now - keeping.unanswered)) +
    (await pruneTable(db, 'allowances', 'key', 'ends_at', now)) +
    (await pruneTable(db, 'pauses', 'chat_id', 'until', now)) +
    (await pruneAnswers(db, now - keeping.answers)) +
    (await pruneCampaigns(db, now - keeping.campaigns))
  );
}

type Pruned =
  | ['updates', 'update_id', 'seen_at']
  | ['outbox', 'id', 'finished_at']
  | ['unanswered', 'question', 'last_at']
  | ['allowances', 'key', 'ends_at']
  | ['pauses', 'chat_id', 'until'];

async function pruneTable(db: Db, ...[table, key, time, before]: [...Pruned, before: number]): Promise<number> {
  return repeat(async () => {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ${sql.ref(key)} in (
        select ${sql.ref(key)} from ${sql.table(table)} where ${sql.ref(time)} < ${before} limit ${BATCH}
      )`.execute(db);
    return Number(numAffectedRows ?? 0);
  });
}

async function pruneAnswers(db: Db, before: number): Promise<number> {
  return repeat(async () => {
    const result = await db
      .deleteFrom('answers')
      .where((eb) =>
        eb(
          eb.refTuple('chat_id', 'question_id'),
          'in',
          eb
            .selectFrom('answers')
            .select(['chat_id', 'question_id'])
            .where('created_at', '<', before)
            .limit(BATCH)
            .$asTuple('chat_id', 'question_id'),
        ),
      )
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  });
}

async function pruneCampaigns(db: Db, before: number): Promise<number> {
  const result = await db
    .deleteFrom('campaigns')
    .where('created_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('outbox').select('outbox.id').whereRef('outbox.campaign_id', '=', 'campaigns.id'))),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

async function repeat(batch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const rows = await batch();
    total += rows;
    if (rows < BATCH) return total;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
