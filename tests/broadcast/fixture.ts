import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broadcaster, createBroadcaster } from '../../src/broadcast/broadcast.ts';
import { createCampaignBook } from '../../src/broadcast/campaign-book.ts';
import type { Drawn } from '../../src/broadcast/poster/draw.ts';
import { createPosters, type DrawPoster, type Posters } from '../../src/broadcast/posters.ts';
import { DELIVERY_LIMITS } from '../../src/delivery/limits.ts';
import { createOutbox, type OutboxWorker } from '../../src/delivery/outbox.ts';
import type { SendResult } from '../../src/delivery/outcome.ts';
import type { Timers } from '../../src/delivery/timers.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import type { Document, Library } from '../../src/knowledge/document.ts';
import type { OutboxRow } from '../../src/storage/outbox-row.ts';
import { type Log, openStore, type Store } from '../../src/storage/store.ts';
import { createVirtualClock, type VirtualClock } from '../delivery/virtual-clock.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const OWNER = 42;
export const MAKER = '人民日报社全国平媒公益广告制作中心';
export const PNG = new Uint8Array([137, 80, 78, 71]);

/** What Telegram got, and when. */
export interface Got {
  readonly at: number;
  readonly row: OutboxRow;
}

export type Answer = (row: OutboxRow) => (SendResult & { readonly fileId?: string }) | Promise<SendResult>;

/** One process of the bot; several may share a bench. */
export interface Bot {
  readonly store: Store;
  readonly broadcaster: Broadcaster;
  readonly posters: Posters;
  readonly outbox: OutboxWorker;
  /** As kill -9: its timers never come, and nobody waits for it. */
  kill(): Promise<void>;
}

export interface Bench {
  readonly clock: VirtualClock;
  readonly got: readonly Got[];
  /** Log messages from warnings up. */
  readonly said: readonly string[];
  readonly drawn: readonly string[];
  boot(options?: { readonly windowMs?: number }): Promise<Bot>;
  answer(how: Answer): void;
  draw(how: (words: string) => Drawn): void;
  library(...slogans: readonly (string | { words: string; from?: string; until?: string })[]): void;
  /** Runs up to an instant, written like 2026-11-22T00:30Z. */
  until(time: string): Promise<void>;
  /** The messages that chats got, as "HH:MM:SS chat: first line", by UTC. */
  messages(): readonly string[];
  close(): Promise<void>;
}

/** `longestSleepMs` is longer than the shipped one: nothing happens in most half minutes of a day. */
export async function createBench(start: string, longestSleepMs = 15 * MINUTE): Promise<Bench> {
  const clock = createWallClock(Date.parse(start));
  const folder = await mkdtemp(join(tmpdir(), 'wence-broadcast-'));
  const url = `sqlite:${join(folder, 'wence.db')}`;
  const got: Got[] = [];
  const said: string[] = [];
  const drawn: string[] = [];
  const bots = new Set<Bot>();
  let library = libraryOf(['森林草原防火 人人有责']);
  let answer: Answer = () => ({ kind: 'delivered', messageId: got.length, fileId: `file-${got.length}` });
  let drawing = (_: string): Drawn => ({ kind: 'drawn', png: PNG });
  const draw: DrawPoster = async ({ words }) => {
    drawn.push(words);
    return drawing(words);
  };

  async function boot({ windowMs }: { windowMs?: number } = {}): Promise<Bot> {
    let alive = true;
    const timers: Timers = {
      after: (ms, run) => (alive ? clock.timers.after(ms, () => alive && run()) : () => {}),
    };
    const say = (_: object, message: string) => {
      if (alive) said.push(message);
    };
    const log: Log = { info() {}, warn: say, error: say };
    const store = await openStore({ url, now: clock.now, log });
    const book = createCampaignBook(store.campaigns, () => library);
    const posters = createPosters(book, draw, log);
    const broadcaster = createBroadcaster({
      store,
      outbox: { notify: () => outbox.notify() },
      book,
      posters,
      now: clock.now,
      timers,
      log,
      owners: [OWNER],
      timeZone: 'Asia/Shanghai',
      windowMs,
      longestSleepMs,
    });
    const send = posters.sending(async (row) => {
      got.push({ at: clock.now(), row });
      return answer(row);
    });
    const outbox = createOutbox({
      store,
      send,
      now: clock.now,
      timers,
      log,
      limits: { ...DELIVERY_LIMITS, longestSleepMs },
    });
    const bot: Bot = {
      store,
      broadcaster,
      posters,
      outbox,
      async kill() {
        if (!alive) return;
        alive = false;
        bots.delete(bot);
        await store.close();
      },
    };
    bots.add(bot);
    await outbox.start();
    // Starting may wait for a timer between pages, so the clock has to go on.
    const started = broadcaster.start();
    await clock.settle();
    await started;
    await clock.settle();
    return bot;
  }

  return {
    clock,
    got,
    said,
    drawn,
    boot,
    answer(how) {
      answer = how;
    },
    draw(how) {
      drawing = how;
    },
    library(...slogans) {
      library = libraryOf(slogans);
    },
    until: (time) => clock.advance(Date.parse(time) - clock.now()),
    messages: () =>
      got.map(({ at, row }) => {
        const text = String(row.payload.text ?? row.payload.caption);
        return `${new Date(at).toISOString().slice(11, 19)} ${row.chatId}: ${text.split('\n')[0]}`;
      }),
    async close() {
      for (const bot of bots) await bot.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** A clock on the wall, which can be put forward and back while timers run on: they count what has passed. */
function createWallClock(start: number): VirtualClock {
  const steady = createVirtualClock(start);
  let offset = 0;
  return {
    ...steady,
    now: () => steady.now() + offset,
    jump(ms) {
      offset += ms;
    },
  };
}

/** Has a chat subscribe, as /subscribe does. */
export async function subscribe(
  { store, broadcaster }: Bot,
  chatId: number,
  sloganTime: string,
  more: { timeZone?: string; sloganForm?: 'text' | 'poster'; sloganTopic?: number } = {},
): Promise<void> {
  const chat = { id: chatId, type: chatId < 0 ? 'supergroup' : 'private' } as const;
  await store.updates.commit([{ updateId: Math.floor(Math.random() * 2 ** 40), outgoing: [], chat }]);
  await store.chats.set(chatId, { sloganTime, ...more });
  broadcaster.subscribersChanged();
}

function libraryOf(slogans: readonly (string | { words: string; from?: string; until?: string })[]): Library {
  const all = slogans.map((slogan) => (typeof slogan === 'string' ? { words: slogan } : slogan));
  const document: Document = {
    ...plainDocument('slogans', ''),
    title: '公益广告标语',
    label: '公益广告标语',
    publisher: MAKER,
    paragraphs: all.map(({ words }) => words),
    slogans: all.map(({ words, from, until }, paragraph) => ({
      words: { paragraph, start: 0, end: words.length },
      from,
      until,
    })),
  };
  return { documents: [document], terms: [] };
}
