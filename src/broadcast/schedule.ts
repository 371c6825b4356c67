import { Cron } from 'croner';
import { HOUR, MINUTE } from '../durations.ts';
import { makeRoom } from '../storage/make-room.ts';

/** An hour of the day somewhere. */
export interface Slot {
  /** By name, such as Asia/Shanghai. */
  readonly timeZone: string;
  /** HH:MM */
  readonly time: string;
}

/** A slot on one day. */
export interface Occurrence {
  readonly slot: Slot;
  /** The day it is for, YYYY-MM-DD. */
  readonly localDate: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A time zone or an hour that there is none of; the message is for the person who set it. */
export class ScheduleError extends Error {
  readonly code: 'zone' | 'time';
  constructor(code: 'zone' | 'time', value: string, cause?: unknown) {
    super(
      code === 'zone'
        ? `没有“${value}”这个时区：请写 Asia/Shanghai 这样的地区名。`
        : `“${value}”不是时间：请写 08:30 这样的 24 小时制时间。`,
      { cause },
    );
    this.code = code;
  }
}

/**
 * The first occurrence of a slot after an instant. An hour that the clocks skip falls on the first moment after the
 * gap; one that they go through twice counts the first time only.
 *
 * @throws ScheduleError
 */
export function nextDue(slot: Slot, after: number): Occurrence {
  const at = nextRun(slot, after);
  const { date } = localTime(slot.timeZone, at);
  return (slot.time >= LATE && pushedPastMidnight(slot, at, after)) || { slot, localDate: date, at };
}

/** The occurrences of a slot after one instant up to and including another, in order; none when the clock went back. */
export function dueBetween(slot: Slot, after: number, until: number): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (let next = nextDue(slot, after); next.at <= until; next = nextDue(slot, next.at)) found.push(next);
  return found;
}

/** When a slot falls due for one day; undefined on a day that a zone left out (Samoa's 30 December 2011). */
export function dueOn(slot: Slot, localDate: string): number | undefined {
  // No zone is more than 14 hours ahead of UTC.
  const before = Date.parse(`${localDate}T00:00:00Z`) - 15 * HOUR;
  let next = nextDue(slot, before);
  while (next.localDate < localDate) next = nextDue(slot, next.at);
  return next.localDate === localDate ? next.at : undefined;
}

/** The date (YYYY-MM-DD) and the hour (HH:MM) that a zone's clocks show. Throws a ScheduleError for a zone unknown. */
export function localTime(timeZone: string, at: number): { readonly date: string; readonly time: string } {
  const minute = Math.floor(at / MINUTE);
  const known = clocks.get(timeZone);
  if (known?.minute === minute) return known;
  const format = known?.format ?? clockOf(timeZone);
  const [date = '', time = ''] = format.format(at).split(' ');
  const clock = { format, minute, date, time };
  clocks.set(timeZone, clock);
  makeRoom(clocks, CLOCKS);
  return clock;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  } catch (cause) {
    throw new ScheduleError('zone', timeZone, cause);
  }
}

/** What a zone's clocks showed in the minute that was asked for last: every update asks. */
interface Clock {
  readonly format: Intl.DateTimeFormat;
  readonly minute: number;
  readonly date: string;
  readonly time: string;
}

/**
 * Making one costs 0.05 ms, asking it 0.01: both are asked for every slot every half minute. A clock takes up to 170 KB,
 * and anybody may name a zone and an hour, so few are kept, the latest made.
 */
const crons = new Map<string, Cron>();
const clocks = new Map<string, Clock>();
const CRONS = 500;
const CLOCKS = 50;

function cronOf({ timeZone, time }: Slot): Cron {
  const key = `${timeZone} ${time}`;
  let cron = crons.get(key);
  if (!cron) {
    const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
    if (hour === undefined || minute === undefined) throw new ScheduleError('time', time);
    // Asked first, since croner itself finds an unknown zone only when it is asked for a time.
    localTime(timeZone, 0);
    cron = new Cron(`0 ${Number(minute)} ${Number(hour)} * * *`, { timezone: timeZone, paused: true });
    crons.set(key, cron);
    makeRoom(crons, CRONS);
  }
  return cron;
}

function nextRun(slot: Slot, after: number): number {
  // The pattern names every day, so there is always a next one.
  return cronOf(slot).nextRun(new Date(after))?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** No gap is longer than two hours, so earlier hours than this cannot be pushed past midnight. */
const LATE = '22:00';

/**
 * croner leaves out an hour that is skipped together with the rest of its day (23:30 in America/Scoresbysund, each
 * spring): that occurrence is the midnight before the one that croner finds, at `found`, if it comes after `after`.
 */
function pushedPastMidnight(slot: Slot, found: number, after: number): Occurrence | undefined {
  const at = nextRun({ timeZone: slot.timeZone, time: '00:00' }, found - 25 * HOUR);
  if (at <= after || at >= found) return undefined;
  const before = localTime(slot.timeZone, at - MINUTE);
  return before.time < slot.time ? { slot, localDate: before.date, at } : undefined;
}
