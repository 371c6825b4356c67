import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/store.ts';
import { StoreError } from '../../src/storage/store-error.ts';
import { emulateTelegram } from '../emulated.ts';
import { silent } from '../storage/store-suite.ts';
import { ASK, answered, type Child, createPlace, MAIN, TOKEN } from './child.ts';

/** What a keeper sees: lines for a person, no trace of the code, and no token. */
function expectPlain(child: Child): void {
  expect(child.output()).not.toMatch(/\n\s+at |node:internal|Error:/);
  expect(child.output()).not.toContain(TOKEN.slice(11));
}

describe.concurrent('starting with a bad environment', () => {
  it('names every bad key at once, and exits with 1', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const bad = {
      BOT_TOKEN: 'not a token',
      TELEGRAM_API_ROOT: 'api.telegram.org',
      DATABASE_URL: 'wence.db',
      TIME_ZONE: 'Mars/Olympus',
      SLOGAN_TIME: '25:00',
      OWNER_IDS: 'alice',
      HOST: 'not a host',
      PORT: '99999',
      LOG_LEVEL: 'loud',
    };
    const child = place.start(bad);
    expect(await child.ended).toBe(1);
    const lines = child.output().trim().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(Object.keys(bad));
    for (const line of lines) expect(line).toMatch(/应.+。请在 \.env 里改正。$/);
    expectPlain(child);
  });

  it('does not repeat the bad token', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ BOT_TOKEN: `${TOKEN}!` });
    expect(await child.ended).toBe(1);
    expectPlain(child);
  });

  it('a folder without knowledge is named', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ KNOWLEDGE_DIR: `${place.folder}/nowhere` });
    expect(await child.ended).toBe(1);
    expect(child.output()).toContain(`${place.folder}/nowhere`);
    expectPlain(child);
  });
});

describe.concurrent('starting with a token that Telegram refuses', () => {
  it('says so in one line, and exits with 1', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ BOT_TOKEN: TOKEN.replace('7', '8'), LOG_LEVEL: 'warn' });
    expect(await child.ended).toBe(1);
    expect(child.output().trim()).toBe('Telegram 不认这个 BOT_TOKEN。请到 @BotFather 核对后重填。');
  });

  it('also when it is revoked while the bot runs', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ LOG_LEVEL: 'warn' });
    await place.emulator.watch.next(({ kind }) => kind === 'commands', 20_000);
    await place.emulator.close();
    const refusing = createServer((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error_code: 401, description: 'Unauthorized' }));
    }).listen(Number(new URL(place.url).port), '127.0.0.1');
    await once(refusing, 'listening');
    expect(await child.ended).toBe(1);
    refusing.close();
    expect(child.output().trim().split('\n').at(-1)).toBe('Telegram 不认这个 BOT_TOKEN。请到 @BotFather 核对后重填。');
    expect(child.output()).not.toContain(TOKEN.slice(11));
  });
});

describe.concurrent('starting while the Bot API is down', () => {
  it('waits for it, and begins when it is there', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const spare = createServer().listen(0, '127.0.0.1');
    await once(spare, 'listening');
    const { port } = spare.address() as AddressInfo;
    spare.close();
    const child = place.start({ TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` });
    await child.says('连不上 Telegram，稍后再试');
    const emulator = emulateTelegram({ token: TOKEN });
    await emulator.listen(port);
    await child.says('机器人已启动');
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    await emulator.close();
    expect(child.output()).not.toContain(TOKEN.slice(11));
  });

  it('can be stopped while it waits', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    await place.emulator.close();
    const child = place.start();
    await child.says('连不上 Telegram，稍后再试');
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });
});

describe.concurrent('starting where something cannot be read or made', () => {
  const said = async (child: Child): Promise<readonly string[]> => {
    expect(await child.ended).toBe(1);
    expectPlain(child);
    return child.output().trim().split('\n');
  };

  it('a .env that is no file is named', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    await mkdir(join(place.folder, '.env'));
    expect(await said(place.start())).toEqual(['读不了 .env（EISDIR）。请检查它是不是文件、有没有读取的权限。']);
  });

  it('a database below a path that cannot be made, too', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const lines = await said(place.start({ DATABASE_URL: 'sqlite:/proc/x/y.db', LOG_LEVEL: 'warn' }));
    expect(lines).toEqual([expect.stringMatching(/数据库 \/proc\/x\/y\.db.*。请/)]);
  });

  it.each(['/proc/x.db', '/dev/null/x/y.db', '/dev/full'])('in the same words as for %s', async (path) => {
    const opened = openStore({ url: `sqlite:${path}`, now: Date.now, log: silent });
    await expect(opened).rejects.toThrow(new RegExp(`数据库 ${path}.*。请`));
    await expect(opened).rejects.toBeInstanceOf(StoreError);
  });
});

describe.concurrent('a log that nobody can write', () => {
  it('keeps no bot from answering', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const user = place.emulator.places.user();
    const chat = place.emulator.places.privateChat(user);
    const bot = spawn('/bin/sh', ['-c', `exec "${process.execPath}" "${MAIN}" 2>/dev/full`], {
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...place.environment },
      cwd: place.folder,
    });
    const ended = once(bot, 'exit');
    onTestFinished(() => void bot.kill('SIGKILL'));
    place.emulator.people.say(chat, user, ASK);
    await answered(place, chat);
    bot.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
