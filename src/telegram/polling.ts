import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, GrammyError } from 'grammy';
import type { Log } from '../storage/store.ts';
import { AnswerError } from './http.ts';
import type { Intake } from './intake.ts';
import { ALLOWED_UPDATES, numberOf } from './update-shape.ts';

/** In seconds. The client of the polling `Api` must wait longer than this. */
export const POLL_SECONDS = 30;
const BATCH = 100;

export interface PollingLimits {
  /** Milliseconds to wait after the first failure, the second, and so on; the last for all that follow. */
  readonly backOffMs: readonly number[];
  /** A refused token is asked for again after so many milliseconds, one after the other, before it is believed. */
  readonly refusedAgainMs: readonly number[];
  /** The last poll of all, which only confirms, gets so many milliseconds: others wait for it to stop. */
  readonly confirmMs: number;
}

export const POLLING_LIMITS: PollingLimits = {
  backOffMs: [1_000, 2_000, 5_000, 10_000, 30_000],
  refusedAgainMs: [0, 10_000],
  confirmMs: 2_000,
};

export interface Polling {
  /** Fetches until stopped; rejects when the token is refused. */
  run(): Promise<void>;
  /** Ends the poll in the air; `run` resolves once the batch at hand is safe. */
  stop(): void;
  /** Afterwards: lets Telegram forget the last batch, so that the next start need not read it again. Never rejects. */
  confirm(): Promise<void>;
}

/**
 * Long polling. A batch is confirmed only by the poll that follows its commit, so a crash at any moment fetches it once
 * more, and the set of update ids leaves out what was committed.
 */
export function createPolling(api: Api, intake: Intake, log: Log, limits: PollingLimits = POLLING_LIMITS): Polling {
  const stopping = new AbortController();
  const until = stopping.signal as Signal;
  let offset: number | undefined;

  function backOffMs(failures: number): number {
    return limits.backOffMs[failures - 1] ?? limits.backOffMs.at(-1) ?? 0;
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => {});
  }

  async function fetchUpdates(): Promise<readonly unknown[]> {
    const from = offset === undefined ? {} : { offset };
    const options = { timeout: POLL_SECONDS, limit: BATCH, allowed_updates: ALLOWED_UPDATES, ...from };
    const found: unknown = await api.getUpdates(options, until);
    if (!Array.isArray(found)) throw new AnswerError('no list of updates');
    return found;
  }

  /** One refusal may be Telegram's own mistake: a token that it knows again within a while was not revoked. */
  async function isRefused(err: unknown): Promise<boolean> {
    if (!isUnauthorized(err)) return false;
    for (const ms of limits.refusedAgainMs) {
      await pause(ms);
      if (stopping.signal.aborted) return false;
      const again = await api.getMe(until).then(() => undefined, isUnauthorized);
      if (again !== true) return false;
    }
    return true;
  }

  return {
    async run() {
      let failures = 0;
      /** Polls in a row that came back at once with nothing new. */
      let empty = 0;
      let held: readonly unknown[] = [];
      while (!stopping.signal.aborted || held.length > 0) {
        try {
          const began = performance.now();
          if (held.length === 0) held = await fetchUpdates();
          const fresh = await intake.take(held);
          const next = nextOffset(held);
          if (held.length > 0 && next === undefined) throw new AnswerError('updates without a number');
          offset = next ?? offset;
          held = [];
          failures = 0;
          // A server that doesn't wait as it was asked, or doesn't forget what was confirmed, must not be hammered.
          empty = fresh === 0 && performance.now() - began < AT_ONCE_MS ? empty + 1 : 0;
          if (empty > EMPTY) await pause(backOffMs(empty - EMPTY));
        } catch (err) {
          if (stopping.signal.aborted && held.length === 0) break;
          // What can't even be confirmed comes back by itself.
          if (err instanceof AnswerError) held = [];
          if (await isRefused(err)) throw err;
          failures++;
          log.warn({ err, failures }, held.length > 0 ? '写不进数据库，稍后再试；没有丢失' : reasonOf(err));
          if (stopping.signal.aborted) break;
          // A webhook that was set meanwhile would keep us from polling for ever.
          if (isConflict(err) && /webhook/i.test(err.description))
            await api.deleteWebhook(undefined, until).catch(() => {});
          await pause(retryAfterMs(err) ?? backOffMs(failures));
        }
      }
    },
    stop: () => stopping.abort(),
    async confirm() {
      if (offset === undefined) return;
      const signal = AbortSignal.timeout(limits.confirmMs) as Signal;
      await api.getUpdates({ offset, limit: 1, timeout: 0 }, signal).catch(() => {});
    },
  };
}

type Signal = Parameters<Api['getMe']>[0];

/** Milliseconds. */
const AT_ONCE_MS = 500;
/** So many polls in a row may come back at once with nothing new: a restart fetches what is known already. */
const EMPTY = 3;
/** In milliseconds: however long Telegram wants us to wait, people write meanwhile. */
const LONGEST_PAUSE = 300_000;

/** After the highest number, in whatever order they came. */
function nextOffset(updates: readonly unknown[]): number | undefined {
  const numbers = updates.flatMap((update) => numberOf(update) ?? []);
  return numbers.length > 0 ? numbers.reduce((a, b) => Math.max(a, b)) + 1 : undefined;
}

function isUnauthorized(err: unknown): boolean {
  return err instanceof GrammyError && err.error_code === 401;
}

function isConflict(err: unknown): err is GrammyError {
  return err instanceof GrammyError && err.error_code === 409;
}

function reasonOf(err: unknown): string {
  if (!isConflict(err)) return '取更新失败，稍后再试';
  if (/webhook/i.test(err.description)) return '这个 BOT_TOKEN 上还设着 webhook：已撤下，改为轮询';
  return '另一个程序正用同一个 BOT_TOKEN 取更新：请只留一个在运行';
}

function retryAfterMs(err: unknown): number | undefined {
  const seconds = err instanceof GrammyError ? err.parameters.retry_after : undefined;
  return seconds === undefined ? undefined : Math.min(seconds * 1_000, LONGEST_PAUSE);
}
