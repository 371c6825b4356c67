import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY } from '../src/durations.ts';
import { openEngine } from '../src/engine.ts';
import { startPlainBotApi } from './bot-api.ts';
import { trafficAt } from './traffic.ts';

export interface DayOptions {
  /** In all; the clock of the bot moves through one day meanwhile. */
  readonly updates: number;
  readonly knowledge: string;
  readonly onSample: (sample: Sample) => void;
}

export interface Sample {
  readonly updates: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly databaseMb: number;
  readonly seconds: number;
}

/** What the bot's process is told, and asked. */
export type DayMessage =
  | { readonly kind: 'start'; readonly url: string; readonly database: string; readonly knowledge: string }
  | { readonly kind: 'clock'; readonly ms: number }
  | { readonly kind: 'sample' };

export interface DayReply {
  readonly rss: number;
  readonly heapUsed: number;
  /** Rows that wait to be sent. */
  readonly waiting: number;
}

const BEGAN_MS = 1_767_225_600_000;
const SAMPLES = 20;
/** What is counted as grown: more than this share, and this many MB, above the first tenth. */
const GROWTH = 1.15;
const SLACK_MB = 20;
/** Rows waiting in the outbox beyond which no more updates come. */
const MOST_WAITING = 1_000;

/** A day of mixed traffic for the whole bot in a process of its own; memory must not grow after the first tenth. */
export async function runDay(
  options: DayOptions,
): Promise<{ readonly samples: readonly Sample[]; readonly flat: boolean }> {
  const { updates, knowledge, onSample } = options;
  const { library } = await openEngine(knowledge);
  const points = library.documents.flatMap((document) => document.sections.flatMap((section) => section.points));
  const questions = points.flatMap(({ ask }) => ask.slice(0, 5));
  const folder = await mkdtemp(join(tmpdir(), 'wence-day-'));
  const database = join(folder, 'wence.db');
  const child = fork(new URL('./day-bot.ts', import.meta.url), [], { stdio: 'inherit', execArgv: ['--expose-gc'] });
  const startedAt = performance.now();
  const samples: Sample[] = [];
  const every = Math.floor(updates / SAMPLES);
  const api = await startPlainBotApi(
    updates,
    (number) => trafficAt(number, questions, KEYS, updates / 86_400),
    async (from) => {
      child.send({ kind: 'clock', ms: BEGAN_MS + (from / updates) * DAY } satisfies DayMessage);
      if (from % 2_000 !== 0) return;
      let reply = await ask(child);
      while (reply.waiting > MOST_WAITING) {
        await sleep(5);
        reply = await ask(child);
      }
      if (from === 0 || from % every !== 0) return;
      const sample = {
        updates: from,
        ...megabytes(reply),
        databaseMb: mb((await stat(database)).size),
        seconds: Math.round((performance.now() - startedAt) / 1e3),
      };
      samples.push(sample);
      onSample(sample);
    },
  );
  child.send({ kind: 'start', url: api.url, database, knowledge } satisfies DayMessage);
  while (api.served() < updates) await sleep(200);
  const last = await ask(child);
  const sample = {
    updates,
    ...megabytes(last),
    databaseMb: mb((await stat(database)).size),
    seconds: Math.round((performance.now() - startedAt) / 1e3),
  };
  samples.push(sample);
  onSample(sample);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await api.close();
  await rm(folder, { recursive: true });
  return { samples, flat: isFlat(samples, updates) };
}

const KEYS = ['17tau528or1', '2asglajwv1j', '24gl5vhifc5', 'fwr898juiv', 'zzzzzzzzzz'];

async function ask(child: ChildProcess): Promise<DayReply> {
  const answered = once(child, 'message');
  child.send({ kind: 'sample' } satisfies DayMessage);
  const [reply] = (await answered) as [DayReply];
  return reply;
}

function megabytes({ rss, heapUsed }: DayReply) {
  return { rssMb: mb(rss), heapMb: mb(heapUsed) };
}

function mb(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function isFlat(samples: readonly Sample[], updates: number): boolean {
  const first = samples.filter((sample) => sample.updates <= updates / 5).at(-1)?.rssMb ?? 0;
  return samples.every(({ rssMb }) => rssMb <= Math.max(first * GROWTH, first + SLACK_MB));
}
