import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { createPartialIndexes } from './partial-indexes.ts';

/** The tables of version 1. tables.ts says what the columns mean. */
export async function createFirstTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('meta')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('updates')
    .addColumn('update_id', types.integer, (c) => c.primaryKey())
    .addColumn('seen_at', types.integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('updates_seen').on('updates').column('seen_at').execute();
  await createCampaigns(db, types);
  await createOutbox(db, types);
  await createChats(db, types);
  await createNotes(db, types);
}

async function createCampaigns(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await numbered(db.schema.createTable('campaigns'), types)
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('local_date', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('created_at', types.integer, (c) => c.notNull())
    .addColumn('finished_at', types.integer)
    .addUniqueConstraint('campaigns_once', ['name', 'local_date'])
    .execute();
}

async function createOutbox(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await numbered(db.schema.createTable('outbox'), types)
    .addColumn('chat_id', types.integer, (c) => c.notNull())
    .addColumn('thread_id', types.integer)
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('lane', types.integer, (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('update_id', types.integer)
    .addColumn('question_id', types.integer)
    .addColumn('campaign_id', types.integer, (c) => c.references('campaigns.id'))
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('pending'))
    .addColumn('reason', 'text')
    .addColumn('error', 'text')
    .addColumn('attempts', types.integer, (c) => c.notNull().defaultTo(0))
    .addColumn('ambiguities', types.integer, (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', types.integer, (c) => c.notNull())
    .addColumn('not_before', types.integer, (c) => c.notNull())
    .addColumn('expires_at', types.integer)
    .addColumn('claimed_at', types.integer)
    .addColumn('finished_at', types.integer)
    .addColumn('message_id', types.integer)
    .execute();
  // Partial indexes hold the open rows only, so that claiming costs the same however many have been sent.
  await createPartialIndexes(db, 'outbox', [
    ['outbox_due', ['lane', 'not_before', 'id'], sql<boolean>`state = 'pending'`],
    ['outbox_open', ['chat_id', 'lane', 'id'], sql<boolean>`state in ('pending', 'sending')`],
    ['outbox_expiring', ['expires_at'], sql<boolean>`state = 'pending' and expires_at is not null`],
    ['outbox_claimed', ['claimed_at'], sql<boolean>`claimed_at is not null`],
    ['outbox_sending', ['claimed_at'], sql<boolean>`state = 'sending'`],
    ['outbox_finished', ['finished_at'], sql<boolean>`finished_at is not null`],
  ]);
  await db.schema
    .createIndex('outbox_delivery')
    .unique()
    .on('outbox')
    .columns(['campaign_id', 'chat_id'])
    .where(sql<boolean>`campaign_id is not null`)
    .execute();
}

async function createChats(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('chats')
    .addColumn('id', types.integer, (c) => c.primaryKey())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('title', 'text')
    .addColumn('is_forum', types.integer, (c) => c.notNull().defaultTo(0))
    .addColumn('language_code', 'text')
    .addColumn('active', types.integer, (c) => c.notNull().defaultTo(1))
    .addColumn('inactive_reason', 'text')
    .addColumn('inactive_at', types.integer)
    .addColumn('not_found_days', types.integer, (c) => c.notNull().defaultTo(0))
    .addColumn('not_found_day', types.integer)
    .addColumn('ambient', types.integer, (c) => c.notNull().defaultTo(0))
    .addColumn('slogan_time', 'text')
    .addColumn('time_zone', 'text')
    .addColumn('slogan_topic', types.integer)
    .addColumn('slogan_form', 'text', (c) => c.notNull().defaultTo('text'))
    .addColumn('slogan_off', 'text')
    .addColumn('created_at', types.integer, (c) => c.notNull())
    .addColumn('updated_at', types.integer, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('chats_subscribed')
    .on('chats')
    .columns(['time_zone', 'slogan_time', 'id'])
    .where(sql<boolean>`slogan_time is not null`)
    .execute();
}

async function createNotes(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('answers')
    .addColumn('chat_id', types.integer, (c) => c.notNull())
    .addColumn('question_id', types.integer, (c) => c.notNull())
    .addColumn('message_id', types.integer)
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('created_at', types.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('answers_key', ['chat_id', 'question_id'])
    .execute();
  await db.schema.createIndex('answers_message').on('answers').columns(['chat_id', 'message_id']).execute();
  await db.schema.createIndex('answers_created').on('answers').column('created_at').execute();
  await db.schema
    .createTable('feedback')
    .addColumn('chat_id', types.integer, (c) => c.notNull())
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('point', 'text', (c) => c.notNull())
    .addColumn('vote', 'text', (c) => c.notNull())
    .addColumn('voted_at', types.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('feedback_key', ['chat_id', 'message', 'person'])
    .execute();
  await db.schema.createIndex('feedback_point').on('feedback').columns(['point', 'vote']).execute();
  await db.schema
    .createTable('unanswered')
    .addColumn('question', 'text', (c) => c.primaryKey())
    .addColumn('count', types.integer, (c) => c.notNull())
    .addColumn('first_at', types.integer, (c) => c.notNull())
    .addColumn('last_at', types.integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('unanswered_last').on('unanswered').column('last_at').execute();
  await db.schema
    .createTable('allowances')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('used', types.integer, (c) => c.notNull())
    .addColumn('refused', types.integer, (c) => c.notNull())
    .addColumn('started_at', types.integer, (c) => c.notNull())
    .addColumn('ends_at', types.integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('allowances_ends').on('allowances').column('ends_at').execute();
}

/** SQLite must not reuse a row's number: `autoincrement` sees to it, where PostgreSQL's serial does so by itself. */
function numbered<T extends string>(table: CreateTableBuilder<T>, types: ColumnTypes): CreateTableBuilder<T | 'id'> {
  return table.addColumn('id', types.serial, (c) =>
    types.serial === 'integer' ? c.primaryKey().autoIncrement() : c.primaryKey(),
  );
}
