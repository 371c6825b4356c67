import type { Log } from '../storage/store.ts';
import { StoreError } from '../storage/store-error.ts';

/** Keeps the worker from hammering a database that refuses (locked, full), and says so in the log, but not each time. */
export interface Backoff {
  /** Returns when to try again. */
  note(cause: unknown, at: number): number;
  over(): void;
  /** Not to be tried before. */
  until(at: number): number;
  /** It has refused again and again. */
  isStubborn(): boolean;
}

const LONGEST_MS = 5_000;
/** Milliseconds between log lines of one trouble. */
const SAID_EVERY = 60_000;
const STUBBORN = 3;

export function createBackoff(firstMs: number, log: Log): Backoff {
  let times = 0;
  let since = 0;
  let waitUntil = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    note(cause, at) {
      const waitMs = Math.min(LONGEST_MS, firstMs * 2 ** times);
      times++;
      since = at;
      waitUntil = at + waitMs;
      if (at - saidAt >= SAID_EVERY || at < saidAt) {
        saidAt = at;
        const said = cause instanceof StoreError ? cause.message : '读写发送队列时出错。';
        log.error({ err: cause }, `${said} 消息都留着，会自动重试。`);
      }
      return waitUntil;
    },
    over() {
      if (times > 0) log.info({}, '数据库恢复正常');
      times = 0;
      waitUntil = 0;
      saidAt = Number.NEGATIVE_INFINITY;
    },
    // A clock that was put back must not prolong the wait.
    until: (at) => (at < since ? 0 : waitUntil),
    isStubborn: () => times >= STUBBORN,
  };
}
