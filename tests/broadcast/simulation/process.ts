import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { createBroadcaster } from '../../../src/broadcast/broadcast.ts';
import { createCampaignBook } from '../../../src/broadcast/campaign-book.ts';
import { createPosters } from '../../../src/broadcast/posters.ts';
import { DELIVERY_LIMITS } from '../../../src/delivery/limits.ts';
import { createOutbox } from '../../../src/delivery/outbox.ts';
import type { Timers } from '../../../src/delivery/timers.ts';
import type { Library } from '../../../src/knowledge/document.ts';
import { sqliteDialect } from '../../../src/storage/sqlite.ts';
import { type Log, openDriver, type Store } from '../../../src/storage/store.ts';
import type { Clock } from './clock.ts';
import type { Telegram } from './telegram.ts';

/** The bot's process, as far as slogans go. */
export interface BotProcess {
  readonly store: Store;
  subscribersChanged(): void;
  /** Ends it as kill -9 does: nothing more is written, nothing is waited for. */
  kill(): void;
  /** Ends it in the middle of its work, so many statements from now, maybe inside a transaction. */
  killAfter(statements: number): void;
}

export interface ProcessOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly telegram: Telegram;
  readonly library: Library;
  readonly owner: number;
  readonly log: Log;
  readonly longestSleepMs: number;
  readonly onDeath: () => void;
}

export async function startProcess({
  path,
  clock,
  telegram,
  library,
  owner,
  log,
  longestSleepMs,
  onDeath,
}: ProcessOptions): Promise<BotProcess> {
  let alive = true;
  let fuse = Number.POSITIVE_INFINITY;
  const database = new DatabaseSync(path);
  const die = () => {
    if (!alive) return;
    alive = false;
    database.close();
    onDeath();
  };
  const timers: Timers = {
    after: (ms, run) => (alive ? clock.timers.after(ms, () => alive && run()) : () => {}),
  };
  const spoken: Log = {
    info: (fields, message) => alive && log.info(fields, message),
    warn: (fields, message) => alive && log.warn(fields, message),
    error: (fields, message) => alive && log.error(fields, message),
  };
  const counted = countingStatements(database, () => {
    if (--fuse < 0) die();
  });
  const dialect = sqliteDialect(counted, path);
  const types = { integer: 'integer', serial: 'integer', bytes: 'blob' } as const;
  const store = await openDriver({ dialect, types, place: path }, { now: clock.now, log: { ...spoken, info() {} } });
  const book = createCampaignBook(store.campaigns, () => library);
  const posters = createPosters(book, async () => ({ kind: 'drawn', png: new Uint8Array(8) }), spoken);
  const broadcaster = createBroadcaster({
    store,
    outbox: { notify: () => outbox.notify() },
    book,
    posters,
    now: clock.now,
    timers,
    log: spoken,
    owners: [owner],
    timeZone: 'Asia/Shanghai',
    longestSleepMs,
  });
  const outbox = createOutbox({
    store,
    send: posters.sending(telegram.send),
    now: clock.now,
    timers,
    log: spoken,
    limits: { ...DELIVERY_LIMITS, longestSleepMs },
  });
  await outbox.start();
  await broadcaster.start();
  const prune = () => {
    timers.after(3_600_000, prune);
    void store.prune().catch(() => undefined);
  };
  timers.after(3_600_000, prune);
  return {
    store,
    subscribersChanged: broadcaster.subscribersChanged,
    kill: die,
    killAfter(statements) {
      fuse = statements;
    },
  };
}

/** The database, with a word before each statement. After `close` every statement throws, as in a process that is gone. */
function countingStatements(database: DatabaseSync, before: () => void): DatabaseSync {
  const adapt = (statement: StatementSync) => ({
    columns: () => statement.columns(),
    all: (...bound: Parameters<StatementSync['all']>) => {
      before();
      return statement.all(...bound);
    },
    run: (...bound: Parameters<StatementSync['run']>) => {
      before();
      return statement.run(...bound);
    },
    iterate: (...bound: Parameters<StatementSync['iterate']>) => statement.iterate(...bound),
  });
  return {
    exec: (sql: string) => database.exec(sql),
    close: () => database.close(),
    prepare: (sql: string) => adapt(database.prepare(sql)),
  } as unknown as DatabaseSync;
}
