import { once } from 'node:events';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { DELIVERY_LIMITS } from '../src/delivery/limits.ts';
import { HOUR } from '../src/durations.ts';
import type { Log } from '../src/storage/store.ts';
import { createResults, methodOf, TOKEN } from './bot-api.ts';
import { quantile, round } from './figures.ts';
import type { LongRunTask, Sample } from './long-run.ts';
import { timeOf } from './traffic.ts';

// The bot's process of `simulate day` and `simulate year`: the whole app, on a clock that moves with the updates.

const UNLIMITED = { count: Number.POSITIVE_INFINITY, ms: 1_000 };
/** Whoever moves the clock by minutes at once can't keep a pace of so many a second. */
const LIMITS = {
  ...DELIVERY_LIMITS,
  pace: { all: UNLIMITED, broadcasts: UNLIMITED, chat: UNLIMITED, group: UNLIMITED },
};
const log: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Rows waiting in the outbox beyond which no more updates come. */
const MOST_WAITING = 1_000;
/** Quantiles are of the batches of one of so many windows; a part's figure is the median of its windows. */
const WINDOWS = 30;

process.once('disconnect', () => process.exit());
const [task] = (await once(process, 'message')) as [LongRunTask];
const { updates, parts, database } = task;
const config = readConfig({ DATABASE_URL: `sqlite:${database}`, KNOWLEDGE_DIR: task.knowledge });

const began = performance.now();
const resultOf = createResults();
const overHttp = globalThis.fetch;
let now = timeOf(0, task);
let sweptAt = now;
let sweeping: Promise<void> | undefined;
let part = 0;
let wall: number[] = [];
let cpu: number[] = [];
let cpuBefore = process.cpuUsage();
let handedOut: { readonly at: number; readonly cpu: number } | undefined;

// Every call of the bot's goes through Node's own fetch.
globalThis.fetch = async (input, init) => {
  const method = methodOf(String(input));
  if (method === 'getUpdates') return await poll(input, init);
  if (task.sends === 'http') return await overHttp(input, init);
  return {
    status: 200,
    statusText: 'OK',
    body: [Buffer.from(JSON.stringify({ ok: true, result: resultOf(method) }))],
  } as unknown as Response;
};
const started = startApp({ config, token: TOKEN, apiRoot: task.url, log, now: () => now, limits: LIMITS });
/** Looks at the tables without the bot's taking part. */
const opened = started.then(() => new DatabaseSync(database, { readOnly: true }));

/**
 * What is measured of a batch: from its having been read whole to the call that asks for the next, which the bot makes
 * once all of it is committed. Sends, and once an hour the sweep, have the same thread meanwhile.
 */
async function poll(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Promise<Response> {
  if (handedOut) {
    wall.push(performance.now() - handedOut.at);
    cpu.push(threadCpuMs() - handedOut.cpu);
    handedOut = undefined;
  }
  const [app, reader] = await Promise.all([started, opened]);
  const { offset = 1 } = JSON.parse(String(init?.body)) as { offset?: number };
  const done = offset - 1;
  while (waiting(reader) > MOST_WAITING) await sleep(5);
  if (done >= ((part + 1) * updates) / parts) {
    process.send?.(sample(reader, done));
    part++;
  }
  now = timeOf(done, task);
  const isHour = now - sweptAt >= HOUR;
  if (isHour) await sweeping;
  const response = await overHttp(input, init);
  const text = await response.text();
  if (done < updates) handedOut = { at: performance.now(), cpu: threadCpuMs() };
  if (isHour && task.sweeps) {
    sweptAt = now;
    sweeping = app.check();
  }
  return new Response(text, { status: response.status });
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e3;
}

function sample(reader: DatabaseSync, done: number): Sample {
  const used = process.cpuUsage(cpuBefore);
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const pages = (pragma: string) => Number(reader.prepare(`pragma ${pragma}`).get()?.[pragma] ?? 0);
  const made: Sample = {
    part: part + 1,
    updates: done,
    rssMb: mb(rss),
    heapMb: mb(heapUsed),
    databaseMb: mb(statSync(database).size),
    walMb: mb(statSync(`${database}-wal`).size),
    freeMb: mb(pages('freelist_count') * pages('page_size')),
    p50Ms: median(wall, 0.5),
    p99Ms: median(wall, 0.99),
    cpuP50Ms: median(cpu, 0.5),
    cpuP99Ms: median(cpu, 0.99),
    perCpuSecond: Math.round((updates / parts / (used.user + used.system)) * 1e6),
    seconds: Math.round((performance.now() - began) / 1e3),
    rows: rowsOf(reader),
  };
  [wall, cpu, cpuBefore] = [[], [], process.cpuUsage()];
  return made;
}

/** The median of the quantiles of consecutive windows: another process that takes the machine for a while is in few. */
function median(times: readonly number[], share: number): number {
  const size = Math.max(1, Math.ceil(times.length / WINDOWS));
  const windows = Array.from({ length: Math.ceil(times.length / size) }, (_, at) =>
    times.slice(at * size, (at + 1) * size),
  );
  return round(
    quantile(
      windows.map((window) => quantile(window, share)),
      0.5,
    ),
    1,
  );
}

function mb(bytes: number): number {
  return round(bytes / 2 ** 20, 1);
}

function waiting(reader: DatabaseSync): number {
  const found = reader.prepare(`select count(*) as rows from outbox where state in ('pending', 'sending')`).get();
  return Number(found?.rows);
}

function rowsOf(reader: DatabaseSync): Readonly<Record<string, number>> {
  const count = (table: unknown) => Number(reader.prepare(`select count(*) as rows from "${table}"`).get()?.rows);
  const tables = reader
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
    .all();
  return Object.fromEntries(tables.map(({ name }) => [name, count(name)]));
}
