import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteDialect } from '../../src/storage/sqlite.ts';
import { openDriver, type Store } from '../../src/storage/store.ts';
import { silent } from './store-suite.ts';
import { claim, decided, reply, settle } from './suite/fixture.ts';

const NOW = 1_000;
const LATER = 100_000;

let folder: string;
let database: DatabaseSync;
let store: Store;
/** All that was asked of the database since. */
let statements: Set<string>;
let prepare: DatabaseSync['prepare'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-plans-'));
  const path = join(folder, 'wence.db');
  database = new DatabaseSync(path);
  statements = new Set();
  prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    statements.add(sql);
    return prepare(sql);
  };
  const types = { integer: 'integer', serial: 'integer', bytes: 'blob' } as const;
  const driver = { dialect: sqliteDialect(database, path), types, place: path };
  store = await openDriver(driver, { now: () => NOW, log: silent });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe('no query reads a whole table, however much has been sent and seen', () => {
  it.each([
    ['and SQLite knows nothing of it', 1, false],
    ['and SQLite has counted it', 20_000, true],
  ])('%s', async (_, rows, counted) => {
    fill(rows);
    if (counted) database.exec('analyze');
    statements.clear();
    await everything();
    const steps = [...statements].flatMap((sql) => plan(sql).map((step) => `${step}  ← ${sql.slice(0, 60)}`));
    expect(steps.length).toBeGreaterThan(80);
    // A partial index holds few rows: to go through all of it is what it is there for.
    const partial = /USING (COVERING )?INDEX (outbox_open|outbox_sending|chats_subscribed)/;
    // What is settled together is listed, and what owners sent is soon read. Campaigns are one a day; all votes are counted for their keeper, who asks seldom; pruning counts the questions
    // that it keeps once an hour.
    const small =
      /^SCAN (campaigns|inbox|listed|CONSTANT ROW|\d+ CONSTANT ROWS|(feedback|unanswered) USING COVERING INDEX \w+_(point|last))/;
    expect(steps.filter((step) => step.startsWith('SCAN') && !partial.test(step) && !small.test(step))).toEqual([]);
    const claiming = steps.filter((step) => /outbox_due|outbox_open|outbox_expiring/.test(step)).join('\n');
    expect(claiming).toContain('SEARCH o USING INDEX outbox_due');
    expect(claiming).toMatch(/SEARCH earlier USING (COVERING )?INDEX outbox_open/);
    expect(claiming).toMatch(/SEARCH o USING (COVERING )?INDEX outbox_expiring/);
    // Neither are the answers of a month that have lost their question read once an hour, nor all of a chat with each question.
    expect(steps.filter((step) => /INDEX answers_asked/.test(step))).toHaveLength(1);
    expect(steps.filter((step) => /INDEX answers_latest .*created_at>/.test(step))).toHaveLength(1);
  });
});

it('no list of parameters grows with the data: 4,000 chats put off hold up no other', async () => {
  const chats = Array.from({ length: 4_000 }, (_, index) => -index - 1);
  for (let start = 0; start < chats.length; start += 1_000) {
    const page = chats.slice(start, start + 1_000);
    await store.outbox.enqueue(page.flatMap((chatId) => [reply(chatId), reply(chatId, { kind: 'broadcast' })]));
    await store.chats.apply(page.map((chatId) => ({ kind: 'pause', chatId, until: LATER })));
  }
  // What comes later for such a chat waits too.
  await store.outbox.enqueue(chats.slice(0, 1_000).map((chatId) => reply(chatId)));
  await store.outbox.enqueue([reply(5), reply(6, { kind: 'broadcast' })]);
  expect((await claim(store)).map(({ chatId }) => chatId)).toEqual([5, 6]);
  const { outlook } = await store.outbox.turn({
    settle: [],
    effects: [],
    claim: () => ({ total: 9, broadcasts: 9, except: [] }),
  });
  const waiting = { withheld: false, nextDueAt: LATER };
  expect(outlook).toEqual({ replies: waiting, broadcasts: waiting });
  await store.chats.apply([{ kind: 'migrate', from: -1, to: -1_000_001 }]);
  const parameters = [...statements].map((sql) => sql.split('?').length - 1);
  expect(Math.max(...parameters)).toBeLessThan(2_000);
});

