import type { Timers } from '../../src/delivery/timers.ts';

/** A clock that stands still until it is told to go on. */
export interface VirtualClock {
  now(): number;
  readonly timers: Timers;
  /** Lets so much time pass, running what falls due, each at its time. */
  advance(ms: number): Promise<void>;
  /** Lets everything run that needs no time to pass. */
  settle(): Promise<void>;
  /** Puts the clock forward or back without running what lies between. */
  jump(ms: number): void;
  /** How often anything ran: a measure of idleness. */
  runs(): number;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export function createVirtualClock(start: number): VirtualClock {
  let time = start;
  let runs = 0;
  let timers: readonly Timer[] = [];

  function takeNext(until: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) if (timer.at <= until && (!next || timer.at < next.at)) next = timer;
    timers = timers.filter((timer) => timer !== next);
    return next;
  }

  async function advance(ms: number): Promise<void> {
    const until = time + ms;
    for (;;) {
      // Promises first: they take no time on this clock. The store's never wait for anything else.
      await new Promise((resolve) => setImmediate(resolve));
      const next = takeNext(until);
      if (!next) break;
      time = Math.max(time, next.at);
      runs++;
      next.run();
    }
    time = until;
  }

  return {
    now: () => time,
    timers: {
      after(ms, run) {
        const timer = { at: time + Math.max(0, ms), run };
        timers = [...timers, timer];
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
    },
    advance,
    settle: () => advance(0),
    jump(ms) {
      time += ms;
    },
    runs: () => runs,
  };
}
