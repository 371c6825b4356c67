import type { OutboxKind } from '../storage/tables.ts';

/** At most `count` within any `ms` milliseconds. Infinity lifts the limit. */
export interface Rate {
  readonly count: number;
  readonly ms: number;
}

export interface PaceLimits {
  readonly all: Rate;
  /** A part of `all`, so that a reply in the middle of a broadcast doesn't wait. */
  readonly broadcasts: Rate;
  readonly chat: Rate;
  readonly group: Rate;
}

/**
 * Telegram's limits (Bots FAQ, "My bot is hitting limits"): about 30 a second in all, 20 a minute in one group, about
 * one a second in one chat, short bursts tolerated. The windows are a little longer than Telegram's, since what leaves
 * evenly can arrive bunched.
 */
export const PACE_LIMITS: PaceLimits = {
  all: { count: 30, ms: 1_050 },
  broadcasts: { count: 25, ms: 1_050 },
  chat: { count: 3, ms: 3_100 },
  group: { count: 20, ms: 61_000 },
};

/** Says when something may be sent. It keeps no clock: times are given to it, in milliseconds. */
export interface Pace {
  allowance(at: number): PaceAllowance;
  /**
   * Whether so many calls may go past the outbox now; counts them. They leave a third to what is sent, and nearly all
   * while more waits to be sent than may leave.
   */
  direct(calls: number, at: number): boolean;
  /** Whether the outbox has more to send than may leave. */
  busy(is: boolean): void;
  /** Keeps room for so many calls that wait to go past the outbox. */
  reserve(calls: number): void;
  /** Keeps room for so many messages that are being claimed: what goes past the outbox meanwhile must not take it. */
  hold(messages: number): void;
  /** How many calls went past the outbox since this was asked last: for other processes, which keep the same pace. */
  untold(): number;
  /** Counts one that is being sent. */
  sent(chatId: number, kind: OutboxKind, at: number): void;
  /** Counts one of which we hear otherwise: it was sent a while ago, or will have been by then. */
  heard(chatId: number, kind: OutboxKind, at: number): void;
}

export interface PaceAllowance {
  readonly total: number;
  readonly broadcasts: number;
  /** Chats that have to wait. */
  readonly closed: readonly number[];
  /** When one of these next gets better; undefined when nothing has to wait. */
  readonly changesAt: number | undefined;
}

/** Calls for which room is kept at most, and how soon it is looked again whether they have left, in milliseconds. */
const RESERVED = 5;
const RESERVED_MS = 100;
/** Calls a window that go past an outbox which has more to send than may leave. */
const DIRECT_WHEN_BUSY = 6;

function directRate({ count, ms }: Rate): Rate {
  return { count: Math.floor((count * 2) / 3), ms };
}

export function createPace(limits: PaceLimits): Pace {
  const all = createWindow(limits.all);
  const broadcasts = createWindow(limits.broadcasts);
  const direct = createWindow(directRate(limits.all));
  let reserved = 0;
  let held = 0;
  let isBusy = false;
  let untold = 0;
  const chats = new Map<number, readonly Window[]>();
  /** Until when a chat has to wait. */
  let closed = new Map<number, number>();
  let latest = 0;
  let sweptAt = 0;

  /** A clock that was put back must not make everybody wait for the hour to come round again, nor free a full window. */
  function keepUp(at: number): void {
    if (at < latest) {
      const back = latest - at;
      for (const window of [all, broadcasts, direct, ...[...chats.values()].flat()]) window.putBack(back);
      closed = new Map([...closed].map(([chatId, until]) => [chatId, until - back]));
      sweptAt = at;
    }
    latest = at;
    if (at - sweptAt < limits.group.ms) return;
    sweptAt = at;
    for (const [chatId, windows] of chats) if (windows.every((window) => window.isEmpty(at))) chats.delete(chatId);
  }

  function windowsOf(chatId: number): readonly Window[] {
    const known = chats.get(chatId);
    if (known) return known;
    const rates = chatId < 0 ? [limits.chat, limits.group] : [limits.chat];
    const windows = rates.filter(({ count }) => Number.isFinite(count)).map(createWindow);
    if (windows.length > 0) chats.set(chatId, windows);
    return windows;
  }

  function close(chatId: number, until: number): void {
    closed.set(chatId, Math.max(until, closed.get(chatId) ?? 0));
  }

  function count(chatId: number, kind: OutboxKind, at: number): void {
    all.add(at);
    if (kind === 'broadcast') broadcasts.add(at);
    for (const window of windowsOf(chatId)) {
      window.add(at);
      if (window.room(latest) === 0) close(chatId, window.opensAt(at));
    }
  }

  return {
    allowance(at) {
      keepUp(at);
      for (const [chatId, until] of closed) if (until <= at) closed.delete(chatId);
      const total = Math.max(0, all.room(at) - reserved);
      const forBroadcasts = Math.min(total, broadcasts.room(at));
      const changes = [...closed.values()];
      if (all.room(at) === 0) changes.push(all.opensAt(at));
      else if (total === 0) changes.push(at + RESERVED_MS);
      if (broadcasts.room(at) === 0) changes.push(broadcasts.opensAt(at));
      return {
        total,
        broadcasts: forBroadcasts,
        closed: [...closed.keys()],
        changesAt: changes.length > 0 ? changes.reduce((a, b) => Math.min(a, b)) : undefined,
      };
    },
    direct(calls, at) {
      keepUp(at);
      const { count } = directRate(limits.all);
      const spared = isBusy && Number.isFinite(count) ? Math.max(0, count - DIRECT_WHEN_BUSY) : 0;
      if (direct.room(at) - spared < calls || all.room(at) - held < calls) return false;
      for (let i = 0; i < calls; i++) {
        direct.add(at);
        all.add(at);
      }
      untold += calls;
      return true;
    },
    busy(is) {
      isBusy = is;
    },
    untold() {
      const calls = untold;
      untold = 0;
      return calls;
    },
    reserve(calls) {
      reserved = Math.min(calls, RESERVED);
    },
    hold(messages) {
      held = messages;
    },
    sent(chatId, kind, at) {
      keepUp(at);
      count(chatId, kind, at);
    },
    heard: count,
  };
}

/** The times of what was sent lately. */
interface Window {
  add(at: number): void;
  putBack(ms: number): void;
  room(at: number): number;
  /** When there is room again, for a full window. */
  opensAt(at: number): number;
  isEmpty(at: number): boolean;
}

function createWindow({ count, ms }: Rate): Window {
  /** In order. */
  let times: number[] = [];
  const forget = (at: number) => {
    while (times.length > 0 && (times[0] ?? 0) <= at - ms) times.shift();
  };
  return {
    add(at) {
      if (Number.isFinite(count)) times.splice(times.findLastIndex((time) => time <= at) + 1, 0, at);
    },
    putBack(ms) {
      times = times.map((time) => time - ms);
    },
    room(at) {
      forget(at);
      return Math.max(0, count - times.length);
    },
    opensAt: (at) => (times[Math.max(0, times.length - count)] ?? at) + ms,
    isEmpty(at) {
      forget(at);
      return times.length === 0;
    },
  };
}
