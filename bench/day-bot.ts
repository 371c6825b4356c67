import { once } from 'node:events';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { DELIVERY_LIMITS } from '../src/delivery/limits.ts';
import type { Log } from '../src/storage/store.ts';
import { TOKEN } from './bot-api.ts';
import type { DayMessage, DayReply } from './day.ts';

// The bot's process of `simulate day`: the whole app, on a clock that is told to it.

const UNLIMITED = { count: Number.POSITIVE_INFINITY, ms: 1_000 };
const LIMITS = {
  ...DELIVERY_LIMITS,
  pace: { all: UNLIMITED, broadcasts: UNLIMITED, chat: UNLIMITED, group: UNLIMITED },
};
const log: Log = { info: () => {}, warn: () => {}, error: () => {} };

let now = Date.now();
let waiting: StatementSync | undefined;

process.on('message', (message: DayMessage) => {
  if (message.kind === 'clock') now = message.ms;
  if (message.kind === 'sample') process.send?.(sample());
});
const [first] = (await once(process, 'message')) as [DayMessage];
if (first.kind === 'start') await start(first);

async function start({ url, database, knowledge }: Extract<DayMessage, { kind: 'start' }>): Promise<void> {
  const config = readConfig({ DATABASE_URL: `sqlite:${database}`, KNOWLEDGE_DIR: knowledge });
  await startApp({ config, token: TOKEN, apiRoot: url, log, now: () => now, limits: LIMITS });
  const reader = new DatabaseSync(database, { readOnly: true });
  waiting = reader.prepare(`select count(*) as rows from outbox where state in ('pending', 'sending')`);
}

function sample(): DayReply {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed, waiting: Number(waiting?.get()?.rows ?? 0) };
}
