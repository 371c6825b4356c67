import type { Timers } from '../delivery/timers.ts';
import { HOUR } from '../durations.ts';
import type { Log, Store } from '../storage/store.ts';
import type { CampaignBook } from './campaign-book.ts';
import { materialise } from './deliveries.ts';
import { createFinishing } from './finishing.ts';
import type { Posters } from './posters.ts';
import { localTime } from './schedule.ts';
import { type SloganCall, sloganCall } from './slogan-call.ts';
import { createSlots, type SlotOccurrence } from './slots.ts';
import { openWatermark, type Watermark } from './watermark.ts';

/** Sees to it that every subscribed chat gets the day's slogan at its own hour, once. */
export interface Broadcaster {
  /** Catches up with what fell due while nobody looked, as far as its window is still open, and begins. */
  start(): Promise<void>;
  /** Waits for what is under way. What is in the outbox stays there. */
  stop(): Promise<void>;
  /** Looks now: after the clock was moved. */
  check(): Promise<void>;
  /** To be called when a chat subscribed, left, or changed its hour or zone. Cheap. */
  subscribersChanged(): void;
  /** The slogan of today in a zone, as a call to be put into the outbox; undefined when there is none. */
  today(timeZone: string, form: 'text' | 'poster'): Promise<SloganCall | undefined>;
}

export interface BroadcasterDeps {
  readonly store: Pick<Store, 'campaigns' | 'subscribers' | 'outbox'>;
  readonly book: CampaignBook;
  readonly posters: Pick<Posters, 'ready'>;
  /** Told when there is something to send. */
  readonly outbox: { notify(): void };
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timers: Timers;
  readonly log: Log;
  /** Who is told how a campaign went. */
  readonly owners: readonly number[];
  /** Of chats that chose none. */
  readonly timeZone: string;
  /** How long after its hour a slogan may still go out, in milliseconds; up to 12 h, so that days don't meet. */
  readonly windowMs?: number | undefined;
  /** The longest sleep, in milliseconds: a clock that jumps, or a machine that slept, is noticed then. */
  readonly longestSleepMs?: number | undefined;
}

export const WINDOW_MS = 2 * HOUR;
export const LONGEST_SLEEP_MS = 30_000;
/** Occurrences remembered as done; forgetting one costs only the work of finding that nothing is missing. */
const REMEMBERED = 50_000;

export function createBroadcaster(deps: BroadcasterDeps): Broadcaster {
  const { store, book, posters, outbox, now, timers, log, owners, timeZone } = deps;
  const { windowMs = WINDOW_MS, longestSleepMs = LONGEST_SLEEP_MS } = deps;
  const finishing = createFinishing({ store, book, log, owners, timeZone });
  const slots = createSlots({ subscribers: store.subscribers, timeZone, log });
  const done = new Set<string>();
  let watermark: Watermark | undefined;
  let running = false;
  let cancelWake = () => {};
  /** Looks follow one another. */
  let looking: Promise<void> = Promise.resolve();

  function look(): Promise<void> {
    looking = looking.then(async () => {
      if (!running) return;
      cancelWake();
      let sleep = longestSleepMs;
      try {
        sleep = await lookOnce();
      } catch (cause) {
        log.error({ err: cause }, '每日标语出了问题，稍后再试');
      }
      if (running) cancelWake = timers.after(sleep, () => void look());
    });
    return looking;
  }

  /** Returns how long there is nothing to do, in milliseconds. */
  async function lookOnce(): Promise<number> {
    const at = now();
    watermark ??= await openWatermark(store.campaigns, at);
    await slots.refresh(at);
    const through = watermark.through();
    const opens = at - windowMs;
    if (through < opens) reportMissed(through, opens);
    // A mark that lies ahead was set by a clock that was wrong. Looking back sends nothing twice.
    const due = slots.due(through > at ? opens : Math.max(through, opens), at, opens);
    let added = 0;
    for (const occurrence of due) {
      if (!running) return 0;
      added += await deliver(occurrence);
    }
    await watermark.advance(at, added > 0);
    if ((await finishing.check(at, slots.lastOf)) > 0) outbox.notify();
    const later = now();
    return Math.max(1, Math.min(longestSleepMs, (slots.nextAt(at) ?? Number.POSITIVE_INFINITY) - later));
  }

  /** Puts the deliveries of one slot and day into the outbox; returns how many are new. */
  async function deliver({ of, slot, localDate, at }: SlotOccurrence): Promise<number> {
    const key = `${of.timeZone} ${slot.time} ${localDate}`;
    if (done.has(key)) return 0;
    const campaign = await book.open(localDate);
    const added = campaign
      ? await materialise({
          store,
          slot: of,
          campaign,
          dueAt: at,
          expiresAt: at + windowMs,
          posterReady: () => posters.ready(campaign),
          async onPage() {
            outbox.notify();
            await new Promise<void>((resolve) => timers.after(0, resolve));
          },
        })
      : 0;
    if (done.size >= REMEMBERED) done.clear();
    done.add(key);
    const fields = { ...slot, localDate, chats: added };
    if (!campaign) log.warn(fields, '今天没有可展示的标语');
    else if (added > 0) log.info(fields, '每日标语已排进发送队列');
    return added;
  }

  function reportMissed(after: number, until: number): void {
    // After weeks of rest the last two days say enough.
    const earliest = Math.max(after, until - 48 * HOUR);
    const missed = slots.due(earliest, until, earliest);
    if (missed.length === 0) return;
    const chats = missed.reduce((sum, { of }) => sum + of.chats, 0);
    const dates = [...new Set(missed.map(({ localDate }) => localDate))].toSorted();
    log.warn({ dates, chats, since: new Date(after).toISOString() }, '停机太久，错过了这些标语，不再补发');
  }

  return {
    async start() {
      running = true;
      await look();
    },
    async stop() {
      cancelWake();
      running = false;
      await looking;
      await watermark?.advance(watermark.through(), true);
    },
    check: look,
    subscribersChanged: () => slots.changed(now()),
    async today(zone, form) {
      const { date } = localTime(zone, now());
      const campaign = await book.open(date);
      if (!campaign) return undefined;
      const { words, maker } = campaign.content;
      const poster = form === 'poster' && (await posters.ready(campaign));
      return sloganCall({ words, maker }, poster ? 'poster' : 'text', date);
    },
  };
}
