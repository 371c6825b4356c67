import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ASK, answered, createPlace, type Place, QUOTE, TOKEN } from './child.ts';

function somebody({ emulator }: Place) {
  const user = emulator.places.user();
  return { user, chat: emulator.places.privateChat(user) };
}

describe.concurrent('the token', () => {
  it('is in no log, whatever goes wrong with the calls', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { emulator } = place;
    const { user, chat } = somebody(place);
    for (const method of ['getMe', 'setMyCommands', 'getUpdates', 'sendMessage', 'answerInlineQuery']) {
      emulator.faults.add({ method, outcome: { kind: 'drop-before' } });
    }
    for (const method of ['getMe', 'getUpdates']) emulator.faults.add({ method, outcome: { kind: 'html' } });
    const child = place.start({ LOG_LEVEL: 'trace' });
    emulator.people.say(chat, user, ASK);
    void emulator.buttons.inline(user, '停车');
    await child.says('机器人已启动');
    await child.says('一个不要紧的调用没有成功');
    await child.says('取更新失败');
    await answered(place, chat);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    expect(child.output()).not.toContain(TOKEN);
    expect(child.output()).not.toContain(TOKEN.slice(11));
  });
});

describe.concurrent('stopping', () => {
  it.for(['SIGTERM', 'SIGINT'] as const)(
    '%s: what was asked is answered first, and it exits with 0',
    async (signal, { onTestFinished }) => {
      const place = await createPlace(onTestFinished, { latencyMs: 30 });
      const { emulator } = place;
      const rooms = Array.from({ length: 20 }, () => somebody(place));
      const child = place.start();
      await child.says('机器人已启动');
      for (const { chat, user } of rooms) emulator.people.say(chat, user, ASK);
      await emulator.watch.next(
        (event) => event.kind === 'message' && event.message.from?.id === emulator.bot().id,
        10_000,
      );
      child.kill(signal);
      expect(await child.ended).toBe(0);
      for (const { chat } of rooms)
        expect(
          emulator.watch
            .fromBot(chat)
            .map(({ text }) => text)
            .join(),
        ).toContain(QUOTE);
      expect(emulator.watch.pending()).toEqual([]);
      expect(child.output()).toContain('机器人已停止');
    },
  );

  it('what cannot be sent in time is sent after the next start, once', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { emulator } = place;
    const { user, chat } = somebody(place);
    const child = place.start();
    await child.says('机器人已启动');
    emulator.faults.add({ method: 'sendMessage', outcome: { kind: '429', retryAfter: 12 } });
    emulator.people.say(chat, user, ASK);
    await emulator.watch.drained(20_000);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    expect(emulator.watch.fromBot(chat)).toEqual([]);
    const next = place.start();
    await answered(place, chat);
    next.kill('SIGTERM');
    expect(await next.ended).toBe(0);
    expect(emulator.watch.fromBot(chat)).toHaveLength(1);
  });

  it('while the database is locked: Telegram keeps the update for the next start', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { emulator } = place;
    const user = emulator.places.user();
    const chat = emulator.places.privateChat(user);
    const child = place.start();
    await child.says('机器人已启动');
    const database = new DatabaseSync(place.database, { timeout: 5_000 });
    database.exec('begin immediate');
    emulator.people.say(chat, user, ASK);
    await child.says('写不进数据库');
    child.kill('SIGTERM');
    await child.ended;
    database.exec('rollback');
    database.close();
    expect(emulator.watch.pending()).toHaveLength(1);
    expect(child.output()).not.toMatch(/\n\s+at /);
    const next = place.start();
    await answered(place, chat);
    next.kill('SIGTERM');
    expect(await next.ended).toBe(0);
    expect(emulator.watch.fromBot(chat)).toHaveLength(1);
  });
});

describe.concurrent('a second program with the same token', () => {
  it('is told of in the log, and the bot goes on once it is gone', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { emulator, url } = place;
    const { user, chat } = somebody(place);
    const child = place.start();
    await child.says('机器人已启动');
    // A poll that comes first would be ended by ours.
    while (!emulator.watch.waiting()) await sleep(5);
    const other = await fetch(`${url}/bot${TOKEN}/getUpdates?timeout=1`);
    await other.text();
    await child.says('另一个程序正用同一个 BOT_TOKEN 取更新：请只留一个在运行');
    emulator.people.say(chat, user, ASK);
    await answered(place, chat);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });

  it('a webhook that was set is taken down', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { emulator, url } = place;
    const { user, chat } = somebody(place);
    await (await fetch(`${url}/bot${TOKEN}/setWebhook?url=${encodeURIComponent('http://127.0.0.1:9/hook')}`)).text();
    const child = place.start();
    await child.says('webhook');
    emulator.people.say(chat, user, ASK);
    await answered(place, chat);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });
});

describe.concurrent('a second program on the same database', () => {
  it('says so in one line, exits with 1, and the first goes on', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { user, chat } = somebody(place);
    const child = place.start();
    await child.says('机器人已启动');
    const second = place.start({ LOG_LEVEL: 'warn' });
    expect(await second.ended).toBe(1);
    expect(second.output().trim().split('\n')).toEqual([expect.stringContaining('正由另一个问策使用')]);
    place.emulator.people.say(chat, user, ASK);
    await answered(place, chat);
    child.kill('SIGKILL');
    await child.ended;
    const began = performance.now();
    const next = place.start();
    await next.says('机器人已启动');
    expect(performance.now() - began).toBeLessThan(30_000);
    next.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  });

  it('which took it over while we slept ends us', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ LOG_LEVEL: 'warn' });
    while (!place.emulator.watch.waiting()) await sleep(5);
    const database = new DatabaseSync(place.database, { timeout: 5_000 });
    database.exec(`update leases set holder = 'another'`);
    database.close();
    expect(await child.ended).toBe(1);
    expect(child.output().trim().split('\n').at(-1)).toContain('正由另一个问策使用');
  });
});
