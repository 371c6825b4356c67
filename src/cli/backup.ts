import { access } from 'node:fs/promises';
import { backup as backUpSqlite, DatabaseSync } from 'node:sqlite';
import { loadEnvironmentFile } from '../environment.ts';
import { copyDatabase } from '../storage/copying.ts';
import { StoreError } from '../storage/store-error.ts';
import { type Command, UsageError } from './command.ts';
import { createProgress, type Progress } from './progress.ts';
import { DATABASE } from './wording.ts';

const SQLITE = 'sqlite:';
/** Pages of 4 kB between two looks at the progress bar. */
const PAGES = 1_000;

/** The database in one file of SQLite's, whichever kind it is; the bot goes on meanwhile. */
export const backup: Command = {
  usage: 'backup FILE [--database URL]',
  options: { database: { type: 'string' } },
  async run(values, [file, ...more]) {
    if (file === undefined || more.length > 0) throw new UsageError(DATABASE.usage(backup.usage));
    if (await exists(file)) throw new UsageError(DATABASE.exists(file));
    const url = databaseUrl(values.database);
    await withProgress((progress) => backUp(url, file, progress));
    process.stdout.write(`${DATABASE.backedUp(file)}\n`);
    return 0;
  },
};

/** A backup, put into a database that is empty. */
export const restore: Command = {
  usage: 'restore FILE [--database URL]',
  options: { database: { type: 'string' } },
  async run(values, [file, ...more]) {
    if (file === undefined || more.length > 0) throw new UsageError(DATABASE.usage(restore.usage));
    if (!(await exists(file))) throw new UsageError(DATABASE.noFile(file));
    const rows = await copy(`${SQLITE}${file}`, databaseUrl(values.database), true);
    process.stdout.write(`${DATABASE.restored(rows)}\n`);
    return 0;
  },
};

/** All of a database in another one, of either kind; from SQLite to PostgreSQL, mostly. */
export const move: Command = {
  usage: 'move postgres://USER:PASSWORD@HOST/DATABASE [--database URL]',
  options: { database: { type: 'string' } },
  async run(values, [to, ...more]) {
    if (to === undefined || more.length > 0) throw new UsageError(DATABASE.usage(move.usage));
    const from = databaseUrl(values.database);
    if (from.startsWith(SQLITE) && !(await exists(from.slice(SQLITE.length)))) {
      throw new UsageError(DATABASE.noFile(from.slice(SQLITE.length)));
    }
    const rows = await copy(from, to, false);
    process.stdout.write(`${DATABASE.moved(rows)}\n`);
    return 0;
  },
};

async function backUp(url: string, file: string, progress: Progress): Promise<void> {
  if (!url.startsWith(SQLITE)) {
    await copyDatabase(url, `${SQLITE}${file}`, { online: true, onProgress: progress.show });
    return;
  }
  const path = url.slice(SQLITE.length);
  if (!(await exists(path))) throw new UsageError(DATABASE.noFile(path));
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    await backUpSqlite(database, file, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) => progress.show(totalPages - remainingPages, totalPages),
    });
  } catch (cause) {
    throw new StoreError('io', path, cause);
  } finally {
    database.close();
  }
}

async function copy(from: string, to: string, online: boolean): Promise<number> {
  return await withProgress(async (progress) => {
    const { rows } = await copyDatabase(from, to, { online, onProgress: progress.show });
    return rows;
  });
}

async function withProgress<T>(work: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = createProgress(process.stderr, () => performance.now());
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}

function databaseUrl(given: unknown): string {
  loadEnvironmentFile();
  return typeof given === 'string' ? given : process.env.DATABASE_URL || 'sqlite:data/wence.db';
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
