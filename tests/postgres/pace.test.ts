import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DELIVERY_LIMITS } from '../../src/delivery/limits.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { systemTimers } from '../../src/delivery/timers.ts';
import { openStore, type Store } from '../../src/storage/store.ts';
import { silent } from '../storage/store-suite.ts';
import { reply } from '../storage/suite/fixture.ts';
import { borrowDatabase, type Database } from './database.ts';

const UNLIMITED = { count: Number.POSITIVE_INFINITY, ms: 1_000 };
/** As in `PACE_LIMITS`, the window of the pace is a tenth longer than the one that has to hold. */
const ALL = { count: 20, ms: 550 };
const HOLDS_MS = 500;
const ROWS = 80;

let cleaning: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.toReversed()) await clean();
  cleaning = [];
});

interface Habits {
  /** How far the clock of this process is ahead, in milliseconds. */
  readonly ahead?: number;
  /** For how long the process gets no processor once it has claimed, by the number of the claim; in milliseconds. */
  readonly stalls?: (claim: number) => number;
}

/** Sends all rows by as many processes as have habits; returns when each left, by the database's clock, in order. */
async function sendBy(processes: readonly Habits[]): Promise<readonly number[]> {
  const database = await borrowDatabase();
  cleaning.push(database.giveBack);
  const sent: number[] = [];
  const ahead = await databaseAhead(database);
  const first = await openStore({ url: database.url, now: Date.now, log: silent });
  cleaning.push(first.close);
  await first.outbox.enqueue(Array.from({ length: ROWS }, (_, i) => reply(i + 1)));
  for (const { ahead: skew = 0, stalls = () => 0 } of processes) {
    const now = () => Date.now() + skew;
    const store = await openStore({ url: database.url, now, log: silent });
    cleaning.push(store.close);
    const worker = createOutbox({
      store: { outbox: stalling(store.outbox, stalls) },
      send: async () => {
        sent.push(Date.now() + ahead);
        await sleep(Math.random() * 20);
        return { kind: 'delivered', messageId: 1 };
      },
      now,
      timers: systemTimers,
      log: silent,
      limits: {
        ...DELIVERY_LIMITS,
        sharedLookMs: 20,
        pace: { all: ALL, broadcasts: UNLIMITED, chat: UNLIMITED, group: UNLIMITED },
      },
    });
    store.bell?.onRing(worker.rung);
    cleaning.push(() => worker.drain(0));
    await worker.start();
  }
  while (sent.length < ROWS) await sleep(5);
  expect(await first.outbox.depth()).toMatchObject({ replies: 0 });
  return sent.toSorted((a, b) => a - b);
}

function stalling(outbox: Store['outbox'], stalls: (claim: number) => number): Store['outbox'] {
  let claims = 0;
  return {
    ...outbox,
    async turn(work) {
      const result = await outbox.turn(work);
      if (result.claimed.length > 0) await sleep(stalls(claims++));
      return result;
    },
  };
}

async function databaseAhead({ query }: Database): Promise<number> {
  const before = Date.now();
  const [row] = await query('select (extract(epoch from clock_timestamp()) * 1000)::float8 as at');
  return Math.round(Number(row?.at) - (before + Date.now()) / 2);
}

function mostWithin(times: readonly number[], ms: number): number {
  return Math.max(...times.map((from, i) => times.slice(i).filter((at) => at < from + ms).length));
}

describe('processes that send as fast as they may', () => {
  it.each<[string, readonly Habits[]]>([
    ['four of them', [{}, {}, {}, {}]],
    ['whose clocks disagree by seconds', [{}, { ahead: 1_300 }, { ahead: -2_400 }, { ahead: 450 }]],
    ['of which one is often late', [{}, {}, { stalls: (claim) => (claim % 2 === 0 ? 400 : 0) }]],
    ['of which one is always late', [{}, { stalls: () => 300 }]],
  ])('never exceed the pace together: %s', async (_name, processes) => {
    const sent = await sendBy(processes);
    expect(sent).toHaveLength(ROWS);
    expect(mostWithin(sent, HOLDS_MS)).toBeLessThanOrEqual(ALL.count);
  });
});
