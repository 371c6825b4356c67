import type { Kysely } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { readObject } from './json.ts';
import type { Parts } from './parts.ts';
import type { Trx } from './tables.ts';

/** Documents that were read and wait for an owner's word. */
export interface StoredDrafts {
  /** The oldest of a chat's drafts give way to what is more than `MOST` or `LARGEST_ALL`. */
  put(draft: StoredDraft): Promise<void>;
  /** Undefined when there is none. */
  content(key: string): Promise<unknown>;
  /** The file that it was read from. */
  original(key: string): Promise<Uint8Array | undefined>;
  change(key: string, content: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface StoredDraft {
  readonly key: string;
  /** Whose it is: an owner's private chat. */
  readonly chatId: number;
  /** JSON of the caller's own shape. */
  readonly content: unknown;
  readonly original: Uint8Array;
}

/** Who tries which draft; a trial ends with its draft. */
export interface Trials {
  of(person: number): Promise<string | undefined>;
  begin(person: number, draft: string): Promise<void>;
  end(person: number): Promise<void>;
}

/** Of a chat. */
const MOST = 100;
/** In bytes, of a chat: a draft takes some 30 MB at most, by what is read of a file (importing/limits.ts). */
const LARGEST_ALL = 128 * 1_048_576;

export function createDrafts({ db, transact, now }: Parts): StoredDrafts {
  return {
    async put({ key, chatId, content, original }) {
      const text = JSON.stringify(content);
      const size = Buffer.byteLength(text) + original.byteLength;
      const row = { chat_id: chatId, content: text, original, size, created_at: now() };
      await transact(async (trx) => {
        await trx
          .insertInto('drafts')
          .values({ key, ...row })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
          .execute();
        await makeRoom(trx, chatId);
      });
    },
    async content(key) {
      const found = await db.selectFrom('drafts').select('content').where('key', '=', key).executeTakeFirst();
      return found && readObject(found.content);
    },
    async original(key) {
      const found = await db.selectFrom('drafts').select('original').where('key', '=', key).executeTakeFirst();
      return found?.original;
    },
    async change(key, content) {
      await db
        .updateTable('drafts')
        .set({ content: JSON.stringify(content) })
        .where('key', '=', key)
        .execute();
    },
    async remove(key) {
      await db.deleteFrom('drafts').where('key', '=', key).execute();
    },
  };
}

async function makeRoom(trx: Trx, chatId: number): Promise<void> {
  const latest = await trx
    .selectFrom('drafts')
    .select(['key', 'size'])
    .where('chat_id', '=', chatId)
    .orderBy('created_at', 'desc')
    .execute();
  let bytes = 0;
  for (const [at, { key, size }] of latest.entries()) {
    bytes += size;
    if (at >= MOST || bytes > LARGEST_ALL) await trx.deleteFrom('drafts').where('key', '=', key).execute();
  }
}

export function createTrials({ db }: Parts): Trials {
  return {
    async of(person) {
      const found = await db.selectFrom('trials').select('draft').where('person', '=', person).executeTakeFirst();
      return found?.draft;
    },
    async begin(person, draft) {
      await db
        .insertInto('trials')
        .values({ person, draft })
        .onConflict((conflict) => conflict.column('person').doUpdateSet({ draft }))
        .execute();
    },
    async end(person) {
      await db.deleteFrom('trials').where('person', '=', person).execute();
    },
  };
}

export async function createDraftTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('drafts')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('chat_id', types.integer, (c) => c.notNull())
    .addColumn('size', types.integer, (c) => c.notNull())
    .addColumn('created_at', types.integer, (c) => c.notNull())
    // Last: what stands behind megabytes is read through all of them.
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('original', types.bytes, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('drafts_chat').on('drafts').columns(['chat_id', 'created_at']).execute();
  await db.schema.createIndex('drafts_created').on('drafts').column('created_at').execute();
  await db.schema
    .createTable('trials')
    .addColumn('person', types.integer, (c) => c.primaryKey())
    .addColumn('draft', 'text', (c) => c.notNull().references('drafts.key').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('trials_draft').on('trials').column('draft').execute();
}
