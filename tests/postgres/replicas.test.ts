import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Send } from '../../src/delivery/attempt.ts';
import { DELIVERY_LIMITS, type DeliveryLimits } from '../../src/delivery/limits.ts';
import { createOutbox, type OutboxWorker } from '../../src/delivery/outbox.ts';
import { systemTimers } from '../../src/delivery/timers.ts';
import type { OutboxRow } from '../../src/storage/outbox-row.ts';
import { openStore, type Store } from '../../src/storage/store.ts';
import { silent } from '../storage/store-suite.ts';
import { claim, decided, reply, settle } from '../storage/suite/fixture.ts';
import { borrowDatabase, type Database, onServer } from './database.ts';

const UNLIMITED = { count: Number.POSITIVE_INFINITY, ms: 1_000 };
const FREE = { all: UNLIMITED, broadcasts: UNLIMITED, chat: UNLIMITED, group: UNLIMITED };

let database: Database;
let cleaning: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.toReversed()) await clean();
  cleaning = [];
});

/** So many stores on one database, each as a process of its own would have it. */
async function openStores(count: number, now: () => number = Date.now): Promise<readonly Store[]> {
  database = await borrowDatabase();
  const lent = database;
  cleaning.push(lent.giveBack);
  const stores: Store[] = [];
  for (let i = 0; i < count; i++) {
    const store = await openStore({ url: lent.url, now, log: silent });
    stores.push(store);
    cleaning.push(store.close);
  }
  return stores;
}

interface Sent {
  readonly by: number;
  readonly at: number;
  readonly row: OutboxRow;
}

/** Workers on these stores; `send` decides what each of their sends comes to. */
async function startWorkers(
  stores: readonly Store[],
  limits: Partial<DeliveryLimits>,
  send: (sent: Sent) => ReturnType<Send> = async () => ({ kind: 'delivered', messageId: 1 }),
) {
  const sent: Sent[] = [];
  const workers: OutboxWorker[] = [];
  for (const [by, store] of stores.entries()) {
    const worker = createOutbox({
      store,
      send: (row) => {
        const one = { by, at: Date.now(), row };
        sent.push(one);
        return send(one);
      },
      now: Date.now,
      timers: systemTimers,
      log: silent,
      limits: { ...DELIVERY_LIMITS, sharedLookMs: 50, ...limits },
    });
    store.bell?.onRing(worker.rung);
    workers.push(worker);
    cleaning.push(() => worker.drain(0));
    await worker.start();
  }
  return { sent, workers };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5);
}

const text = (chatId: number, words: string) => reply(chatId, { payload: { text: words } });

