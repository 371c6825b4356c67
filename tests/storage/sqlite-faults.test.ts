import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite, sqliteDialect } from '../../src/storage/sqlite.ts';
import { openDriver, openStore, type Store } from '../../src/storage/store.ts';
import { StoreError, type StoreErrorCode } from '../../src/storage/store-error.ts';
import { silent } from './store-suite.ts';
import { claim, decided, reply } from './suite/fixture.ts';

const types = { integer: 'integer', serial: 'integer', bytes: 'blob' } as const;
const options = { now: () => 1_000, log: silent };

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-faults-'));
  path = join(folder, 'wence.db');
});
afterEach(() => rm(folder, { recursive: true }));

/** The error, checked to be ours, and to say where and what to do in Chinese. */
async function refusal(work: Promise<unknown>, code: StoreErrorCode): Promise<StoreError> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof StoreError)) throw new Error(`not a StoreError: ${String(error)}`, { cause: error });
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/请|程序会/u);
  return error;
}

async function makeDatabase(): Promise<void> {
  await (await openStore({ url: `sqlite:${path}`, ...options })).close();
}

describe('opening', () => {
  it('refuses a file that is no database', async () => {
    await writeFile(path, 'BOT_TOKEN=123\n'.repeat(100));
    const error = await refusal(openStore({ url: `sqlite:${path}`, ...options }), 'not-a-database');
    expect(error.message).toContain(path);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('refuses a folder, and a path that leads through a file', async () => {
    await refusal(openStore({ url: `sqlite:${folder}`, ...options }), 'cannot-open');
    await writeFile(join(folder, 'data'), '');
    await refusal(openStore({ url: `sqlite:${folder}/data/wence.db`, ...options }), 'cannot-open');
  });

  it.each(['', 'data/wence.db', 'sqlite:', 'mysql://bot:geheim@host/db'])('refuses the address "%s"', async (url) => {
    const error = await refusal(openStore({ url, ...options }), 'bad-url');
    expect(error.message).not.toContain('geheim');
  });

  it('refuses a database of a newer version, and leaves it as it is', async () => {
    await makeDatabase();
    const newer = new DatabaseSync(path);
    newer.exec(`insert into migrations values ('9999-something-new', '2030-01-01T00:00:00.000Z')`);
    newer.exec('alter table chats add column new_thing text; pragma wal_checkpoint(truncate)');
    newer.close();
    const before = await readFile(path);
    await refusal(openStore({ url: `sqlite:${path}`, ...options }), 'newer');
    expect(before.equals(await readFile(path))).toBe(true);
  });

  it('refuses a database that can only be read', async () => {
    await makeDatabase();
    const dialect = sqliteDialect(new DatabaseSync(path, { readOnly: true }), path);
    await refusal(openDriver({ dialect, types, place: path }, options), 'read-only');
  });

  it('refuses a database whose pages were overwritten', async () => {
    await makeDatabase();
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0x5a, 4096));
    await refusal(openStore({ url: `sqlite:${path}`, ...options }), 'corrupt');
  });

  it('opens what it made before, twice in a row', async () => {
    await makeDatabase();
    await makeDatabase();
  });
});

describe('a database that another program holds', () => {
  it('is refused after a short wait, loses nothing, and goes on when it is free', async () => {
    const dialect = openSqlite({ path, busyTimeoutMs: 20 });
    const store = await openDriver({ dialect, types, place: path }, options);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    const update = decided(1, { outgoing: [reply(1)] });
    await refusal(store.updates.commit([update]), 'locked');
    expect(await store.updates.known([1])).toEqual(new Set());
    other.exec('rollback');
    expect(await store.updates.commit([update])).toMatchObject([{ outcome: 'committed' }]);
    other.exec('begin; select * from outbox');
    expect(await claim(store)).toHaveLength(1);
    other.close();
    await store.close();
  });
});

describe('a full disk', () => {
  it('is named, leaves nothing half done, and is got over without a restart', async () => {
    const database = new DatabaseSync(path);
    const store = await openDriver({ dialect: sqliteDialect(database, path), types, place: path }, options);
    database.exec('pragma max_page_count = 60');
    const large = Array.from({ length: 100 }, () => reply(1, { payload: { text: '长'.repeat(4_000) } }));
    await refusal(store.updates.commit([decided(1, { outgoing: large })]), 'full');
    expect(await store.updates.known([1])).toEqual(new Set());
    await refusal(store.updates.commit([decided(1, { outgoing: large })]), 'full');
    database.exec('pragma max_page_count = 100000');
    await store.updates.commit([decided(1, { outgoing: large })]);
    expect((await store.outbox.depth()).replies).toBe(100);
    await store.close();
  });
});

describe('a transaction that fails', () => {
  it('tells its own fault when SQLite has rolled back by itself already', async () => {
    const database = new DatabaseSync(path);
    const db = new Kysely({ dialect: sqliteDialect(database, path) });
    const failing = db.transaction().execute(async () => {
      database.exec('rollback');
      throw new Error('the disk is gone');
    });
    await expect(failing).rejects.toThrow('the disk is gone');
    await db.destroy();
  });

  it('in its very last step writes nothing and forgets nothing', async () => {
    const database = new DatabaseSync(path);
    let broken = false;
    const prepare = database.prepare.bind(database);
    database.prepare = (sql: string) => {
      const statement = prepare(sql);
      if (sql !== 'commit') return statement;
      const run = statement.run.bind(statement);
      statement.run = () => {
        if (broken) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
        return run();
      };
      return statement;
    };
    const first = await openDriver({ dialect: sqliteDialect(database, path), types, place: path }, options);
    first.allowances.take('chat:1', 1, 60_000);
    broken = true;
    await refusal(first.updates.commit([decided(1, { chat: { id: 1, type: 'private' } })]), 'full');
    broken = false;
    expect(await first.updates.known([1])).toEqual(new Set());
    await first.updates.commit([decided(1, { chat: { id: 1, type: 'private' } })]);
    expect(await first.chats.get(1)).toBeDefined();
    await first.close();
    const second = await openStore({ url: `sqlite:${path}`, ...options });
    expect(second.allowances.take('chat:1', 1, 60_000).allowed).toBe(false);
    await second.close();
  });
});

describe('writes made at once', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore({ url: `sqlite:${path}`, ...options });
  });
  afterEach(() => store.close());

  it('never slip into one another: a turn between two commits sees whole updates only', async () => {
    const seen: number[] = [];
    const commits = Array.from({ length: 30 }, (_, index) =>
      store.updates.commit([
        decided(index, { outgoing: [reply(2 * index + 1), reply(2 * index + 2)], unanswered: ['问'] }),
      ]),
    );
    const turns = Array.from({ length: 30 }, async () => {
      seen.push((await claim(store)).length);
    });
    await Promise.all([...commits, ...turns]);
    expect(seen.every((rows) => rows % 2 === 0)).toBe(true);
    expect(seen.reduce((a, b) => a + b, 0) + (await claim(store)).length).toBe(60);
  });
});
