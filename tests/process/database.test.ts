import { chmod, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { ASK, answered, createPlace, type Place, QUOTE } from './child.ts';

async function refused(place: Place): Promise<string> {
  const child = place.start({ LOG_LEVEL: 'warn' });
  expect(await child.ended).toBe(1);
  expect(child.output()).not.toMatch(/\n\s+at |node:internal/);
  return child.output().trim();
}

describe.concurrent('a database that cannot be used, at the start', () => {
  it('no database at all', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    await writeFile(place.database, '这是一份周报，不是数据库。'.repeat(100));
    expect(await refused(place)).toContain('不是数据库文件');
  });

  it('of a newer version', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start();
    await child.says('机器人已启动');
    child.kill('SIGTERM');
    await child.ended;
    const database = new DatabaseSync(place.database);
    database.exec(`insert into migrations values ('9999-later', '2030-01-01T00:00:00.000Z')`);
    database.close();
    expect(await refused(place)).toContain('更新版本');
  });

  it('locked by another program', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const database = new DatabaseSync(place.database);
    database.exec('create table x (y); begin exclusive');
    expect(await refused(place)).toContain('正被另一个程序占用');
    database.close();
  });

  // Root writes to everything.
  it.skipIf(process.getuid?.() === 0)('read-only', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start();
    await child.says('机器人已启动');
    child.kill('SIGTERM');
    await child.ended;
    await chmod(place.database, 0o444);
    expect(await refused(place)).toContain('只能读');
  });
});

describe.concurrent('a database that cannot be written while the bot runs', () => {
  it('locked: a clear line, and nothing is lost when it is free again', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { emulator } = place;
    const user = emulator.places.user();
    const chat = emulator.places.privateChat(user);
    const child = place.start();
    await child.says('机器人已启动');
    const database = new DatabaseSync(place.database, { timeout: 5_000 });
    database.exec('begin immediate');
    emulator.people.say(chat, user, ASK);
    await child.says(/写不进数据库.*正被另一个程序占用|正被另一个程序占用.*写不进数据库/s);
    expect(emulator.watch.pending()).toHaveLength(1);
    database.exec('rollback');
    database.close();
    await answered(place, chat);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    expect(emulator.watch.fromBot(chat).map(({ text }) => text?.includes(QUOTE))).toEqual([true]);
  });
});
