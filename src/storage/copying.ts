import { Kysely, sql, type Transaction } from 'kysely';
import { inBatches } from './batches.ts';
import { type Driver, driverFor } from './driver.ts';
import { takeLease } from './lease.ts';
import { migrate } from './migrations.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

export interface Copying {
  /** Rows that are there by now, of how many. */
  readonly onProgress: (done: number, all: number) => void;
  /**
   * Whether the bot may go on meanwhile: then what is copied is the database as it was at the beginning. Else nobody
   * may work on it, since what is written later would stay behind.
   */
  readonly online: boolean;
}

export interface Copied {
  readonly rows: number;
  /** Rows that an earlier run had copied. */
  readonly before: number;
}

type Name = keyof Tables;
type Row = Readonly<Record<string, string | number | Uint8Array | null>>;

/**
 * The tables in the order in which they are copied, with what their rows go by. Left out is what belongs to processes
 * and not to the bot: leases, replicas, tries.
 */
export const KEYS = {
  campaigns: ['id'],
  updates: ['update_id'],
  outbox: ['id'],
  chats: ['id'],
  answers: ['chat_id', 'question_id'],
  feedback: ['chat_id', 'message', 'person'],
  unanswered: ['question'],
  allowances: ['key'],
  pauses: ['chat_id'],
  pointings: ['id'],
  remembered: ['key'],
  documents: ['id'],
  originals: ['document'],
  drafts: ['key'],
  trials: ['person'],
  inbox: ['id'],
  // Last: the key by which people are known makes the copy a whole one.
  meta: ['key'],
} as const satisfies Partial<Record<Name, readonly string[]>>;
export const LEFT_OUT = ['leases', 'replicas', 'tries'] as const satisfies readonly Name[];
type Copyable = keyof typeof KEYS;

/** Rows of one transaction: what a failure costs at most. */
const PAGE = 1_000;
/** Whose rows are of many megabytes goes one by one. */
const LARGE: ReadonlySet<Name> = new Set(['documents', 'originals', 'drafts']);
const pageOf = (name: Name) => (LARGE.has(name) ? 1 : PAGE);
const MARK = 'copy:';

/**
 * Copies a bot's database into another of either kind, which has to be empty. Run again after a failure it goes on where
 * it was: how far each table is stands in the copy, written with the rows.
 *
 * @throws StoreError `not-empty` when the other holds something else
 */
export async function copyDatabase(fromUrl: string, toUrl: string, copying: Copying): Promise<Copied> {
  const [from, to] = [await driverFor(fromUrl), await driverFor(toUrl)];
  const [source, target] = [new Kysely<Tables>({ dialect: from.dialect }), new Kysely<Tables>({ dialect: to.dialect })];
  try {
    await migrate(source, from.types, from.place);
    await migrate(target, to.types, to.place);
    const lease = copying.online ? undefined : await leaseOf(source, from);
    try {
      await checkTarget(target, to);
      // A reader that stands still: what is written meanwhile is for the next copy.
      return await snapshot(source, from, async (reader) => {
        const copied = await copyAll(reader, target, copying);
        await finish(target, to);
        return copied;
      });
    } finally {
      await lease?.release();
    }
  } finally {
    await source.destroy();
    await target.destroy();
  }
}

async function copyAll(reader: Kysely<Tables>, target: Kysely<Tables>, { onProgress }: Copying): Promise<Copied> {
  const names = Object.keys(KEYS) as Copyable[];
  const counts = await Promise.all(names.map((name) => countOf(reader, name)));
  const all = counts.reduce((sum, count) => sum + count, 0);
  const before = await copiedBefore(target);
  let done = before;
  onProgress(done, all);
  for (const name of names) {
    for (;;) {
      const copied = await copyPage(reader, target, name);
      done += copied;
      onProgress(done, all);
      if (copied < pageOf(name)) break;
    }
  }
  return { rows: done, before };
}

/** The next rows of a table, and how far it is then, in one transaction. Returns how many. */
async function copyPage(reader: Kysely<Tables>, target: Kysely<Tables>, name: Copyable): Promise<number> {
  const key = KEYS[name];
  const mark = `${MARK}${name}`;
  const found = await target.selectFrom('meta').select('value').where('key', '=', mark).executeTakeFirst();
  const state = found ? (JSON.parse(found.value) as { after: readonly unknown[]; rows: number }) : undefined;
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const after = state ? sql`where (${columns}) > (${sql.join(state.after)})` : sql``;
  const { rows } = await sql<Row>`
    select * from ${sql.table(name)} ${after} order by ${columns} limit ${sql.lit(pageOf(name))}`.execute(reader);
  const last = rows.at(-1);
  if (!last) return 0;
  const value = JSON.stringify({ after: key.map((column) => last[column]), rows: (state?.rows ?? 0) + rows.length });
  await target.transaction().execute(async (trx) => {
    for (const batch of inBatches(rows)) {
      await trx
        .insertInto(name)
        .values(batch as never)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await trx
      .insertInto('meta')
      .values({ key: mark, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  });
  return rows.length;
}

async function copiedBefore(target: Kysely<Tables>): Promise<number> {
  const marks = await target.selectFrom('meta').select('value').where('key', 'like', `${MARK}%`).execute();
  return marks.reduce((sum, { value }) => sum + (JSON.parse(value) as { rows: number }).rows, 0);
}

/** Takes the marks away, and lets the numbers of new rows go on behind those that came. */
async function finish(target: Kysely<Tables>, { sharedAt }: Driver): Promise<void> {
  await target.deleteFrom('meta').where('key', 'like', `${MARK}%`).execute();
  // What Telegram asked of processes that are gone.
  await target.deleteFrom('meta').where('key', '=', 'flood').execute();
  if (sharedAt === undefined) return;
  for (const name of ['campaigns', 'outbox', 'pointings'] as const) {
    const next = sql`coalesce((select max(id) from ${sql.table(name)}), 0) + 1`;
    await sql`select setval(pg_get_serial_sequence(${name}, 'id'), ${next}, false)`.execute(target);
  }
}

async function checkTarget(target: Kysely<Tables>, { place }: Driver): Promise<void> {
  const begun = await target.selectFrom('meta').select('key').where('key', 'like', `${MARK}%`).executeTakeFirst();
  if (begun) return;
  for (const name of Object.keys(KEYS) as Copyable[]) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(target);
    if (rows.length > 0) throw new StoreError('not-empty', place);
  }
}

async function countOf(reader: Kysely<Tables>, name: Copyable): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(reader);
  return Number(rows[0]?.rows ?? 0);
}

/** On a database that processes share, nobody may have given a sign of life of late. */
async function leaseOf(source: Kysely<Tables>, from: Driver) {
  if (from.sharedAt === undefined) return await takeLease(source, from.place);
  const live = await source.selectFrom('replicas').select('id').executeTakeFirst();
  if (live) throw new StoreError('in-use', from.place);
  return undefined;
}

async function snapshot<T>(
  source: Kysely<Tables>,
  { sharedAt }: Driver,
  work: (reader: Transaction<Tables> | Kysely<Tables>) => Promise<T>,
): Promise<T> {
  if (sharedAt === undefined) return await work(source);
  return await source.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}
