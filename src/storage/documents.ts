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
   * Says what a document is from now on, under a version above all before it. False, and nothing is written, when it has
   * changed since the version that was `seen`.
   *
   * @throws StoreError `too-large`
   */
  put(document: ChangedDocument, seen: number): Promise<boolean>;
  /** Lets what was changed last go live, whatever labelled questions come to. */
  force(): Promise<void>;
  /** What has changed since a version, by version. */
  since(version: number): Promise<readonly StoredDocument[]>;
  /** Undefined when the row is damaged. */
  texts(id: string): Promise<DocumentTexts | undefined>;
  /** What it was made from; undefined when that never came by here. */
  original(id: string): Promise<Original | undefined>;
}

export interface ChangedDocument extends Omit<StoredDocument, 'version'> {
  readonly texts: DocumentTexts;
  /** Absent: what it was made from stays as it is, but for one that is withdrawn. */
  readonly original?: Original | undefined;
}

/** A file as it stands in a document's folder. */
export interface Original {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MEGABYTE = 1_048_576;
/** In bytes: what the folder allows a file, and some of all its sources together. */
const LARGEST = 16 * MEGABYTE;
const LARGEST_ALL = 128 * MEGABYTE;
const LARGEST_ORIGINALS = 1_024 * MEGABYTE;
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

  async function keep(trx: Trx, document: string, { name, bytes }: Original): Promise<void> {
    const size = bytes.byteLength;
    const others = await trx
      .selectFrom('originals')
      .select(({ fn }) => fn.sum<number>('size').as('size'))
      .executeTakeFirstOrThrow();
    if (Number(others.size ?? 0) + size > LARGEST_ORIGINALS) throw new StoreError('too-large', place);
    await trx.insertInto('originals').values({ document, name, bytes, size }).execute();
  }

  return {
    async put({ id, state, forced, texts, original }, seen) {
      const files = JSON.stringify(texts);
      const size = Buffer.byteLength(files);
      return await transact(async (trx) => {
        const version = await next(trx);
        const now = await trx.selectFrom('documents').select('version').where('id', '=', id).executeTakeFirst();
        if (now && now.version > seen) return false;
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
        if (original || state === 'withdrawn') await trx.deleteFrom('originals').where('document', '=', id).execute();
        if (original) await keep(trx, id, original);
        return true;
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
    original: (id) =>
      db.selectFrom('originals').select(['name', 'bytes']).where('document', '=', id).executeTakeFirst(),
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

export async function createOriginals(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('originals')
    .addColumn('document', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('size', types.integer, (c) => c.notNull())
    .addColumn('bytes', types.bytes, (c) => c.notNull())
    .execute();
}
