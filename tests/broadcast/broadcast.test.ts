import { afterEach, describe, expect, it } from 'vitest';
import { LONGEST_SLEEP_MS } from '../../src/broadcast/broadcast.ts';
import { type Bench, type Bot, createBench, DAY, HOUR, MAKER, MINUTE, OWNER, subscribe } from './fixture.ts';

let bench: Bench;
afterEach(() => bench.close());

/** To everyone but the owner. */
function slogans(): readonly string[] {
  return bench.messages().filter((message) => !message.includes(` ${OWNER}: `));
}

async function stateCounts({ store }: Bot) {
  const [campaign] = await store.campaigns.latest('slogan', 1);
  return (await store.campaigns.summary(campaign?.id ?? 0)).states;
}

describe('the daily slogan', () => {
  it('comes at the hour of each chat, once a day, with its maker', async () => {
    bench = await createBench('2026-11-21T23:00Z');
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30');
    await subscribe(bot, -2, '08:30', { timeZone: 'Europe/Berlin' });
    await bench.until('2026-11-23T00:00Z');
    expect(slogans()).toEqual(['00:30:00 1: 森林草原防火 人人有责', '07:30:00 -2: 森林草原防火 人人有责']);
    expect(bench.got[0]?.row).toMatchObject({
      method: 'sendMessage',
      payload: {
        text: `森林草原防火 人人有责\n—— ${MAKER}`,
        entities: [{ type: 'bold', offset: 0, length: 11 }],
        link_preview_options: { is_disabled: true },
      },
    });
  });

  it('goes to the topic that asked for it', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    await subscribe(await bench.boot(), -1, '08:30', { sloganTopic: 77 });
    await bench.until('2026-11-22T01:00Z');
    expect(bench.got.map(({ row }) => [row.chatId, row.threadId])).toContainEqual([-1, 77]);
  });

  it('is one and the same for all chats of a date, though the folder is reloaded in between', async () => {
    bench = await createBench('2026-11-21T20:00Z');
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30', { timeZone: 'Asia/Tokyo' });
    await subscribe(bot, 2, '08:30', { timeZone: 'Asia/Shanghai' });
    await bench.until('2026-11-22T00:00Z');
    bench.library('绿水青山就是金山银山');
    await bench.until('2026-11-22T23:00Z');
    expect(slogans()).toEqual(['23:30:00 1: 森林草原防火 人人有责', '00:30:00 2: 森林草原防火 人人有责']);
    await bench.until('2026-11-23T00:00Z');
    expect(slogans().at(-1)).toBe('23:30:00 1: 绿水青山就是金山银山');
  });

  it('is not sent on a day without one, and says so in the log', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    bench.library({ words: '节约用水', until: '2026-11-21' });
    await subscribe(await bench.boot(), 1, '08:30');
    await bench.until('2026-11-23T00:00Z');
    expect(bench.got).toEqual([]);
    expect(bench.said).toEqual(['今天没有可展示的标语']);
  });

  it('first comes tomorrow to a chat that subscribes after its hour, also over a restart', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30');
    await bench.until('2026-11-22T00:45Z');
    await subscribe(bot, 2, '08:30');
    await subscribe(bot, 3, '08:40');
    await bench.until('2026-11-22T00:52Z');
    await bot.kill();
    await bench.until('2026-11-22T00:55Z');
    await bench.boot();
    await bench.until('2026-11-22T23:00Z');
    expect(slogans()).toEqual(['00:30:00 1: 森林草原防火 人人有责']);
    await bench.until('2026-11-23T01:00Z');
    expect(slogans()).toHaveLength(4);
  });

  it('does not come again to a chat that moves its hour later on the same day', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30');
    await bench.until('2026-11-22T00:45Z');
    await subscribe(bot, 1, '09:00');
    await bench.until('2026-11-22T23:00Z');
    expect(slogans()).toHaveLength(1);
  });

  it('passes by a chat whose zone this machine does not know, and no other', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30', { timeZone: 'Mars/Olympus' });
    await subscribe(bot, 2, '08:30');
    await bench.until('2026-11-22T02:00Z');
    expect(slogans()).toHaveLength(1);
    expect(bench.said).toEqual(['这些群的标语发不出去']);
  });

  it('can be asked for at once', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const { broadcaster } = await bench.boot();
    expect(await broadcaster.today('Asia/Shanghai', 'text')).toMatchObject({ method: 'sendMessage' });
    expect(await broadcaster.today('Asia/Shanghai', 'poster')).toMatchObject({
      method: 'sendPhoto',
      payload: { photo: { poster: '2026-11-22' }, caption: `森林草原防火 人人有责\n—— ${MAKER}` },
    });
  });
});

