import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from 'telegram-emulator';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { emulateTelegram } from '../emulated.ts';
import { freePort } from '../free-port.ts';
import { engineOf } from '../shipped.ts';
import { UNPACED } from '../telegram/harness.ts';
import { createDatabase, type Database, onServer } from './database.ts';

const ASK = '社区工作者有哪些补贴';
const SECRET = 'a-secret-that-only-Telegram-knows';

let cleaning: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.toReversed()) await clean();
  cleaning = [];
});

async function start(
  database: Database,
  emulator: Emulator,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ app: App; said: readonly string[] }> {
  const said: string[] = [];
  const note = (_: object, message: string) => void said.push(message);
  const { url } = await emulator.listen();
  const app = await startApp({
    config: readConfig({ DATABASE_URL: database.url, ...environment }),
    token: emulator.token,
    apiRoot: url,
    log: { info: note, warn: note, error: note },
    limits: { ...UNPACED, storeRetryMs: 10 },
    open: engineOf,
  });
  cleaning.push(() => app.stop(1_000));
  return { app, said };
}

/** Cuts every connection and lets no new one in, until what it returns is called. */
async function takeAway({ name }: Database): Promise<() => Promise<void>> {
  await onServer(async (client) => {
    await client.query(`alter database ${name} allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  });
  return () => onServer((client) => client.query(`alter database ${name} allow_connections true`));
}

async function prepare() {
  const database = await createDatabase();
  const emulator = emulateTelegram();
  cleaning.push(database.drop, () => emulator.close());
  const user = emulator.places.user();
  return { database, emulator, user, chat: emulator.places.privateChat(user) };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

describe('while the database is away', () => {
  it('a webhook asks Telegram to come back, and what was asked is answered once', async () => {
    const { database, emulator, user, chat } = await prepare();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const environment = { WEBHOOK_URL: url, WEBHOOK_SECRET: SECRET, PORT: String(port) };
    const { said } = await start(database, emulator, environment);
    await until(() => said.includes('webhook 已设置'));
    const bringBack = await takeAway(database);
    emulator.people.say(chat, user, ASK);
    await until(() => said.some((message) => message.includes('请 Telegram 稍后再送')));
    expect(emulator.watch.pending()).toHaveLength(1);
    expect(emulator.watch.fromBot(chat)).toEqual([]);
    await bringBack();
    await until(() => emulator.watch.fromBot(chat).length > 0);
    await emulator.watch.drained(50_000);
    expect(emulator.watch.fromBot(chat)).toHaveLength(1);
  });

  it('polling keeps the batch, and the bot starts once the database is there', async () => {
    const { database, emulator, user, chat } = await prepare();
    const bringBack = await takeAway(database);
    emulator.people.say(chat, user, ASK);
    const starting = start(database, emulator);
    await sleep(200);
    await bringBack();
    const { said } = await starting;
    expect(said[0]).toContain('连不上数据库');
    expect(said.join()).not.toContain('loopback-only');
    await until(() => emulator.watch.fromBot(chat).length > 0);
    const bringBackAgain = await takeAway(database);
    emulator.people.say(chat, user, ASK);
    await until(() => said.some((message) => message.includes('写不进数据库')));
    await bringBackAgain();
    await until(() => emulator.watch.fromBot(chat).length > 1);
  });
});
