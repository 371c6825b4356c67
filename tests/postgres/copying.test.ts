import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabase, KEYS, LEFT_OUT } from '../../src/storage/copying.ts';
import { openStore } from '../../src/storage/store.ts';
import { call, run } from '../cli/run.ts';
import { silent } from '../storage/store-suite.ts';
import { claim, decided, reply, settle } from '../storage/suite/fixture.ts';
import { createDatabase, type Database, onServer } from './database.ts';

const CHATS = 1_500;

let folder: string;
let sqlite: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-copying-'));
  sqlite = join(folder, 'wence.db');
  database = await createDatabase();
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** A bot's life: something in every table. */
async function live(url: string): Promise<void> {
  const store = await openStore({ url, now: () => 1_000_000, log: silent });
  const press = { chatId: 1, message: 3, person: store.people.keyOf(7), point: 'a', vote: 'up' } as const;
  store.allowances.take('person:1', 1, 60_000);
  await store.updates.commit(
    Array.from({ length: CHATS }, (_, i) =>
      decided(i, {
        chat: { id: -i - 1, type: 'supergroup', title: `第 ${i} 个群` },
        answers: [{ chatId: -i - 1, questionId: 2 ** 40 + i, content: { v: 1, '“': '”' } }],
        unanswered: [`问题${i}`],
        outgoing: [reply(-i - 1, { payload: { text: '答' } })],
        ...(i === 0 ? { press } : {}),
      }),
    ),
  );
  const { campaign } = await store.campaigns.begin('slogan', '2026-03-01', { words: '甲' });
  await store.campaigns.deliver(campaign.id, [{ chatId: 1, method: 'sendMessage', payload: {} }]);
  await store.chats.apply([{ kind: 'pause', chatId: 1, until: 5_000_000 }]);
  const [first] = await claim(store, { total: 1 });
  await settle(store, { id: first?.id ?? 0, to: 'sent', messageId: 9 });
  const texts = { 'source.md': '---\ntitle: 通知\n---\n\n“一句。”\n' };
  const original = { name: 'original.pdf', bytes: Uint8Array.from([0, 250, 0]) };
  await store.documents?.put({ id: 'notice', state: 'enabled', forced: false, texts, original }, 0);
  for (const key of ['a', 'b']) await store.drafts.put({ key, chatId: 1, content: { key }, original: original.bytes });
  await store.trials.begin(1, 'a');
  await store.inbox.put({ id: 1, chatId: 1, messageId: 1, at: 1, content: { kind: 'text', text: '通知' } });
  await store.close();
}

type Rows = Readonly<Record<string, readonly unknown[]>>;

async function rowsOf(query: (sql: string) => Promise<readonly unknown[]>): Promise<Rows> {
  const tables = Object.entries(KEYS).map(async ([name, key]) => {
    const rows = await query(`select * from ${name} order by ${key.join(', ')}`);
    // pg gives 64-bit integers as text.
    const plain = (row: unknown) =>
      Object.fromEntries(
        Object.entries(row as object).map(([column, value]) => [
          column,
          value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value === null ? null : String(value),
        ]),
      );
    return [name, rows.map(plain)] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

async function inSqlite(path: string): Promise<Rows> {
  const reader = new DatabaseSync(path, { readOnly: true });
  const rows = await rowsOf(async (sql) => reader.prepare(sql).all());
  reader.close();
  return rows;
}

const inPostgres = () => rowsOf(database.query);

describe('copying a database', () => {
  it('knows every table', async () => {
    const store = await openStore({ url: `sqlite:${sqlite}`, now: () => 0, log: silent });
    await store.close();
    const reader = new DatabaseSync(sqlite, { readOnly: true });
    const tables = reader.prepare(`select name from sqlite_master where type = 'table'`).all();
    reader.close();
    const names = tables.map(({ name }) => String(name)).filter((name) => !/^(sqlite_|migrations)/.test(name));
    expect(names.toSorted()).toEqual([...Object.keys(KEYS), ...LEFT_OUT].toSorted());
  });

  it('from SQLite to PostgreSQL moves all, in however many runs, and the bot goes on there', async () => {
    await live(`sqlite:${sqlite}`);
    let done = 0;
    const cut = copyDatabase(`sqlite:${sqlite}`, database.url, {
      online: false,
      onProgress(now) {
        done = now;
        if (done > 2_000) {
          void onServer((client) =>
            client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database.name]),
          );
        }
      },
    });
    await expect(cut).rejects.toThrow('连不上数据库');
    expect(done).toBeGreaterThan(2_000);
    const moved = await run(['move', database.url, '--database', `sqlite:${sqlite}`]);
    expect([moved.code, moved.stderr]).toEqual([0, '']);
    expect(moved.stdout).toMatch(/^已搬好 \d+ 行/);
    expect(await inPostgres()).toEqual(await inSqlite(sqlite));
    const store = await openStore({ url: database.url, now: () => 2_000_000, log: silent });
    expect(await store.updates.commit([decided(3), decided(9_999, { outgoing: [reply(5)] })])).toMatchObject([
      { outcome: 'repeated' },
      { outcome: 'committed' },
    ]);
    expect(await claim(store)).toHaveLength(100);
    await store.close();
  });

  it('backs PostgreSQL up into one file, and restores it into either kind', async () => {
    await live(database.url);
    const file = join(folder, 'backup.db');
    expect((await call(['backup', file, '--database', database.url])).code).toBe(0);
    const saved = await inSqlite(file);
    expect(saved).toEqual(await inPostgres());
    const other = join(folder, 'other.db');
    expect((await call(['restore', file, '--database', `sqlite:${other}`])).code).toBe(0);
    expect(await inSqlite(other)).toEqual(saved);
    const full = await call(['restore', file, '--database', database.url]);
    expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('已经有内容')]);
    await database.drop();
    database = await createDatabase();
    expect((await call(['restore', file, '--database', database.url])).code).toBe(0);
    expect(await inPostgres()).toEqual(saved);
  });

  it('backs SQLite up while the bot works on it, and overwrites no file', async () => {
    await live(`sqlite:${sqlite}`);
    const store = await openStore({ url: `sqlite:${sqlite}`, now: () => 0, log: silent });
    const lease = await store.lease();
    const file = join(folder, 'backup.db');
    expect((await call(['backup', file, '--database', `sqlite:${sqlite}`])).code).toBe(0);
    expect((await call(['backup', file, '--database', `sqlite:${sqlite}`])).code).toBe(2);
    expect(await inSqlite(file)).toEqual(await inSqlite(sqlite));
    await lease.release();
    await store.close();
  });
});
