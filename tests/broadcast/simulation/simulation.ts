import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LONGEST_SLEEP_MS, WINDOW_MS } from '../../../src/broadcast/broadcast.ts';
import { dueBetween, type Slot } from '../../../src/broadcast/schedule.ts';
import type { Library } from '../../../src/knowledge/document.ts';
import { createRandom } from '../../../src/random.ts';
import type { Log } from '../../../src/storage/store.ts';
import { createAudit, type Tally } from './audit.ts';
import { createClock } from './clock.ts';
import { type Inhabitant, subscribe } from './population.ts';
import { type BotProcess, startProcess } from './process.ts';
import { createTelegram } from './telegram.ts';

export interface SimulationOptions {
  readonly inhabitants: readonly Inhabitant[];
  readonly library: Library;
  /** Milliseconds since 1970, midnight UTC. */
  readonly start: number;
  readonly days: number;
  readonly kills: number;
  /** The share of sends that fail. */
  readonly failing: number;
  readonly seed: number;
  /** In milliseconds; as shipped when absent. */
  readonly longestSleepMs?: number;
  readonly onHour?: ((hour: number, hours: number, sent: number) => void) | undefined;
}

export interface SimulationFigures {
  readonly pairs: number;
  readonly tally: Tally;
  readonly maxPerSecond: number;
  readonly maxPerGroupMinute: number;
  /** Too fast for the emulated API. */
  readonly refusedByPace: number;
  readonly kills: number;
  readonly killsInsideWork: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly uploads: number;
  /** The owner's: one a day and no second. */
  readonly summaries: readonly string[];
  readonly activeAtEnd: number;
  /** How long after its hour the latest slogan arrived. */
  readonly latestAfterHourMs: number;
  /** Warnings and errors of the bot, by message. */
  readonly said: Readonly<Record<string, number>>;
  /** Of this machine, in milliseconds. */
  readonly took: number;
}

