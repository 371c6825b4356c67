import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Api } from 'grammy';
import { createBudget } from '../../src/delivery/budget.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createPace, PACE_LIMITS } from '../../src/delivery/pace.ts';
import { MINUTE } from '../../src/durations.ts';
import { type Engine, rememberingEngine } from '../../src/engine.ts';
import { type Log, openStore } from '../../src/storage/store.ts';
import { createBot } from '../../src/telegram/bot.ts';
import { createIntake } from '../../src/telegram/intake.ts';
import { createPolling } from '../../src/telegram/polling.ts';
import { createSender } from '../../src/telegram/sender.ts';
import { ME, TOKEN } from '../bot-api.ts';
import { quantile } from '../figures.ts';
import { createClock } from './clock.ts';
import { letLoose } from './people.ts';
import { createTelegram, type TelegramFigures } from './telegram.ts';

export interface HostileOptions {
  readonly engine: Engine;
  readonly questions: readonly string[];
  /** 0 to 1. */
  readonly random: () => number;
  /** Chats that ask as anybody would, and people who don't. */
  readonly ordinary: number;
  readonly hostile: number;
  readonly minutes: number;
  /** Milliseconds between two questions of an ordinary chat; 200,000 unless said otherwise. */
  readonly everyMs?: number;
  /** How long each of two outages lasts, in milliseconds for each minute of the run, 100 unless said otherwise; a flood half of it. */
  readonly outageMs?: number;
  readonly onSample?: (sample: HostileSample) => void;
}

export interface HostileSample {
  readonly minute: number;
  readonly asked: number;
  /** Ordinary questions that wait for their answer. */
  readonly waiting: number;
  /** In use after a collection. */
  readonly heapMb: number;
}

export interface HostileFigures extends TelegramFigures {
  /** Ordinary questions, and of these such as were never answered. */
  readonly asked: number;
  readonly lost: number;
  /** Milliseconds from an ordinary question to its answer. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly samples: readonly HostileSample[];
}

/** What is held. */
const P99_MS = 5_000;
const CALLS_A_SECOND = 30;
/** What is counted as grown: more than this share, and this many MB, above the first quarter. */
const GROWTH = 1.15;
const SLACK_MB = 20;

const BEGAN = Date.UTC(2026, 9, 1, 1);
/** 2,000 chats then ask ten a second. */
const EVERY_MS = 200_000;
const OUTAGE_MS = 100;
/** How long is waited for what is still on its way when nobody asks any more. */
const AFTER_MS = 2 * MINUTE;
const SAMPLES = 12;

/** What was not held, in words; nothing when all was. */
export function missed({ lost, p99, mostInASecond, samples }: HostileFigures): readonly string[] {
  const first = samples.slice(0, Math.ceil(samples.length / 4)).at(-1)?.heapMb ?? 0;
  const last = samples.at(-1)?.heapMb ?? 0;
  return [
    ...(lost > 0 ? [`lost ${lost}`] : []),
    ...(p99 > P99_MS ? [`p99 ${Math.round(p99)} ms`] : []),
    ...(mostInASecond > CALLS_A_SECOND ? [`${mostInASecond} calls in a second`] : []),
    ...(last > Math.max(first * GROWTH, first + SLACK_MB) ? [`memory from ${first} to ${last} MB`] : []),
  ];
}

/**
 * The bot among ordinary people and such as do all that was ever found to harm others, with a Telegram that fails now and
 * then; on a virtual clock, on which computing takes what it takes. The database is a real one.
 */
export async function runHostile(options: HostileOptions): Promise<HostileFigures> {
  const { random, ordinary, hostile, minutes, questions, everyMs = EVERY_MS, outageMs = OUTAGE_MS } = options;
  const folder = await mkdtemp(join(tmpdir(), 'wence-hostile-'));
  const clock = createClock(BEGAN);
  const { now, timers } = clock;
  const until = BEGAN + minutes * MINUTE;
  const askedAt = new Map<string, number>();
  const latencies: number[] = [];
  let asked = 0;
  const at = (share: number, ms: number) =>
    [BEGAN + share * minutes * MINUTE, BEGAN + share * minutes * MINUTE + ms] as const;
  const telegram = createTelegram({
    now,
    timers,
    random,
    // Two outages of 6 s and a flood of 3 s an hour; with the sends that hang or are told to wait, they befall half of a
    // hundredth: what is held of the rest is the bot's.
    outages: [at(0.3, minutes * outageMs), at(0.7, minutes * outageMs)],
    floods: [at(0.5, (minutes * outageMs) / 2)],
    hangs: 0.000_5,
    waits: 0.002,
    onDelivered(chatId, messageId) {
      const key = `${chatId} ${messageId}`;
      const since = askedAt.get(key);
      if (since === undefined) return;
      askedAt.delete(key);
      latencies.push(now() - since);
    },
  });
  const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
  const store = await openStore({ url: `sqlite:${join(folder, 'wence.db')}`, now, log });
  const engine = rememberingEngine(options.engine);
  const { fetch } = telegram;
  const apiRoot = 'http://telegram.invalid';
  const api = new Api(TOKEN, { apiRoot, fetch });
  const pace = createPace(PACE_LIMITS);
  const outbox = createOutbox({ store, send: createSender(api), now, timers, log, pace });
  const budget = createBudget({ pace, now, timers, log, isOpen: () => outbox.trouble() !== 'too-many' });
  const deps = {
    token: TOKEN,
    apiRoot,
    fetch,
    engine: () => engine,
    slogans: { today: async () => undefined, subscribersChanged: () => {} },
    store,
    now,
    log,
    budget,
    owners: [],
    timeZone: 'Asia/Shanghai',
    sloganTime: '08:30',
    desk: undefined,
  };
  const wence = createBot(deps);
  wence.bot.botInfo = { ...ME, can_read_all_group_messages: false };
  const polling = createPolling(api, createIntake(wence, deps, outbox.notify), log);
  await outbox.start();
  const polled = polling.run();
  letLoose({
    clock,
    telegram,
    random,
    questions,
    ordinary,
    hostile,
    everyMs,
    until,
    onAsked(chatId, messageId) {
      asked++;
      askedAt.set(`${chatId} ${messageId}`, now());
    },
  });
  const pruning = setPruning();
  const samples: HostileSample[] = [];
  for (let i = 1; i <= SAMPLES; i++) {
    await clock.run(BEGAN + (i * minutes * MINUTE) / SAMPLES);
    const sample = { minute: (i * minutes) / SAMPLES, asked, waiting: askedAt.size, heapMb: usedMb() };
    samples.push(sample);
    options.onSample?.(sample);
  }
  await clock.run(until + AFTER_MS);
  pruning();
  polling.stop();
  // The poll in the air ends by itself, and what is in the outbox stays there.
  await Promise.all([polled, outbox.drain(0), clock.run(now() + MINUTE)]);
  await store.close();
  await rm(folder, { recursive: true });
  latencies.sort((a, b) => a - b);
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  return { ...telegram.figures, asked, lost: askedAt.size, p50, p99, longest: latencies.at(-1) ?? 0, samples };

  function setPruning(): () => void {
    let stopped = false;
    const prune = () => {
      if (stopped) return;
      void store.prune();
      timers.after(15 * MINUTE, prune);
    };
    timers.after(15 * MINUTE, prune);
    return () => {
      stopped = true;
    };
  }
}

/** Megabytes in use, after a collection. */
function usedMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 2 ** 20);
}
