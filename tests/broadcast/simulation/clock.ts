import type { Timers } from '../../../src/delivery/timers.ts';

/** A clock for millions of timers: nothing runs but when it is run. */
export interface Clock {
  now(): number;
  readonly timers: Timers;
  /** Lets time pass until then, running what falls due, each at its time. */
  runUntil(time: number): Promise<void>;
  ran(): number;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

export function createClock(start: number): Clock {
  const heap: Timer[] = [];
  let time = start;
  let order = 0;
  let ran = 0;

  return {
    now: () => time,
    ran: () => ran,
    timers: {
      after(ms, run) {
        const timer: Timer = { at: time + Math.max(0, ms), order: order++, run };
        push(heap, timer);
        return () => {
          timer.run = undefined;
        };
      },
    },
    async runUntil(until) {
      for (;;) {
        // Promises take no time on this clock, and all of them run before the next immediate.
        await new Promise<void>((resolve) => setImmediate(resolve));
        while (heap[0] && heap[0].run === undefined) pop(heap);
        const next = heap[0];
        if (!next || next.at > until) break;
        time = Math.max(time, next.at);
        // What falls due together runs together: what it sets off sees the same time.
        for (let same = heap[0]; same && same.at <= time && same.order <= order; same = heap[0]) {
          pop(heap);
          if (!same.run) continue;
          ran++;
          same.run();
        }
      }
      time = Math.max(time, until);
    },
  };
}

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Timer[], timer: Timer): void {
  heap.push(timer);
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    const above = heap[parent];
    if (!above || before(above, timer)) return;
    heap[i] = above;
    heap[parent] = timer;
    i = parent;
  }
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  heap[0] = last;
  for (let i = 0; ; ) {
    const [left, right] = [heap[2 * i + 1], heap[2 * i + 2]];
    if (!left) return;
    const child = right && before(right, left) ? 2 * i + 2 : 2 * i + 1;
    const smaller = heap[child];
    if (!smaller || before(last, smaller)) return;
    heap[i] = smaller;
    heap[child] = last;
    i = child;
  }
}