const OWNER = 42;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Runs the bot through days of slogans, kills it now and then, and checks every chat's every day. Throws at a fault. */
export async function simulate(options: SimulationOptions): Promise<SimulationFigures> {
  const { inhabitants, library, start, days, kills, failing, seed, onHour = () => {} } = options;
  const { longestSleepMs = LONGEST_SLEEP_MS } = options;
  const began = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'wence-simulation-'));
  const path = join(folder, 'wence.db');
  const random = createRandom(seed);
  const clock = createClock(start - HOUR);
  const slots = distinct(inhabitants.map(({ slot }) => slot));
  const said: Record<string, number> = {};
  const say = (_: object, message: string) => {
    said[message] = (said[message] ?? 0) + 1;
  };
  const log: Log = { info() {}, warn: say, error: say };
  const summaries: string[] = [];
  const faults: unknown[] = [];
  let latestAfterHourMs = 0;
  const telegram = createTelegram({
    clock,
    random,
    failing,
    chats: inhabitants.map(({ chatId }) => chatId),
    onArrival(row, index, at) {
      if (row.kind === 'notice' && row.chatId === OWNER) summaries.push(String(row.payload.text));
      else if (row.campaignId !== undefined) {
        latestAfterHourMs = Math.max(latestAfterHourMs, at + WINDOW_MS - (row.expiresAt ?? at));
        // What is wrong must not look like a failed send.
        noting(faults, () => audit.arrived(row.campaignId ?? 0, index, at, row.expiresAt));
      }
    },
  });
  let killed = 0;
  let killsInsideWork = 0;
  let over = false;
  const die = () => {
    const from = clock.now();
    bot = undefined;
    if (over) return;
    killed++;
    // Mostly a restart; now and then long enough to miss a window.
    const downFor = 1_000 + Math.floor(random() < 0.1 ? random() * 4 * HOUR : random() * 60_000);
    clock.timers.after(downFor, () => {
      audit.down(from, clock.now());
      void boot().then(
        (booted) => {
          bot = booted;
        },
        (cause: unknown) => faults.push(cause),
      );
    });
  };
  const boot = () => startProcess({ path, clock, telegram, library, owner: OWNER, log, longestSleepMs, onDeath: die });
  let bot: BotProcess | undefined = await boot();
  await subscribe(bot.store, inhabitants);
  bot.subscribersChanged();
  const slotOf = (index: number): Slot => inhabitants[index]?.slot ?? { timeZone: 'UTC', time: '00:00' };
  const audit = createAudit({
    path,
    chats: inhabitants.length,
    windowMs: WINDOW_MS,
    indexOf: telegram.indexOf,
    slotOf,
  });

  // A date lasts 50 hours around the world, and each that is counted has to come to its end.
  const end = start + (days + 2) * DAY;
  const events = new Map<number, (() => Promise<void> | void)[]>();
  const at = (time: number, run: () => Promise<void> | void) => events.set(time, [...(events.get(time) ?? []), run]);
  const lastDue = new Map<string, number>();
  for (const slot of slots) {
    for (const { localDate, at: dueAt } of dueBetween(slot, start - HOUR, end)) {
      at(dueAt - 1, () => audit.expect(slot, localDate, dueAt));
      lastDue.set(localDate, Math.max(dueAt, lastDue.get(localDate) ?? 0));
    }
  }
  for (const [localDate, dueAt] of lastDue) {
    const over = dueAt + WINDOW_MS + 10 * 60_000;
    if (over < end - DAY) at(over, () => audit.close(localDate));
  }
  for (let hour = 1; hour <= days * 24; hour++)
    at(start + hour * HOUR, () => onHour(hour, days * 24, audit.tally().arrived));
  // For a quarter of an hour Telegram refuses everybody: the chats must survive it.
  if (days > 2) telegram.refuseAll(start + 2 * DAY + 30 * 60_000, start + 2 * DAY + 45 * 60_000);

  for (let i = 0; i < kills; i++) {
    // Half of them while slogans go out, the others at any time.
    const slot = slots[Math.floor(random() * slots.length)];
    const day = start + random() * (days - 0.5) * DAY;
    const due = slot ? (dueBetween(slot, day, day + 2 * DAY)[0]?.at ?? day) : day;
    const time = Math.floor(random() < 0.5 ? due + random() * 5 * 60_000 : day);
    const statements = random() < 0.6 ? Math.floor(random() * 200) : undefined;
    at(time, () => {
      if (statements === undefined) bot?.kill();
      else if (bot) {
        killsInsideWork++;
        bot.killAfter(statements);
      }
    });
  }
  // Each noon some of those that were given up come back.
  for (let day = 0; day < days; day++) {
    at(start + day * DAY + 12 * HOUR + 7 * 60_000, async () => {
      if (!bot) return;
      for (let i = 0; i < inhabitants.length / 500; i++) {
        const index = Math.floor(random() * inhabitants.length);
        const chatId = inhabitants[index]?.chatId ?? 0;
        const chat = await bot?.store.chats.get(chatId).catch(() => undefined);
        if (!chat?.inactive) continue;
        audit.revived(index, clock.now());
        const seen = { id: chatId, type: chatId < 0 ? 'group' : 'private' } as const;
        const update = { updateId: 10_000_000 + day * 10_000 + i, outgoing: [], chat: seen };
        await bot?.store.updates.commit([update]).catch(() => undefined);
      }
    });
  }

  try {
    for (const time of [...events.keys()].toSorted((a, b) => a - b)) {
      await clock.runUntil(time);
      for (const run of events.get(time) ?? []) await run();
      if (faults.length > 0) throw faults[0];
    }
    await clock.runUntil(end);
    if (faults.length > 0) throw faults[0];
    const { maxPerSecond, maxPerGroupMinute, refused } = telegram.pace();
    return {
      pairs: audit.checked(),
      tally: audit.tally(),
      maxPerSecond,
      maxPerGroupMinute,
      refusedByPace: refused,
      kills: killed,
      killsInsideWork,
      failures: telegram.failures(),
      uploads: telegram.uploads(),
      summaries,
      activeAtEnd: (await bot?.store.subscribers.slots())?.reduce((sum, { chats }) => sum + chats, 0) ?? 0,
      latestAfterHourMs,
      said,
      took: performance.now() - began,
    };
  } finally {
    over = true;
    bot?.kill();
    await rm(folder, { recursive: true });
  }
}

function distinct(slots: readonly Slot[]): readonly Slot[] {
  return [...new Map(slots.map((slot) => [`${slot.timeZone} ${slot.time}`, slot])).values()];
}

function noting(faults: unknown[], run: () => void): void {
  try {
    run();
  } catch (cause) {
    faults.push(cause);
  }
}
