import type { Log } from '../storage/store.ts';
import type { Pace } from './pace.ts';
import type { Timers } from './timers.ts';

/**
 * Calls that go past the outbox keep its pace too. What must be known to decide goes ahead of what waits in the outbox;
 * courtesies, which are cheap to lose, take the room that is left, one asker after another, and are dropped when there
 * is none for long.
 */
export interface Budget {
  /** Resolves when a look-up may leave; false when it found no room in time. */
  lookUp(): Promise<boolean>;
  /** The same for a courtesy to somebody, which may take two calls: a changed message and the word for it. */
  courtesy(asker: number): Promise<boolean>;
}

export interface BudgetDeps {
  readonly pace: Pace;
  readonly now: () => number;
  readonly timers: Timers;
  readonly log: Log;
  /** Whether Telegram takes calls: not while it asks everybody to slow down. */
  readonly isOpen: () => boolean;
}

/** Calls that a courtesy takes at most. */
const CALLS = 2;
/** How long a courtesy may wait, in milliseconds: then nobody looks at the button any more. */
const LONGEST_MS = 3_000;
/** How long a look-up may: the whole batch of updates waits with it, and those that come meanwhile. */
const LOOK_UP_MS = 500;
/** Courtesies that wait at once: as many as can leave in that time. */
const WAITING = 30;
/** Look-ups that wait at once. */
const LOOK_UPS = 100;
/** How soon it is looked again whether there is room, in milliseconds, and how often dropped ones are spoken of. */
const AGAIN_MS = 50;
const SAID_EVERY = 60_000;

interface Waiting {
  readonly since: number;
  readonly enter: (admitted: boolean) => void;
}

/** Who has no limit: for tests of other things. */
export const UNBOUNDED: Budget = { lookUp: async () => true, courtesy: async () => true };

export function createBudget({ pace, now, timers, log, isOpen }: BudgetDeps): Budget {
  let lookUps: readonly Waiting[] = [];
  /** By asker, whose turn it is first. */
  const courtesies = new Map<number, readonly Waiting[]>();
  let waiting = 0;
  let dropped = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  let willLook = false;

  function drop(one: Waiting, at: number): void {
    one.enter(false);
    dropped++;
    if (Math.abs(at - saidAt) < SAID_EVERY) return;
    log.warn({ dropped }, '按按钮的太多，有些没有回应');
    saidAt = at;
    dropped = 0;
  }

  /** Takes the oldest of an asker's out; the asker goes to the end of the line. */
  function shift(asker: number): Waiting | undefined {
    const [first, ...rest] = courtesies.get(asker) ?? [];
    courtesies.delete(asker);
    if (rest.length > 0) courtesies.set(asker, rest);
    if (first) waiting--;
    return first;
  }

  function expire(at: number): void {
    const isOld = ({ since }: Waiting) => Math.abs(at - since) >= LOOK_UP_MS;
    for (const old of lookUps.filter(isOld)) old.enter(false);
    lookUps = lookUps.filter((one) => !isOld(one));
    const isLate = ({ since }: Waiting) => Math.abs(at - since) >= LONGEST_MS;
    for (const [asker, own] of courtesies) {
      for (const late of own.filter(isLate)) {
        drop(late, at);
        shift(asker);
      }
    }
  }

  function look(): void {
    const at = now();
    expire(at);
    while (lookUps.length > 0 && isOpen() && pace.direct(1, at)) {
      lookUps[0]?.enter(true);
      lookUps = lookUps.slice(1);
    }
    pace.reserve(lookUps.length);
    while (waiting > 0 && lookUps.length === 0 && isOpen() && pace.direct(CALLS, at)) {
      const [asker = 0] = courtesies.keys();
      shift(asker)?.enter(true);
    }
    // One at a time: each that is let in or refused looks, too, and must not start another round of its own.
    if (waiting + lookUps.length === 0 || willLook) return;
    willLook = true;
    timers.after(AGAIN_MS, () => {
      willLook = false;
      look();
    });
  }

  /** Who has most waiting loses the latest of it. */
  function makeRoom(at: number): void {
    let greediest: number | undefined;
    const of = (asker: number | undefined) => (asker === undefined ? [] : (courtesies.get(asker) ?? []));
    for (const [asker, own] of courtesies) if (own.length > of(greediest).length) greediest = asker;
    const own = of(greediest);
    const last = own.at(-1);
    if (greediest === undefined || !last) return;
    if (own.length > 1) courtesies.set(greediest, own.slice(0, -1));
    else courtesies.delete(greediest);
    waiting--;
    drop(last, at);
  }

  return {
    lookUp: () =>
      new Promise((enter) => {
        if (lookUps.length >= LOOK_UPS) return enter(false);
        lookUps = [...lookUps, { since: now(), enter }];
        look();
      }),
    courtesy: (asker) =>
      new Promise((enter) => {
        const at = now();
        courtesies.set(asker, [...(courtesies.get(asker) ?? []), { since: at, enter }]);
        waiting++;
        if (waiting > WAITING) makeRoom(at);
        look();
      }),
  };
}
