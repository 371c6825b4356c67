import { type Kysely, sql } from 'kysely';
import { createPartialIndexes } from './partial-indexes.ts';

/** What pruning looks for in tables that were kept for ever before: see prune.ts. */
export async function createRetention(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('feedback_voted').on('feedback').column('voted_at').execute();
  await db.schema.createIndex('chats_left').on('chats').column('inactive_at').where(sql<boolean>`active = 0`).execute();
  await db.schema
    .createIndex('chats_quiet')
    .on('chats')
    .column('updated_at')
    .where(sql<boolean>`slogan_time is null and ambient = 0`)
    .execute();
}

// Written out and not bound: SQLite uses a partial index only where the query says just what the index says.
export const hasQuestion = sql<boolean>`content like '%"asked":%'`;

/**
 * What is looked for among the answers of a month: by pruning, those of the last hours that still hold their question; for a
 * question that leans on another, the latest of its chat, where a busy one has thousands.
 */
export async function indexLatestAnswers(db: Kysely<unknown>): Promise<void> {
  await createPartialIndexes(db, 'answers', [['answers_asked', ['created_at'], hasQuestion]]);
  await db.schema.createIndex('answers_latest').on('answers').columns(['chat_id', 'created_at']).execute();
}
