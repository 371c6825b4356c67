import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/storage/store.ts';
import { silent } from './store-suite.ts';
import { decided, reply } from './suite/fixture.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 2, 1);

let folder: string;
let reader: DatabaseSync;
let store: Store;
let at: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-retention-'));
  const path = join(folder, 'wence.db');
  at = START;
  store = await openStore({ url: `sqlite:${path}`, now: () => at, log: silent });
  reader = new DatabaseSync(path);
});
afterEach(async () => {
  reader.close();
  await store.close();
  await rm(folder, { recursive: true });
});

function count(table: string): number {
  return Number(reader.prepare(`select count(*) as rows from "${table}"`).get()?.rows);
}

function tables(): readonly string[] {
  const found = reader
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
    .all();
  return found.map(({ name }) => String(name)).filter((name) => ![...FIXED, ...SHARED, ...OWN].includes(name));
}

/** What the program itself writes, once. */
const FIXED = ['leases', 'meta', 'migrations', 'migrations_lock'];
/** What only processes that share a database write. */
const SHARED = ['replicas', 'tries', 'documents', 'originals'];
/** Of the process itself. */
const OWN = ['leases'];

/** Something of everything that strangers bring about. */
async function live(): Promise<void> {
  const press = { chatId: 1, message: 3, person: 'p', point: 'a', vote: 'up' } as const;
  store.allowances.take('person:1', 1, 60_000);
  await store.updates.commit([
    decided(1, {
      chat: { id: 1, type: 'private' },
      answers: [{ chatId: 1, questionId: 2, content: 0 }],
      unanswered: ['问'],
      press,
      outgoing: [reply(1)],
    }),
    ...[10, 11].map((id) =>
      decided(id, { outgoing: [reply(1)], pointing: { chatId: 1, questionId: id, job: { question: '问' } } }),
    ),
    decided(2, { chat: { id: -1, type: 'group', title: '一个群' } }),
  ]);
  await store.pointings.end(10, undefined, { key: 'k', reply: '[]' });
  const { campaign } = await store.campaigns.begin('slogan', '2026-03-01', {});
  await store.campaigns.deliver(campaign.id, [{ chatId: 1, method: 'sendMessage', payload: {} }]);
  await store.chats.apply([{ kind: 'pause', chatId: 1, until: at + 1 }]);
  await store.inbox.put({ id: 1, chatId: 1, messageId: 1, at, content: { kind: 'text', text: '通知' } });
  await store.drafts.put({ key: 'a', chatId: 1, content: {}, original: new Uint8Array(1) });
  await store.trials.begin(1, 'a');
}

/** Ends whatever still waits in the outbox. */
async function finish(): Promise<void> {
  for (;;) {
    const claim = () => ({ total: 100, broadcasts: 100, except: [] });
    const { claimed, expired } = await store.outbox.turn({ settle: [], effects: [], claim });
    const settle = claimed.map(({ id }) => ({ id, to: 'sent' }) as const);
    await store.outbox.turn({ settle, effects: [] });
    if (claimed.length + expired.length === 0) return;
  }
}

describe('what strangers bring about', () => {
  it('is in every table of the database, and gone from each after 400 days', async () => {
    await live();
    expect(tables().filter((table) => count(table) === 0)).toEqual([]);
    at += 5;
    await finish();
    at += 4 * DAY;
    await store.prune();
    at += 400 * DAY;
    await store.prune();
    await store.prune();
    expect(tables().filter((table) => count(table) > 0)).toEqual([]);
  });

  it('of a group that we were removed from is its name, at once, and the rest after a month', async () => {
    await live();
    await store.chats.apply([{ kind: 'deactivate', chatId: -1, reason: 'kicked' }]);
    expect(await store.chats.get(-1)).toMatchObject({ title: undefined, inactive: { reason: 'kicked' } });
    at += 31 * DAY;
    await store.prune();
    expect(await store.chats.get(-1)).toBeUndefined();
    expect(await store.chats.get(1)).toBeDefined();
  });

  it('stays where something was set, however quiet the chat', async () => {
    await live();
    await store.chats.set(-1, { sloganTime: '08:30' });
    await store.chats.set(1, { ambient: true });
    await store.updates.commit([decided(3, { chat: { id: -2, type: 'group', title: '又一个群' } })]);
    await store.chats.set(-2, { model: false });
    at += 1_000 * DAY;
    await store.prune();
    expect(await store.chats.get(-2)).toBeDefined();
    expect(await store.chats.get(-1)).toBeDefined();
    expect(await store.chats.get(1)).toBeDefined();
  });

  it('and was asked in vain is kept in a number that does not grow: the latest', async () => {
    const questions = Array.from({ length: 21_000 }, (_, index) => `问题${index}`);
    for (let start = 0; start < questions.length; start += 1_000) {
      at++;
      await store.updates.commit([decided(at, { unanswered: questions.slice(start, start + 1_000) })]);
    }
    await store.prune();
    expect(count('unanswered')).toBeLessThanOrEqual(21_000);
    expect(count('unanswered')).toBeGreaterThanOrEqual(20_000);
    expect((await store.unanswered.list(at, 1))[0]?.question).toBe('问题20000');
  });
});
