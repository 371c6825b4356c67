import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, Message } from '@grammyjs/types';
import { createEmulator, type Emulator } from 'telegram-emulator';

export interface KillOptions {
  readonly times: number;
  /** A knowledge folder, and what to ask about it. */
  readonly knowledge: string;
  readonly questions: readonly string[];
  /** 0 to 1. */
  readonly random: () => number;
  readonly onKill?: (figures: KillFigures) => void;
  /** Gives up, and ends the bot. */
  readonly signal?: AbortSignal;
}

export interface KillFigures {
  readonly kills: number;
  /** Of these, while the process was still starting. */
  readonly duringStart: number;
  readonly asked: number;
  /** Questions without an answer in the end; none, or something was lost. */
  readonly unanswered: number;
  /** Sends that were in the air at a kill: of these alone nobody knows whether they arrived. */
  readonly inTheAir: number;
  /** Questions that have more than one answer. */
  readonly repeated: number;
  /** Of these, such as no kill caught in the air; none, or something was done twice. */
  readonly unexplained: number;
}

/** Milliseconds between two questions, on average; less than Telegram's pace allows to answer. */
const BETWEEN_MS = 70;
/** Enough people that nobody asks more than their allowance. */
const PEOPLE = 200;
/** The longest time at work before a kill, in milliseconds. */
const AT_WORK_MS = 1_000;
/** The longest time from the start to a kill that does not wait for the work to begin. */
const STARTING_MS = 1_500;
/** Every so many kills one doesn't. */
const DURING_START = 5;
const LATENCY_MS = 8;
const TOKEN = '7000000001:AA-the-token-of-a-bot-that-is-killed-often';
const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

/**
 * Kills the bot, a process of its own, with SIGKILL again and again at random moments while people ask, starts it once
 * more, and counts what became of every question.
 */
export async function runKills(options: KillOptions): Promise<KillFigures> {
  const { times, random, onKill } = options;
  const folder = await mkdtemp(join(tmpdir(), 'wence-kills-'));
  const database = join(folder, 'wence.db');
  const emulator = createEmulator({ token: TOKEN, latencyMs: LATENCY_MS });
  const { url } = await emulator.listen();
  const start = () => startBot({ url, database, knowledge: options.knowledge, signal: options.signal });
  const crowd = createCrowd(emulator, options);
  const inTheAir = new Set<string>();
  let duringStart = 0;
  try {
    for (let kills = 1; kills <= times; kills++) {
      const child = start();
      if (kills % DURING_START === 0) {
        duringStart++;
        await sleep(random() * STARTING_MS);
      } else {
        await atWork(emulator, child);
        await sleep(random() * AT_WORK_MS);
      }
      child.kill('SIGKILL');
      await once(child, 'close');
      for (const key of sendingIn(database)) inTheAir.add(key);
      onKill?.({ kills, duringStart, ...crowd.count(inTheAir) });
    }
    crowd.stop();
    const last = start();
    await atWork(emulator, last);
    await finished(emulator, database, options.signal);
    last.kill('SIGTERM');
    await once(last, 'close');
    return { kills: times, duringStart, ...crowd.count(inTheAir) };
  } finally {
    crowd.stop();
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Crowd {
  count(inTheAir: ReadonlySet<string>): Omit<KillFigures, 'kills' | 'duringStart'>;
  stop(): void;
}

/** People who ask one question after the other, each in private. */
function createCrowd(emulator: Emulator, { questions, random }: KillOptions): Crowd {
  const rooms = Array.from({ length: PEOPLE }, () => {
    const user = emulator.places.user();
    return { user, chat: emulator.places.privateChat(user) };
  });
  const asked: Message[] = [];
  let timer: NodeJS.Timeout;
  let next = 0;
  const ask = () => {
    const { user, chat } = rooms[next % PEOPLE] as (typeof rooms)[number];
    asked.push(emulator.people.say(chat, user, questions[next % questions.length] ?? ''));
    next++;
    timer = setTimeout(ask, random() * 2 * BETWEEN_MS);
  };
  timer = setTimeout(ask, 0);
  return {
    stop: () => clearTimeout(timer),
    count(inTheAir) {
      const answers = new Map<string, number>();
      for (const { chat } of rooms) {
        for (const { reply_to_message: to } of emulator.watch.fromBot(chat)) {
          const key = keyOf(chat, to?.message_id ?? 0);
          answers.set(key, (answers.get(key) ?? 0) + 1);
        }
      }
      const keys = asked.map(({ chat, message_id }) => keyOf(chat, message_id));
      const repeated = keys.filter((key) => (answers.get(key) ?? 0) > 1);
      return {
        asked: keys.length,
        unanswered: keys.filter((key) => !answers.has(key)).length,
        inTheAir: inTheAir.size,
        repeated: repeated.length,
        unexplained: repeated.filter((key) => !inTheAir.has(key)).length,
      };
    },
  };
}

function keyOf({ id }: Pick<Chat, 'id'>, messageId: number): string {
  return `${id}:${messageId}`;
}

interface Bot {
  readonly url: string;
  readonly database: string;
  readonly knowledge: string;
  readonly signal: AbortSignal | undefined;
}

function startBot({ url, database, knowledge, signal }: Bot): ChildProcess {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const environment = {
    PATH,
    NODE_COMPILE_CACHE,
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: url,
    DATABASE_URL: `sqlite:${database}`,
    KNOWLEDGE_DIR: knowledge,
    LOG_LEVEL: 'silent',
  };
  return spawn(process.execPath, [MAIN], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
    signal,
    killSignal: 'SIGKILL',
  });
}

/** Resolves with the bot's first call, the sign that it has begun. */
async function atWork({ watch }: Emulator, child: ChildProcess): Promise<void> {
  const ended = once(child, 'close').then(([code]) =>
    Promise.reject(new Error(`the bot ended by itself with ${code}`)),
  );
  const called = watch.next((event) => event.kind === 'call' && event.call.method === 'getMe', 60_000);
  // Whichever is later has no listener of its own any more.
  ended.catch(() => {});
  called.catch(() => {});
  await Promise.race([called, ended]);
}

/** The questions whose answers were claimed and never settled. */
function sendingIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const database = new DatabaseSync(path);
  try {
    const rows = database.prepare(`select chat_id, question_id from outbox where state = 'sending'`).all();
    return rows.map(({ chat_id, question_id }) => `${chat_id}:${question_id}`);
  } catch {
    // Killed before it had made its tables.
    return [];
  } finally {
    database.close();
  }
}

async function finished(emulator: Emulator, path: string, signal: AbortSignal | undefined): Promise<void> {
  const database = new DatabaseSync(path, { readOnly: true });
  const waiting = database.prepare(`select count(*) as rows from outbox where state in ('pending', 'sending')`);
  while (emulator.watch.pending().length > 0 || Number(waiting.get()?.rows) > 0) await sleep(50, undefined, { signal });
  database.close();
}