/** Rows of every kind, most of them long since done with. */
function fill(rows: number): void {
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})`;
  const insert = (into: string, values: string) =>
    database.exec(`insert into ${into} ${numbers} select ${values} from n`);
  database.exec('begin');
  insert('campaigns (name, local_date, content, created_at)', `'old', i, '{}', 0`);
  insert(
    'outbox (chat_id, kind, lane, method, payload, state, created_at, not_before, claimed_at, finished_at)',
    `i % 5000, 'reply', 0, 'sendMessage', '{}', 'sent', i, i, i, i`,
  );
  insert('chats (id, type, title, created_at, updated_at)', `-i, 'supergroup', '群', i, i`);
  insert('answers (chat_id, question_id, message_id, content, created_at)', `i % 5000, i, i, '0', i`);
  insert('feedback (chat_id, message, person, point, vote, voted_at)', `i % 5000, i, i, i % 100, 'up', i`);
  insert('unanswered (question, count, first_at, last_at)', 'i, 1, i, i');
  insert('allowances (key, used, refused, started_at, ends_at)', 'i, 1, 0, i, i');
  insert('updates (update_id, seen_at)', 'i + 1000, i');
  insert('pauses (chat_id, until)', '-i, i');
  insert('drafts (key, chat_id, content, original, size, created_at)', `i, 1, '{}', x'', 2, ${NOW}`);
  database.exec('commit');
}

/** Every query of the store. */
async function everything(): Promise<void> {
  const press = { chatId: 1, message: 3, person: 'p', point: 'a', vote: 'up' } as const;
  const seen = {
    chat: { id: 1, type: 'private' },
    answers: [{ chatId: 1, questionId: 2, content: 0 }],
    unanswered: ['问'],
  } as const;
  store.allowances.take('person:1', 1, 10);
  await store.updates.commit([decided(1, { ...seen, press, outgoing: [reply(1, { questionId: 2 })] })]);
  await store.updates.commit([decided(2, { press })]);
  await store.updates.known([1]);
  const [row] = await claim(store);
  await claim(store);
  await settle(store, { id: row?.id ?? 0, to: 'sent', messageId: 3 });
  await store.outbox.enqueue([reply(1, { questionId: 2, method: 'editMessageText' })]);
  const [edit] = await claim(store);
  const again = { to: 'pending', notBefore: 5, error: '', ambiguous: true } as const;
  await settle(store, { id: edit?.id ?? 0, ...again });
  await store.chats.set(1, { ambient: true });
  await store.chats.apply([
    { kind: 'pause', chatId: 1, until: 2_000 },
    { kind: 'deactivate', chatId: 1, reason: 'kicked' },
    { kind: 'not-found', chatId: 1, days: 1 },
    { kind: 'slogan-off', chatId: 1, reason: 'topic-closed', days: 1 },
    { kind: 'topic-works', chatId: 1, topic: 7 },
    { kind: 'restore', chatId: 1 },
    { kind: 'settings', chatId: 1, settings: { sloganTime: '08:30' } },
  ]);
  await store.chats.get(1);
  await store.outbox.depth();
  await store.outbox.recover();
  await store.outbox.recover(5);
  await store.outbox.tries(NOW - 10);
  await store.answers.byQuestion(1, 2);
  await store.answers.byMessage(1, 3);
  await store.answers.since(1, NOW - 10);
  await store.unanswered.list(NOW - 10, 10);
  await store.unanswered.forget(['问']);
  await store.feedback.totals();
  const { campaign } = await store.campaigns.begin('slogan', '2026-03-01', {});
  await store.campaigns.deliver(campaign.id, [{ chatId: 1, method: 'sendMessage', payload: {} }]);
  await store.campaigns.deliver(campaign.id, [{ chatId: -1_000, method: 'sendMessage', payload: {} }]);
  await store.campaigns.update(campaign.id, { finishedAt: 1 });
  await store.campaigns.latest('slogan', 3);
  await store.campaigns.summary(campaign.id);
  await store.outbox.enqueue([reply(1, { payload: { text: '答', reply_parameters: { message_id: 1 } } })]);
  await store.updates.commit([decided(3, { chat: { id: -1_000, type: 'supergroup' } })]);
  await store.chats.apply([{ kind: 'migrate', from: 1, to: -1_000 }]);
  await store.chats.apply([{ kind: 'migrate', from: -1_000, to: -1_000_000 }]);
  await store.subscribers.slots();
  await store.subscribers.page({ timeZone: null, sloganTime: '08:30' }, undefined, 10);
  await store.subscribers.page({ timeZone: null, sloganTime: '08:30' }, 1, 10);
  await store.inbox.put({ id: 1, chatId: 1, messageId: 1, at: NOW, content: { kind: 'text', text: '通知' } });
  await store.inbox.waiting();
  await store.inbox.claim(1);
  await store.inbox.end([1, 2], [reply(1)]);
  await store.drafts.put({ key: 'a', chatId: 2, content: {}, original: new Uint8Array(1) });
  await store.drafts.content('a');
  await store.drafts.original('a');
  await store.drafts.change('a', {});
  await store.trials.begin(1, 'a');
  await store.trials.of(1);
  await store.trials.end(1);
  await store.drafts.remove('a');
  await store.prune();
}

function plan(sql: string): readonly string[] {
  if (/^(begin|commit|rollback|pragma)/.test(sql)) return [];
  const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1);
  return prepare(`explain query plan ${sql}`)
    .all(...parameters)
    .map(({ detail }) => String(detail));
}