describe('after a time without the bot', () => {
  it('is sent while its window is open', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30');
    await bot.kill();
    await bench.until('2026-11-22T02:00Z');
    await bench.boot();
    await bench.until('2026-11-22T03:00Z');
    expect(slogans()).toEqual(['02:00:00 1: 森林草原防火 人人有责']);
  });

  it('is skipped once its window is past, and the log says so', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30');
    await bot.kill();
    await bench.until('2026-11-22T02:30Z');
    await bench.boot();
    await bench.until('2026-11-22T12:00Z');
    expect(bench.got).toEqual([]);
    expect(bench.said).toEqual(['停机太久，错过了这些标语，不再补发']);
  });

  it('expires when it could not go out in time, rather than come in the night', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot({ windowMs: 30 * MINUTE });
    await subscribe(bot, 1, '08:30');
    bench.answer(() => ({ kind: 'unreached', reason: 'connect ECONNREFUSED' }));
    await bench.until('2026-11-22T01:30Z');
    bench.answer(() => ({ kind: 'delivered', messageId: 1 }));
    const tried = bench.got.length;
    await bench.until('2026-11-22T12:00Z');
    expect(tried).toBeGreaterThan(1);
    expect(bench.got.slice(tried).map(({ row }) => row.chatId)).toEqual([OWNER]);
    expect(bench.got.at(-1)?.row.payload.text).toContain('过时未发 1');
  });

  it('goes on over a restart after more than a year, of which old records were pruned', async () => {
    bench = await createBench('2026-11-22T00:00Z', DAY);
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30');
    await bench.until('2026-11-23T00:00Z');
    await bench.until('2028-01-20T00:00Z');
    await bot.store.prune();
    const before = slogans().length;
    // Stopped before the hour, and back after it, inside the window.
    await bot.kill();
    await bench.until('2028-01-21T00:20Z');
    await bench.boot();
    await bench.until('2028-01-21T00:50Z');
    expect(slogans().length - before).toBe(1);
  });

  it('is not repeated after a crash in the middle', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    let bot = await bench.boot();
    for (let chat = 1; chat <= 60; chat++) await subscribe(bot, chat, '08:30');
    await bench.until('2026-11-22T00:30Z');
    await bench.clock.advance(1_500);
    const before = slogans().length;
    await bot.kill();
    bot = await bench.boot();
    await bench.until('2026-11-22T01:00Z');
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(60);
    const chats = slogans().map((message) => message.slice(9));
    expect(new Set(chats).size).toBe(chats.length);
    // Those that were about to leave when it died: nobody knows of them.
    const { unknown, sent } = await stateCounts(bot);
    expect(sent + unknown).toBe(60);
    expect(unknown).toBeLessThanOrEqual(24);
  });
});

