import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timers } from '../../src/delivery/timers.ts';

/** A clock on which waiting costs nothing and computing as much as it takes: the processor time of this thread passes on it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  readonly timers: Timers;
  /** Lets time pass up to an instant, running what falls due, each at its time or as soon as the processor is free. */
  run(until: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly number: number;
  run: (() => void) | undefined;
}

export function createClock(start: number): Clock {
  let time = start;
  let number = 0;
  let spent = spentMs();
  const heap: Timer[] = [];

  function noteSpent(): void {
    const total = spentMs();
    time += total - spent;
    spent = total;
  }

  return {
    now: () => time,
    timers: {
      after(ms, run) {
        const timer: Timer = { at: time + Math.max(0, ms), number: number++, run };
        push(heap, timer);
        return () => {
          timer.run = undefined;
        };
      },
    },
    async run(until) {
      for (;;) {
        // Promises first: they take no time but the processor's.
        await nextTurn();
        noteSpent();
        const next = heap[0];
        if (!next || next.at > until || time > until) break;
        pop(heap);
        if (!next.run) continue;
        time = Math.max(time, next.at);
        next.run();
      }
      time = Math.max(time, until);
    },
  };
}

/** Of this thread alone: the simulation must not be slower where a machine is busy with other things. */
function spentMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.number < b.number);

function push(heap: Timer[], timer: Timer): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(timer, heap[parent] as Timer)) break;
    heap[at] = heap[parent] as Timer;
    at = parent;
  }
  heap[at] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop() as Timer;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child++;
    if (!isBefore(heap[child] as Timer, last)) break;
    heap[at] = heap[child] as Timer;
    at = child;
  }
  heap[at] = last;
}
