import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { StoreError, type StoreErrorCode } from './store-error.ts';

export interface SqliteOptions {
  /** A file, created with its folder when missing, or ':memory:'. */
  readonly path: string;
  /** How long to wait for another process's write, in milliseconds. The wait blocks the event loop: keep it short. */
  readonly busyTimeoutMs?: number | undefined;
}

/** One SQLite database for Kysely. Throws StoreError when it can't be opened for reading and writing. */
export function openSqlite(options: SqliteOptions): Dialect {
  const { path } = options;
  let database: DatabaseSync | undefined;
  try {
    if (path !== MEMORY) makeFolder(dirname(resolve(path)));
    database = new DatabaseSync(path, { timeout: options.busyTimeoutMs ?? 1_000 });
    return sqliteDialect(database, path);
  } catch (cause) {
    database?.close();
    throw storeErrorOf(cause, path, 'cannot-open');
  }
}

/** Node's own `recursive` never comes back where a folder can't be made, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (cause) {
    // Somebody else was quicker.
    if (!existsSync(folder)) throw cause;
  }
}

/** Makes an open database Kysely's: sets it up, and turns what node:sqlite throws into StoreErrors that name `place`. */
export function sqliteDialect(database: DatabaseSync, place: string): Dialect {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw storeErrorOf(cause, place);
    }
  };
  guarded(() => {
    // WAL lets a reader (a backup, a person looking) and the bot work at once. NORMAL syncs at checkpoints only: a
    // power cut may lose the last commits, never the database; Telegram repeats what was not yet confirmed.
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on');
    // A journal of finished work that stays on the disk after a burst, in bytes.
    database.exec('pragma journal_size_limit = 67108864; pragma temp_store = memory; pragma cache_size = -16000');
  });
  const dialect = new SqliteDialect({ database: shim(database, guarded) });
  // SQLite's DDL is transactional; Kysely leaves that off, and a crash in a migration would leave half of it.
  dialect.createAdapter = () => Object.create(new SqliteAdapter(), { supportsTransactionalDdl: { value: true } });
  return dialect;
}

const MEMORY = ':memory:';

/** Statements kept prepared; the store has fewer than this, counting each size of multi-row insert. */
const STATEMENTS = 256;

const NOTHING = { changes: 0, lastInsertRowid: 0 };

/** What Kysely expects of better-sqlite3, from node:sqlite. */
function shim(database: DatabaseSync, guarded: <T>(work: () => T) => T): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => guarded(() => database.close()),
    prepare(text) {
      const known = prepared.get(text);
      if (known) return known;
      // A transaction that reads first and writes later can't wait for another writer (SQLITE_BUSY_SNAPSHOT), so
      // ours, which all write, take the write lock at once.
      const sql = text === 'begin' ? 'begin immediate' : text;
      const statement = adapt(
        guarded(() => database.prepare(sql)),
        guarded,
      );
      // After some faults (a full disk) SQLite has rolled back by itself, and the fault must not be hidden by another.
      if (text === 'rollback') {
        return { ...statement, run: (none) => (database.isTransaction ? statement.run(none) : NOTHING) };
      }
      if (prepared.size >= STATEMENTS) prepared.delete(prepared.keys().next().value ?? '');
      prepared.set(text, statement);
      return statement;
    },
  };
}

function adapt(statement: StatementSync, guarded: <T>(work: () => T) => T): SqliteStatement {
  // Kysely binds what our own typed queries hold: numbers, strings and null.
  const bound = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => guarded(() => statement.all(...bound(parameters))),
    run: (parameters) => guarded(() => statement.run(...bound(parameters))),
    iterate: (parameters) => guarded(() => statement.iterate(...bound(parameters))),
  };
}

/** SQLite's primary result codes, https://sqlite.org/rescode.html; the extended ones carry them in the low byte. */
const CODES: ReadonlyMap<number, StoreErrorCode> = new Map([
  [5, 'locked'],
  [6, 'locked'],
  [8, 'read-only'],
  [10, 'io'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'cannot-open'],
  [26, 'not-a-database'],
]);

function storeErrorOf(cause: unknown, place: string, otherwise: StoreErrorCode = 'failed'): StoreError {
  if (cause instanceof StoreError) return cause;
  return new StoreError((isSqliteError(cause) && CODES.get(cause.errcode & 0xff)) || otherwise, place, cause);
}

function isSqliteError(cause: unknown): cause is Error & { readonly errcode: number } {
  return cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number';
}