describe('when the clock jumps', () => {
  it('forward past the hour: is sent inside its window', async () => {
    bench = await createBench('2026-11-22T00:00Z', LONGEST_SLEEP_MS);
    await subscribe(await bench.boot(), 1, '08:30');
    await bench.clock.advance(MINUTE);
    bench.clock.jump(HOUR);
    await bench.clock.advance(30_000);
    expect(slogans()).toHaveLength(1);
  });

  it('forward past the window: is skipped', async () => {
    bench = await createBench('2026-11-22T00:00Z', LONGEST_SLEEP_MS);
    await subscribe(await bench.boot(), 1, '08:30');
    await bench.clock.advance(MINUTE);
    bench.clock.jump(5 * HOUR);
    await bench.clock.advance(MINUTE);
    expect(slogans()).toEqual([]);
    expect(bench.said).toContain('停机太久，错过了这些标语，不再补发');
  });

  it('back over the hour: is not sent again', async () => {
    bench = await createBench('2026-11-22T00:00Z', LONGEST_SLEEP_MS);
    await subscribe(await bench.boot(), 1, '08:30');
    await bench.until('2026-11-22T00:40Z');
    bench.clock.jump(-HOUR);
    await bench.clock.advance(2 * HOUR);
    expect(slogans()).toHaveLength(1);
  });

  it('a day ahead by mistake: the days go on as if nothing had been, with none twice', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    await subscribe(await bench.boot(), 1, '08:30');
    bench.clock.jump(DAY + 31 * MINUTE);
    await bench.clock.advance(15 * MINUTE);
    bench.clock.jump(-DAY - 46 * MINUTE);
    await bench.clock.advance(3 * DAY);
    const days = bench.got.filter(({ row }) => row.kind === 'broadcast').map(({ row }) => row.campaignId);
    expect(new Set(days).size).toBe(days.length);
    expect(days).toHaveLength(3);
  });

  it('is seen at once when someone says so', async () => {
    bench = await createBench('2026-11-22T00:00Z', LONGEST_SLEEP_MS);
    const bot = await bench.boot();
    await subscribe(bot, 1, '08:30');
    bench.clock.jump(31 * MINUTE);
    const checked = bot.broadcaster.check();
    await bench.clock.settle();
    await checked;
    await bench.clock.settle();
    expect(slogans()).toHaveLength(1);
  });
});

describe('the owner', () => {
  it('is told once how a campaign went, after the last chat of that date', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot();
    for (let chat = 1; chat <= 4; chat++) await subscribe(bot, chat, '08:30');
    await subscribe(bot, 5, '20:00');
    await subscribe(bot, OWNER, '08:30');
    bench.answer((row) => {
      if (row.chatId === 1)
        return { kind: 'refused', code: 403, description: 'Forbidden: bot was blocked by the user' };
      return row.chatId === 2 ? { kind: 'ambiguous', reason: 'socket hang up' } : { kind: 'delivered', messageId: 9 };
    });
    await bench.until('2026-11-22T12:30Z');
    const notices = bench.got.filter(({ row }) => row.kind === 'notice');
    expect(notices.map(({ row }) => row.payload.text)).toEqual([
      [
        '每日标语 2026-11-22 已发完',
        '“森林草原防火 人人有责”',
        '送达 4，结果不明 1，过时未发 0，未能送达 1',
        '· 被移出、被拉黑或群已解散（已停发）：1',
        '用时 11 小时 30 分（2026-11-22 08:30 至 2026-11-22 20:00）',
      ].join('\n'),
    ]);
    await bot.kill();
    await bench.boot();
    await bench.until('2026-11-23T00:00Z');
    expect(bench.got.filter(({ row }) => row.kind === 'notice')).toHaveLength(1);
  });

  it('is not told of a day on which nobody was to get any', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const { broadcaster } = await bench.boot();
    await broadcaster.today('Asia/Shanghai', 'text');
    await bench.clock.advance(2 * DAY);
    expect(bench.got).toEqual([]);
  });
});

describe('an hour that nobody had before', () => {
  it('is noticed within half an hour when nobody said so', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await bench.boot();
    await bench.until('2026-11-22T00:20Z');
    const { store } = bot;
    await subscribe({ ...bot, broadcaster: { ...bot.broadcaster, subscribersChanged() {} } }, 1, '08:25');
    expect(await store.subscribers.slots()).toHaveLength(1);
    await bench.until('2026-11-22T00:35Z');
    expect(slogans()).toHaveLength(1);
    await bench.clock.advance(2 * DAY);
    expect(slogans()).toHaveLength(3);
  });
});
