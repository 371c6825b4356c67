import type { Log } from '../storage/store.ts';
import type { SubscriberSlot, Subscribers } from '../storage/subscribers.ts';
import { dueOn, type Occurrence, ScheduleError, type Slot } from './schedule.ts';
import { createTimetable } from './timetable.ts';

export type SlotOccurrence = Occurrence & { readonly of: SubscriberSlot };

/** The hours at which chats want their slogan: a list that is short, changes seldom and is dear to ask for. */
export interface Slots {
  /** Reads them again when that may be needed. */
  refresh(at: number): Promise<void>;
  /**
   * What fell due since an instant, up to and including another, in order. Of a slot that has appeared since, this may
   * repeat what it said before, back to `earliest`: it may have come with no word of it, while nobody looked.
   */
  due(after: number, until: number, earliest: number): readonly SlotOccurrence[];
  /** When the next one falls due; undefined without subscribers. */
  nextAt(after: number): number | undefined;
  /** When the last slot of a local date falls due. */
  lastOf(localDate: string): number | undefined;
  /** Someone subscribed, left or changed the hour, just now. */
  changed(at: number): void;
}

export interface SlotsDeps {
  readonly subscribers: Subscribers;
  /** Of chats that chose none. */
  readonly timeZone: string;
  readonly log: Log;
}

interface Known {
  readonly of: SubscriberSlot;
  readonly slot: Slot;
  /** It was not there before; undefined when it was there from the start. */
  readonly since: number | undefined;
}

/**
 * Grouping 100,000 subscribers takes 170 ms. What changes through this process is noticed at once, and what changes
 * through another replica is that one's to look after; this is for when it died since.
 */
const READ_EVERY = 30 * 60_000;

/** Complaints remembered, so that each is said once. */
const COMPLAINTS = 100;

export function createSlots({ subscribers, timeZone, log }: SlotsDeps): Slots {
  const timetable = createTimetable();
  const complained = new Set<string>();
  const lastDue = new Map<string, number | undefined>();
  let slots: readonly Known[] = [];
  let readAt: number | undefined;
  /** When the list was first known to be out of date. */
  let changedAt: number | undefined;

  /** A zone that this machine doesn't know must not stop the others. */
  function isUsable(slot: Slot, at: number): boolean {
    try {
      timetable.next(slot, at);
      return true;
    } catch (cause) {
      if (!(cause instanceof ScheduleError)) throw cause;
      if (!complained.has(cause.message)) log.error({ ...slot, error: cause.message }, '这些群的标语发不出去');
      if (complained.size >= COMPLAINTS) complained.clear();
      complained.add(cause.message);
      return false;
    }
  }

  return {
    async refresh(at) {
      const fresh = readAt !== undefined && at >= readAt && at - readAt < READ_EVERY;
      if (fresh && changedAt === undefined) return;
      // By a clock that was put back, nothing is known of when a slot appeared.
      const since = readAt === undefined || at < readAt ? undefined : (changedAt ?? readAt);
      const before = changedAt;
      changedAt = undefined;
      let found: readonly SubscriberSlot[];
      try {
        found = await subscribers.slots();
      } catch (cause) {
        changedAt ??= before ?? at;
        throw cause;
      }
      const known = new Map(slots.map((one) => [keyOf(one.of), one]));
      slots = found
        .map((of) => {
          const slot = { timeZone: of.timeZone ?? timeZone, time: of.sloganTime };
          const old = known.get(keyOf(of));
          return { of, slot, since: old ? old.since : since };
        })
        .filter(({ slot }) => isUsable(slot, at));
      if (slots.length !== known.size || slots.some(({ of }) => !known.has(keyOf(of)))) lastDue.clear();
      readAt = at;
    },
    due: (after, until, earliest) =>
      slots
        .flatMap(({ of, slot, since }) => {
          const from = Math.max(earliest, Math.min(after, since ?? after));
          return timetable.due(slot, from, until).map((found) => ({ ...found, of }));
        })
        .toSorted((a, b) => a.at - b.at),
    nextAt(after) {
      const times = slots.map(({ slot }) => timetable.next(slot, after).at);
      return times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : undefined;
    },
    lastOf(localDate) {
      if (!lastDue.has(localDate)) {
        const times = slots.map(({ slot }) => dueOn(slot, localDate)).filter((time) => time !== undefined);
        if (lastDue.size > 10) lastDue.clear();
        lastDue.set(localDate, times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined);
      }
      return lastDue.get(localDate);
    },
    changed(at) {
      changedAt ??= at;
    },
  };
}

function keyOf({ timeZone, sloganTime }: SubscriberSlot): string {
  return `${timeZone} ${sloganTime}`;
}
