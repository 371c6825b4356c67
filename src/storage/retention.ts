import { type Kysely, sql } from 'kysely';

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
