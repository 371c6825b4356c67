import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { sqliteDialect } from '../../src/storage/sqlite.ts';
import { openDriver } from '../../src/storage/store.ts';
import { silent } from './store-suite.ts';
import { claim, decided, reply, settle } from './suite/fixture.ts';

it('no query reads a whole table, however much has been sent and seen', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wence-plans-'));
  const path = join(folder, 'wence.db');
  const database = new DatabaseSync(path);
  const statements = new Set<string>();
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    statements.add(sql);
    return prepare(sql);
  };
  const driver = {
    dialect: sqliteDialect(database, path),
    types: { integer: 'integer', serial: 'integer' },
    place: path,
  } as const;
  const store = await openDriver(driver, { now: () => 1_000, log: silent });
  statements.clear();

  const seen = {
    chat: { id: 1, type: 'private' },
    answers: [{ chatId: 1, questionId: 2, content: 0 }],
    unanswered: ['问'],
  } as const;
  await store.updates.commit([decided(1, { ...seen, outgoing: [reply(1, { questionId: 2 })] })]);
  await store.updates.known([1]);
  const [row] = await claim(store);
  await claim(store);
  await settle(store, { id: row?.id ?? 0, to: 'sent', messageId: 3 });
  await store.chats.apply([{ kind: 'pause', chatId: 1, until: 2_000 }]);
  await store.outbox.depth();
  await store.outbox.recover();
  await store.outbox.tries(0);
  await store.answers.byMessage(1, 3);
  await store.unanswered.list(0, 10);
  const { campaign } = await store.campaigns.begin('slogan', '2026-03-01', {});
  await store.campaigns.deliver(campaign.id, [{ chatId: 1, method: 'sendMessage', payload: {} }]);
  await store.campaigns.summary(campaign.id);
  await store.subscribers.slots();
  await store.subscribers.page({ timeZone: null, sloganTime: '08:30' }, undefined, 10);
  await store.prune();

  const steps = [...statements].flatMap((sql) => plan(prepare, sql).map((step) => `${step}  ← ${sql.slice(0, 60)}`));
  await store.close();
  await rm(folder, { recursive: true });
  expect(steps.length).toBeGreaterThan(30);
  // A partial index holds few rows: to go through all of it is what it is there for.
  const partial = /USING (COVERING )?INDEX (outbox_open|outbox_sending|chats_subscribed)/;
  const small = /^SCAN (campaigns|CONSTANT ROW)/;
  expect(steps.filter((step) => step.startsWith('SCAN') && !partial.test(step) && !small.test(step))).toEqual([]);
  const claiming = steps.filter((step) => /outbox_due|outbox_open|outbox_expiring/.test(step)).join('\n');
  expect(claiming).toContain('SEARCH o USING INDEX outbox_due');
  expect(claiming).toMatch(/SEARCH earlier USING (COVERING )?INDEX outbox_open/);
  expect(claiming).toMatch(/SEARCH o USING (COVERING )?INDEX outbox_expiring/);
});

function plan(prepare: DatabaseSync['prepare'], sql: string): readonly string[] {
  if (/^(begin|commit|rollback|pragma)/.test(sql)) return [];
  const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1);
  return prepare(`explain query plan ${sql}`)
    .all(...parameters)
    .map(({ detail }) => String(detail));
}