describe('replicas on one database', () => {
  it('send each row once, and keep the order within each chat', async () => {
    const stores = await openStores(3);
    const rows = Array.from({ length: 300 }, (_, i) => text(1 + (i % 40), String(i)));
    const { sent, workers } = await startWorkers(stores, { pace: FREE, concurrency: 4 }, async () => {
      await sleep(Math.random() * 20);
      return { kind: 'delivered', messageId: 1 };
    });
    for (const [i, store] of stores.entries()) await store.outbox.enqueue(rows.slice(i * 100, i * 100 + 100));
    for (const worker of workers) worker.notify();
    await until(() => sent.length >= 300);
    await Promise.all(workers.map((worker) => worker.drain(5_000)));
    expect(sent).toHaveLength(300);
    expect(new Set(sent.map(({ by }) => by)).size).toBeGreaterThan(1);
    for (let chat = 1; chat <= 40; chat++) {
      const numbers = sent.filter(({ row }) => row.chatId === chat).map(({ row }) => Number(row.payload.text));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });

  it('keep one pace together', async () => {
    const stores = await openStores(3);
    const all = { count: 5, ms: 300 };
    await stores[0]?.outbox.enqueue(Array.from({ length: 20 }, (_, i) => text(i + 1, String(i))));
    const { sent } = await startWorkers(stores, { pace: { ...FREE, all } });
    await until(() => sent.length >= 20);
    const times = sent.map(({ at }) => at).toSorted((a, b) => a - b);
    // What is claimed leaves a few milliseconds later.
    const tooSoon = times.filter((at, i) => i >= 5 && at - (times[i - 5] ?? 0) < 300 - 40);
    expect(tooSoon).toEqual([]);
  });

  it('stop together when Telegram asks everybody to slow down, and one tries whether that is over', async () => {
    const stores = await openStores(3);
    const waits = { ...DELIVERY_LIMITS.halt.waits, 'too-many': { first: 300, longest: 300 } };
    let flooded = true;
    const { sent, workers } = await startWorkers(
      stores,
      // Without a pace, which nobody is, they would not claim one after another.
      { pace: { ...FREE, all: { count: 1_000, ms: 1_000 } }, concurrency: 3, halt: { ...DELIVERY_LIMITS.halt, waits } },
      async () => {
        const result = flooded
          ? ({ kind: 'refused', code: 429, description: 'Too Many Requests', retryAfter: 0 } as const)
          : ({ kind: 'delivered', messageId: 1 } as const);
        return result;
      },
    );
    await stores[0]?.outbox.enqueue(Array.from({ length: 30 }, (_, i) => text(i + 1, String(i))));
    workers[0]?.notify();
    await until(() => workers.every((worker) => worker.trouble() === 'too-many'));
    const begun = sent.length;
    await sleep(900);
    // Three waits have passed: one call each, whoever made it.
    expect(sent.length - begun).toBeLessThanOrEqual(5);
    flooded = false;
    await until(async () => (await stores[0]?.outbox.depth())?.replies === 0);
    await until(() => workers.every((worker) => worker.trouble() === undefined));
    expect(new Set(sent.map(({ row }) => row.id)).size).toBe(30);
  });

  it('take over what a process that died had in the air', async () => {
    let at = Date.UTC(2026, 2, 1);
    const [dead, alive] = (await openStores(2, () => at)) as [Store, Store];
    await dead.outbox.enqueue([text(1, '答'), reply(2, { kind: 'broadcast' })]);
    await dead.outbox.recover(60_000);
    await alive.outbox.recover(60_000);
    expect(await claim(dead)).toHaveLength(2);
    const looks: number[] = [];
    for (let look = 0; look < 6; look++) {
      at += 3_000;
      const { again, unknown } = await alive.outbox.recover(60_000);
      looks.push(again + unknown.length);
    }
    expect(looks).toEqual([0, 0, 0, 0, 2, 0]);
    expect(await claim(alive)).toMatchObject([{ payload: { text: '答' }, ambiguities: 1 }]);
    // The dead one was only slow: what it says of its claim is not believed any more.
    await settle(dead, { id: 1, to: 'failed', reason: 'rejected', error: '' });
    expect(await alive.outbox.depth()).toMatchObject({ sending: 1 });
  });

  it('let nobody be taken for dead by one who could not look', async () => {
    let at = Date.UTC(2026, 2, 1);
    const [one, other] = (await openStores(2, () => at)) as [Store, Store];
    await one.outbox.enqueue([text(1, '答')]);
    await one.outbox.recover(60_000);
    await other.outbox.recover(60_000);
    await claim(one);
    at += 20_000;
    expect(await other.outbox.recover(60_000)).toEqual({ again: 0, unknown: [] });
  });

  it('send what they claimed without hearing of it, at once and as for the first time', async () => {
    const [store] = (await openStores(1)) as [Store];
    await store.outbox.enqueue([text(1, '甲'), text(2, '乙')]);
    const [first] = await claim(store, { total: 1 });
    await claim(store, { total: 1 });
    await store.outbox.turn({ settle: [], effects: [], holding: [first?.id ?? 0] });
    expect(await claim(store)).toMatchObject([{ payload: { text: '乙' }, attempts: 1, ambiguities: 0 }]);
  });

  it('wake each other', async () => {
    const [one, other] = (await openStores(2)) as [Store, Store];
    const heard = { one: 0, other: 0 };
    one.bell?.onRing(() => heard.one++);
    other.bell?.onRing(() => heard.other++);
    const ringUntil = (bell: Store['bell'], isHeard: () => boolean) =>
      until(() => {
        bell?.ring();
        return isHeard();
      });
    // Both listen by then.
    await ringUntil(one.bell, () => heard.other > 0);
    await ringUntil(other.bell, () => heard.one > 0);
    const own = heard.one;
    const others = heard.other;
    await ringUntil(one.bell, () => heard.other > others + 2);
    // One more of the other's may have been on its way; its own ringing it never hears.
    expect(heard.one - own).toBeLessThanOrEqual(1);
  });

  it('count one allowance together, with at most one too many each', async () => {
    const stores = await openStores(3);
    let granted = 0;
    for (let round = 0; round < 6; round++) {
      for (const [i, store] of stores.entries()) {
        if (store.allowances.take('chat:1', 5, 60_000).allowed) granted++;
        await store.updates.commit([decided(round * 3 + i)]);
      }
    }
    expect(granted).toBeGreaterThanOrEqual(5);
    expect(granted).toBeLessThanOrEqual(7);
  });

  it('commit an update once, whichever of them it reaches', async () => {
    const stores = await openStores(3);
    const commits = stores.flatMap((store, i) =>
      Array.from({ length: 20 }, (_, updateId) =>
        store.updates.commit([decided(updateId, { outgoing: [text(updateId + 1, String(i))], unanswered: ['问'] })]),
      ),
    );
    const results = (await Promise.all(commits)).flat();
    expect(results.filter(({ outcome }) => outcome === 'committed')).toHaveLength(20);
    expect(await claim(stores[0] as Store)).toHaveLength(20);
  });

  it('give way to each other where they would wait for ever', async () => {
    const stores = await openStores(2);
    const chats = Array.from({ length: 20 }, (_, i) => -i - 1);
    const seen = (ids: readonly number[], from: number) =>
      ids.map((id, i) =>
        decided(from + i, { chat: { id, type: 'group', title: `群${from}` }, unanswered: [`问${id}`] }),
      );
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        stores[0]?.updates.commit(seen(chats, round * 100)),
        stores[1]?.updates.commit(seen(chats.toReversed(), round * 100 + 50)),
        stores[0]?.chats.apply(chats.map((chatId) => ({ kind: 'pause', chatId, until: Date.now() }))),
        stores[1]?.chats.apply(chats.toReversed().map((chatId) => ({ kind: 'restore', chatId }))),
      ]);
    }
    expect((await stores[0]?.unanswered.list(0, 50))?.every(({ count }) => count === 20)).toBe(true);
  });
});

describe('a database that goes away', () => {
  it('is said to be away, and used again once it is back, with nothing lost', async () => {
    const [store] = (await openStores(1)) as [Store];
    const { sent, workers } = await startWorkers([store], { pace: FREE, storeRetryMs: 10 }, async () => {
      await sleep(2);
      return { kind: 'delivered', messageId: 1 };
    });
    await store.outbox.enqueue(Array.from({ length: 200 }, (_, i) => text(1 + (i % 50), String(i))));
    workers[0]?.notify();
    for (let cut = 0; cut < 5; cut++) {
      await until(() => sent.length > cut * 30);
      // Every connection but the one that says so.
      await onServer((client) =>
        client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database.name]),
      );
    }
    await until(async () => (await store.outbox.depth().catch(() => undefined))?.replies === 0);
    await workers[0]?.drain(5_000);
    expect(sent).toHaveLength(200);
    for (let chat = 1; chat <= 50; chat++) {
      const numbers = sent.filter(({ row }) => row.chatId === chat).map(({ row }) => Number(row.payload.text));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });
});
