import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Outage } from '../../src/delivery/halt.ts';
import { DELIVERY_LIMITS, type DeliveryLimits } from '../../src/delivery/limits.ts';
import { createOutbox, type OutboxWorker } from '../../src/delivery/outbox.ts';
import type { SendResult } from '../../src/delivery/outcome.ts';
import { createPace, type Pace } from '../../src/delivery/pace.ts';
import type { Settled } from '../../src/delivery/tally.ts';
import type { OutboxRow, OutgoingRow } from '../../src/storage/outbox-row.ts';
import { sqliteDialect } from '../../src/storage/sqlite.ts';
import { type Log, openDriver, type Store } from '../../src/storage/store.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A call as the other side saw it begin. */
export interface Call {
  readonly row: OutboxRow;
  readonly at: number;
  readonly text: unknown;
  readonly signal: AbortSignal;
}

/** A worker on a virtual clock, over a real database, with a Telegram that answers as it is told. */
export interface Bench {
  readonly path: string;
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly worker: OutboxWorker;
  readonly pace: Pace;
  readonly calls: readonly Call[];
  readonly settled: readonly Settled[];
  /** Log messages from warnings up. */
  readonly said: readonly string[];
  readonly outages: readonly Outage[];
  /** What it answers to each call from now on. */
  answer(how: (call: Call) => SendResult | Promise<SendResult>): void;
  /** What is told of each end from now on. */
  listen(hear: (settled: Settled) => void): void;
  enqueue(...rows: readonly OutgoingRow[]): Promise<void>;
  texts(): readonly unknown[];
  /** Each row's state, by its text. */
  states(): Readonly<Record<string, string>>;
  /** Ends the process without a word, and starts another. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export const START = Date.UTC(2026, 2, 1);
const LIFTED = { count: Number.POSITIVE_INFINITY, ms: 1_000 };

export const UNPACED: DeliveryLimits = {
  ...DELIVERY_LIMITS,
  pace: { all: LIFTED, broadcasts: LIFTED, chat: LIFTED, group: LIFTED },
};

export async function createBench(limits: DeliveryLimits = UNPACED): Promise<Bench> {
  const clock = createVirtualClock(START);
  const folder = await mkdtemp(join(tmpdir(), 'wence-delivery-'));
  const path = join(folder, 'wence.db');
  const said: string[] = [];
  const say = (_: object, message: string) => said.push(message);
  const log: Log = { info() {}, warn: say, error: say };
  const calls: Call[] = [];
  const settled: Settled[] = [];
  const outages: Outage[] = [];
  let hear: (one: Settled) => void = (one) => settled.push(one);
  let how: (call: Call) => SendResult | Promise<SendResult> = () => ({ kind: 'delivered', messageId: calls.length });

  async function live() {
    let alive = true;
    const pace = createPace(limits.pace);
    const store = await openFile(path, clock, log);
    const worker = createOutbox({
      store,
      now: clock.now,
      timers: { after: (ms, run) => clock.timers.after(ms, () => alive && run()) },
      log,
      limits,
      pace,
      onSettled: (one) => hear(one),
      onOutage: (outage) => outages.push(outage),
      async send(row, signal) {
        const call = { row, at: clock.now(), text: row.payload.text, signal };
        calls.push(call);
        const result = await how(call);
        return alive ? result : new Promise<SendResult>(() => {});
      },
    });
    return {
      store,
      worker,
      pace,
      die() {
        alive = false;
        return store.close();
      },
    };
  }

  let life = await live();
  return {
    path,
    clock,
    get store() {
      return life.store;
    },
    get worker() {
      return life.worker;
    },
    get pace() {
      return life.pace;
    },
    calls,
    settled,
    said,
    outages,
    answer(next) {
      how = next;
    },
    listen(next) {
      hear = next;
    },
    async enqueue(...rows) {
      await life.store.outbox.enqueue(rows);
      life.worker.notify();
      await clock.settle();
    },
    texts: () => calls.map(({ text }) => text),
    states: () => statesIn(path),
    async crash() {
      await life.die();
      life = await live();
      await life.worker.start();
      await clock.settle();
    },
    async close() {
      await life.die();
      await rm(folder, { recursive: true });
    },
  };
}

/** A store that waits but shortly for others: the wait is real, and the clock is not. */
export function openFile(path: string, clock: VirtualClock, log: Log): Promise<Store> {
  const dialect = sqliteDialect(new DatabaseSync(path, { timeout: 5 }), path);
  return openDriver(
    { dialect, types: { integer: 'integer', serial: 'integer', bytes: 'blob' }, place: path },
    { now: clock.now, log },
  );
}

export function statesIn(path: string): Readonly<Record<string, string>> {
  const database = new DatabaseSync(path, { readOnly: true });
  // A sent row's payload is emptied, so rows go by their number.
  const rows = database.prepare('select id, state from outbox order by id').all();
  database.close();
  return Object.fromEntries(rows.map(({ id, state }) => [String(id), String(state)]));
}

export function reply(chatId: number, text: string, more: Partial<OutgoingRow> = {}): OutgoingRow {
  return { chatId, kind: 'reply', method: 'sendMessage', payload: { text }, ...more };
}

export function broadcast(chatId: number, text: string, more: Partial<OutgoingRow> = {}): OutgoingRow {
  return reply(chatId, text, { kind: 'broadcast', ...more });
}

/** An end that comes after so long on the clock. */
export function later(clock: VirtualClock, ms: number, result: SendResult): Promise<SendResult> {
  return new Promise((resolve) => clock.timers.after(ms, () => resolve(result)));
}

export const DELIVERED: SendResult = { kind: 'delivered', messageId: 1 };

export function refused(
  code: number,
  description: string,
  more: { retryAfter?: number; migrateToChatId?: number } = {},
) {
  return { kind: 'refused', code, description, ...more } as const;
}
