import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chat } from '@grammyjs/types';
import type { Emulator, EmulatorOptions } from 'telegram-emulator';
import { emulateTelegram } from '../emulated.ts';
import { goodFiles, writeFiles } from '../knowledge/folders.ts';

/** Looks like a token of @BotFather. */
export const TOKEN = '7000000001:AAtest-token_that-must-never-be-logged';
export const ASK = '电梯多久检修';
export const QUOTE = '电梯每月检修一次';

export const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;

/** src/main.ts in a process of its own. */
export interface Child {
  readonly pid: number;
  /** Everything that it has written, both streams. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Resolves when the output holds that. */
  says(part: string | RegExp): Promise<void>;
}

export function startChild(environment: Readonly<Record<string, string>>, cwd: string): Child {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    // Nothing else of ours: the tests may run where a token is set.
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      output += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    ended,
    async says(part) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => (typeof part === 'string' ? output.includes(part) : part.test(output)) && resolve();
      listeners.add(look);
      look();
      await Promise.race([
        promise,
        ended.then((code) => Promise.reject(new Error(`ended with ${code} before it said ${part}: ${output}`))),
      ]);
      listeners.delete(look);
    },
  };
}

export interface Place {
  readonly folder: string;
  readonly database: string;
  readonly emulator: Emulator;
  readonly url: string;
  /** Of a bot that works here. */
  readonly environment: Readonly<Record<string, string>>;
  start(environment?: Readonly<Record<string, string>>): Child;
}

/** A folder with a small knowledge of its own, an emulated Bot API, and processes that are gone when the test is over. */
export async function createPlace(
  onTestFinished: (clean: () => Promise<void>) => void,
  options: EmulatorOptions = {},
): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'wence-process-'));
  await writeFiles(join(folder, 'knowledge'), goodFiles());
  const emulator = emulateTelegram({ token: TOKEN, ...options });
  const { url } = await emulator.listen();
  const database = join(folder, 'wence.db');
  const environment = {
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: url,
    DATABASE_URL: `sqlite:${database}`,
    KNOWLEDGE_DIR: join(folder, 'knowledge'),
  };
  const children: Child[] = [];
  onTestFinished(async () => {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map(({ ended }) => ended));
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder,
    database,
    emulator,
    url,
    environment,
    start(more = {}) {
      const child = startChild({ ...environment, ...more }, folder);
      children.push(child);
      return child;
    },
  };
}

/** Waits for the bot's first message in a chat. */
export async function answered({ emulator }: Place, chat: Chat): Promise<void> {
  if (emulator.watch.fromBot(chat).length === 0) await emulator.watch.nextFromBot(chat, 50_000);
}
