import { type Kysely, sql } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { readObject } from './json.ts';
import type { Parts } from './parts.ts';
import { StoreError } from './store-error.ts';
import type { Trx } from './tables.ts';

/** What becomes of a document on every process; `withdrawn`: it is gone, also where the folder had it to begin with. */
export type DocumentState = 'enabled' | 'disabled' | 'withdrawn';

/** The texts of a document's folder by their paths in it. */
export type DocumentTexts = Readonly<Record<string, string>>;

export interface StoredDocument {
  /** The name of its folder. */
  readonly id: string;
  readonly version: number;
  readonly state: DocumentState;
  /** Lets go live what answers labelled questions worse. */
  readonly forced: boolean;
}

/** The documents that owners changed, for the processes that share a database: each as it is now. */
export interface StoredDocuments {
  /**
   * Says what a document is from now on, under a version above all before it.
   *
   * @throws StoreError `too-large`
   */
  put(document: Omit<StoredDocument, 'version'> & { readonly texts: DocumentTexts }): Promise<void>;
  /** Lets what was changed last go live, whatever labelled questions come to. */
  force(): Promise<void>;
  /** What has changed since a version, by version. */
  since(version: number): Promise<readonly StoredDocument[]>;
  /** Undefined when the row is damaged. */
  texts(id: string): Promise<DocumentTexts | undefined>;
}

const MEGABYTE = 1_048_576;
/** In bytes: what the folder allows a file, and some of all its sources together. */
const LARGEST = 16 * MEGABYTE;
const LARGEST_ALL = 128 * MEGABYTE;
/** What is withdrawn is remembered, or a folder that has it would bring it back. */
const MOST = 5_000;

/** Advisory locks are known by number alone: see replicas.ts for the other. */
const LOCK = 2;

export function createDocuments({ db, transact }: Parts, place: string): StoredDocuments {
  /** One after the other, so that versions are seen in their order. */
  async function next(trx: Trx): Promise<number> {
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(trx);
    const last = await trx
      .selectFrom('documents')
      .select('version')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    return (last?.version ?? 0) + 1;
  }

  return {
    async put({ id, state, forced, texts }) {
      const files = JSON.stringify(texts);
      const size = Buffer.byteLength(files);
      await transact(async (trx) => {
        const version = await next(trx);
        const others = await trx
          .selectFrom('documents')
          .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number>('size').as('size')])
          .where('id', '!=', id)
          .executeTakeFirstOrThrow();
        if (size > LARGEST || Number(others.size ?? 0) + size > LARGEST_ALL || Number(others.count) >= MOST)
          throw new StoreError('too-large', place);
        const row = { version, state, forced: forced ? 1 : 0, files, size };
        await trx
          .insertInto('documents')
          .values({ id, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute();
      });
    },
    async force() {
      await transact(async (trx) => {
        const version = await next(trx);
        await trx
          .updateTable('documents')
          .set({ version, forced: 1 })
          .where('version', '=', version - 1)
          .execute();
      });
    },
    async since(version) {
      const rows = await db
        .selectFrom('documents')
        .select(['id', 'version', 'state', 'forced'])
        .where('version', '>', version)
        .orderBy('version')
        .execute();
      return rows.map((row) => ({ ...row, forced: row.forced === 1 }));
    },
    async texts(id) {
      const row = await db.selectFrom('documents').select('files').where('id', '=', id).executeTakeFirst();
      const files = row && readObject(row.files);
      if (!files || Object.values(files).some((text) => typeof text !== 'string')) return undefined;
      return files as DocumentTexts;
    },
  };
}

export async function createStoredDocuments(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('documents')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('version', types.integer, (c) => c.notNull().unique())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('forced', types.integer, (c) => c.notNull())
    .addColumn('files', 'text', (c) => c.notNull())
    .addColumn('size', types.integer, (c) => c.notNull())
    .execute();
}
