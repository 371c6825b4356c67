import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, Message, User } from '@grammyjs/types';
import type { Emulator, EmulatorOptions } from 'telegram-emulator';
import { afterAll, beforeAll, expect } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import type { AskingLimits } from '../../src/asking/worker.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { DELIVERY_LIMITS, type DeliveryLimits } from '../../src/delivery/limits.ts';
import type { Log } from '../../src/storage/store.ts';
import type { HttpLimits } from '../../src/telegram/http.ts';
import { POLLING_LIMITS, type PollingLimits } from '../../src/telegram/polling.ts';
import { emulateTelegram } from '../emulated.ts';
import { engineOf } from '../shipped.ts';

const UNLIMITED = { count: Number.POSITIVE_INFINITY, ms: 1_000 };
const NO_PACE = { all: UNLIMITED, broadcasts: UNLIMITED, chat: UNLIMITED, group: UNLIMITED };
/** As fast as it goes: pacing has tests of its own. */
export const UNPACED: DeliveryLimits = { ...DELIVERY_LIMITS, pace: NO_PACE };

/** For bots that meet odd answers: what else would wait for a second tries again at once. */
export const IMPATIENT: PollingLimits = { ...POLLING_LIMITS, backOffMs: [5, 10], refusedAgainMs: [0, 50] };

export interface HarnessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly emulator?: EmulatorOptions;
  readonly limits?: DeliveryLimits;
  readonly polling?: PollingLimits;
  readonly asking?: AskingLimits;
  readonly http?: HttpLimits;
  readonly gatherMs?: number;
  /** Milliseconds; the real time unless a test moves its own. */
  readonly now?: () => number;
  /** Runs before the bot starts. */
  readonly before?: (emulator: Emulator) => void;
}

export interface Harness {
  readonly emulator: Emulator;
  /** Of the emulated Bot API. */
  readonly url: string;
  readonly warnings: readonly string[];
  /** The path of the database. */
  readonly database: string;
  app(): App;
  /** Resolves when every update is committed and the outbox is empty: whoever is silent now stays silent. */
  settled(): Promise<void>;
  /** What the bot says in a chat because of what is done, in order. */
  replies(chat: Chat, act: () => unknown): Promise<readonly Message[]>;
  /** Stops the bot, lets things happen meanwhile, and starts it anew on the same database, perhaps set otherwise. */
  restart(meanwhile?: () => unknown, environment?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** The real bot over HTTP against the emulated Bot API, with the shipped knowledge and a real database. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const emulator = emulateTelegram(options.emulator);
  options.before?.(emulator);
  const { url } = await emulator.listen();
  const folder = await mkdtemp(join(tmpdir(), 'wence-telegram-'));
  const database = join(folder, 'wence.db');
  const configOf = (environment = options.environment): Config =>
    readConfig({ DATABASE_URL: `sqlite:${database}`, ...environment });
  const warnings: string[] = [];
  const note = (fields: object, message: string) => {
    const err = 'err' in fields && fields.err instanceof Error ? `: ${fields.err.message}` : '';
    warnings.push(`${message}${err}`);
  };
  const log: Log = { info: () => {}, warn: note, error: note };
  const now = options.now ?? Date.now;
  const start = (environment?: Readonly<Record<string, string>>) =>
    startApp({
      ...options,
      config: configOf(environment),
      token: emulator.token,
      apiRoot: url,
      log,
      now,
      limits: options.limits ?? UNPACED,
      open: engineOf,
    });
  let app = await start();
  const reader = new DatabaseSync(database, { readOnly: true });
  const waiting = reader.prepare(
    `select (select count(*) from outbox where state in ('pending', 'sending')) + (select count(*) from pointings) as rows`,
  );

  const harness: Harness = {
    emulator,
    url,
    warnings,
    database,
    app: () => app,
    async settled() {
      if (emulator.watch.pending().length > 0) await emulator.watch.drained(50_000);
      while (Number(waiting.get()?.rows) > 0) await sleep(2);
    },
    async replies(chat, act) {
      const before = new Set(emulator.watch.fromBot(chat).map(({ message_id }) => message_id));
      await act();
      await harness.settled();
      return emulator.watch.fromBot(chat).filter(({ message_id }) => !before.has(message_id));
    },
    async restart(meanwhile, environment) {
      await app.stop(1_000);
      await meanwhile?.();
      app = await start(environment);
    },
    async close() {
      await app.stop(1_000);
      reader.close();
      await emulator.close();
      await rm(folder, { recursive: true });
      expect(emulator.watch.violations(), 'calls that the schema refuses').toEqual([]);
      // A parse mode can alter a verbatim quote: what we send is marked by entities only.
      expect(emulator.watch.calls().filter(({ params }) => 'parse_mode' in params)).toEqual([]);
    },
  };
  return harness;
}

/** One bot for the tests of a file; each test makes chats of its own. */
export function useBot(options: HarnessOptions = {}): () => Harness {
  let harness: Harness | undefined;
  beforeAll(async () => {
    harness = await startHarness(options);
  });
  afterAll(() => harness?.close());
  return () => harness as Harness;
}

export interface Room {
  readonly chat: Chat;
  readonly user: User;
}

/** Somebody's private chat with the bot. */
export function privately({ emulator }: Harness, languageCode = 'zh-hans'): Room {
  const user = emulator.places.user({ first_name: '小王', language_code: languageCode });
  return { chat: emulator.places.privateChat(user), user };
}

/** A group with the bot and one member. */
export function inGroup(
  { emulator }: Harness,
  options: Parameters<Emulator['places']['supergroup']>[0] = {},
  languageCode = 'zh-hans',
): Room {
  const user = emulator.places.user({ first_name: '小李', language_code: languageCode });
  return { chat: emulator.places.supergroup({ members: [user], ...options }), user };
}

/** The only one of a list. */
export function only<T>(list: readonly T[]): T {
  expect(list).toHaveLength(1);
  return list[0] as T;
}

/** The words that an entity of a message marks. */
export function marked({ text = '', entities = [] }: Message, type: string): readonly string[] {
  return entities.filter((each) => each.type === type).map(({ offset, length }) => text.slice(offset, offset + length));
}

/** The texts of a message's buttons, row by row. */
export function buttonsOf({ reply_markup }: Message): readonly (readonly string[])[] {
  return (reply_markup?.inline_keyboard ?? []).map((row) => row.map(({ text }) => text));
}

/** The data of the button with that text. */
export function dataOf({ reply_markup }: Message, text: string): string {
  const button = reply_markup?.inline_keyboard.flat().find((each) => each.text === text);
  if (!button || !('callback_data' in button)) throw new Error(`no button ${text}`);
  return button.callback_data;
}
