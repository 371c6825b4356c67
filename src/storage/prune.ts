import { type RawBuilder, sql } from 'kysely';
import { inBatches, othersTurn } from './batches.ts';
import { readObject } from './json.ts';
import { hasQuestion } from './retention.ts';
import type { Db, Tables } from './tables.ts';

/** How long things are kept, in milliseconds. */
export interface Keeping {
  /** Telegram repeats an unconfirmed update for 24 h. */
  readonly updates: number;
  /** Finished rows of the outbox: for looking into what went wrong, and for a campaign's summary. */
  readonly outbox: number;
  /** For as long people's edits and buttons find their answer. */
  readonly answers: number;
  readonly unanswered: number;
  /** What a model replied, for whoever asks the same. */
  readonly remembered: number;
  /** Files that an owner sent and did not decide about. */
  readonly drafts: number;
  readonly campaigns: number;
  /** Votes: as long as what was asked in vain, beside which they are read. */
  readonly feedback: number;
  /** Chats that we were removed from: for when we are brought back soon, by mistake or not. */
  readonly chatsLeft: number;
  /** Chats in which nobody has spoken to us for so long, and where nothing was set. */
  readonly chatsQuiet: number;
}

/** Rows of what was asked in vain that are kept at most: whoever mends them reads the most frequent few. */
const MOST_UNANSWERED = 20_000;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const KEEPING: Keeping = {
  updates: 26 * HOUR,
  outbox: 3 * DAY,
  answers: 30 * DAY,
  unanswered: 90 * DAY,
  remembered: 30 * DAY,
  drafts: 30 * DAY,
  campaigns: 400 * DAY,
  feedback: 90 * DAY,
  chatsLeft: 30 * DAY,
  chatsQuiet: 400 * DAY,
};

/** A question is kept beside its answer for so long, for one that leans on it. */
const QUESTION_KEPT = HOUR;

/**
 * Takes the questions out of answers that nobody leans on any more. Here and not in the database, whose functions would
 * put the rest into an order of their own.
 */
async function forgetQuestions(db: Db, now: number): Promise<void> {
  await repeat(async () => {
    const found = await db
      .selectFrom('answers')
      .select(['chat_id', 'question_id', 'content', 'created_at'])
      .where('created_at', '<', now - QUESTION_KEPT)
      .where(hasQuestion)
      .limit(BATCH)
      .execute();
    for (const batch of inBatches(found)) {
      const rows = batch.map(({ chat_id, question_id, created_at, content }) => {
        const { asked: _, ...kept } = readObject(content) ?? {};
        return sql`(cast(${chat_id} as bigint), cast(${question_id} as bigint), cast(${created_at} as bigint), cast(${JSON.stringify(kept)} as text))`;
      });
      // By the time too: another answer may have taken its place.
      await sql`
        with listed(chat_id, question_id, created_at, content) as (values ${sql.join(rows)})
        update answers set content = listed.content
        from listed
        where answers.chat_id = listed.chat_id and answers.question_id = listed.question_id
          and answers.created_at = listed.created_at`.execute(db);
    }
    return found.length;
  });
}

/** A question that nobody has answered for so long, in milliseconds, is none any more: no worker looks after it. */
const ABANDONED = DAY;

/** Rows of one delete: 25 ms of the processor at most, for answers, which stand in five indexes; then others get their turn. */
const BATCH = 500;

/** Deletes what is past its time. Returns how many rows went; safe to run at any time, once an hour is plenty. */
export async function prune(db: Db, now: number, keeping: Keeping): Promise<number> {
  const before = (column: string, at: number) => sql`${sql.ref(column)} < ${at}`;
  const left = sql`active = 0 and inactive_at < ${now - keeping.chatsLeft}`;
  await forgetQuestions(db, now);
  const quiet = sql`slogan_time is null and ambient = 0 and model = 1 and short = 0 and documents_off is null and silent_until is null and updated_at < ${now - keeping.chatsQuiet}`;
  return (
    (await pruneTable(db, 'updates', ['update_id'], before('seen_at', now - keeping.updates))) +
    (await pruneTable(db, 'outbox', ['id'], before('finished_at', now - keeping.outbox))) +
    (await pruneTable(db, 'unanswered', ['question'], before('last_at', now - keeping.unanswered))) +
    (await pruneTable(db, 'unanswered', ['question'], before('last_at', await latestUnanswered(db)))) +
    (await pruneTable(db, 'feedback', ['chat_id', 'message', 'person'], before('voted_at', now - keeping.feedback))) +
    (await pruneTable(db, 'chats', ['id'], left)) +
    (await pruneTable(db, 'chats', ['id'], quiet)) +
    (await pruneTable(db, 'allowances', ['key'], before('ends_at', now))) +
    (await pruneTable(db, 'pointings', ['id'], before('created_at', now - ABANDONED))) +
    (await pruneTable(db, 'remembered', ['key'], before('created_at', now - keeping.remembered))) +
    (await pruneTable(db, 'drafts', ['key'], before('created_at', now - keeping.drafts))) +
    (await pruneTable(db, 'inbox', ['id'], before('at', now - keeping.drafts))) +
    (await pruneTable(db, 'pauses', ['chat_id'], before('until', now))) +
    (await pruneTable(db, 'answers', ['chat_id', 'question_id'], before('created_at', now - keeping.answers))) +
    (await pruneCampaigns(db, now - keeping.campaigns))
  );
}

function pruneTable(db: Db, table: keyof Tables, key: readonly string[], isPast: RawBuilder<unknown>): Promise<number> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  return repeat(async () => {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where (${columns}) in (
        select ${columns} from ${sql.table(table)} where ${isPast} limit ${BATCH}
      )`.execute(db);
    return Number(numAffectedRows ?? 0);
  });
}

/** When the oldest of the latest questions was asked that are kept at most. */
async function latestUnanswered(db: Db): Promise<number> {
  const found = await db
    .selectFrom('unanswered')
    .select('last_at')
    .orderBy('last_at', 'desc')
    .offset(MOST_UNANSWERED)
    .limit(1)
    .executeTakeFirst();
  return found?.last_at ?? 0;
}

/** By their own date, however long ago they were begun: one without a date is a mark that is kept for ever. */
async function pruneCampaigns(db: Db, before: number): Promise<number> {
  const result = await db
    .deleteFrom('campaigns')
    .where('created_at', '<', before)
    .where('local_date', '<', new Date(before).toISOString().slice(0, 10))
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
    await othersTurn();
  }
}
