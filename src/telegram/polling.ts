import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from '@grammyjs/types';
import { type Api, GrammyError } from 'grammy';
import type { Log } from '../storage/store.ts';
import type { Intake } from './intake.ts';

/** The kinds of update that we ask for; others are not even sent to us. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const satisfies readonly Exclude<keyof Update, 'update_id'>[];

/** In seconds. The client of the polling `Api` must wait longer than this. */
export const POLL_SECONDS = 30;
const BATCH = 100;
const BACK_OFF_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

export interface Polling {
  /** Fetches until stopped; rejects when the token is refused. */
  run(): Promise<void>;
  /** Ends the poll in the air; `run` resolves once the batch at hand is safe and confirmed. */
  stop(): void;
}

/**
 * Long polling. A batch is confirmed only by the poll that follows its commit, so a crash at any moment fetches it once
 * more, and the set of update ids leaves out what was committed.
 */
export function createPolling(api: Api, intake: Intake, log: Log): Polling {
  const stopping = new AbortController();

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => {});
  }

  return {
    async run() {
      let offset: number | undefined;
      let failures = 0;
      let held: readonly Update[] = [];
      while (!stopping.signal.aborted || held.length > 0) {
        try {
          if (held.length === 0) {
            const signal = stopping.signal as Parameters<typeof api.getUpdates>[1];
            held = await api.getUpdates(
              {
                timeout: POLL_SECONDS,
                limit: BATCH,
                allowed_updates: ALLOWED_UPDATES,
                ...(offset === undefined ? {} : { offset }),
              },
              signal,
            );
          }
          await intake.take(held);
          offset = (held.at(-1)?.update_id ?? (offset ?? 0) - 1) + 1;
          if (offset === 0) offset = undefined;
          held = [];
          failures = 0;
        } catch (err) {
          if (stopping.signal.aborted && held.length === 0) break;
          if (err instanceof GrammyError && err.error_code === 401) throw err;
          failures++;
          log.warn({ err, failures }, held.length > 0 ? '写不进数据库，稍后再试；没有丢失' : reasonOf(err));
          if (stopping.signal.aborted) break;
          // A webhook that was set meanwhile would keep us from polling for ever.
          if (isConflict(err) && /webhook/i.test(err.description)) await api.deleteWebhook().catch(() => {});
          await pause(retryAfterMs(err) ?? backOffMs(failures));
        }
      }
      // The last batch is safe: let Telegram forget it, so that the next start need not read it again.
      if (offset !== undefined) await api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => {});
    },
    stop: () => stopping.abort(),
  };
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
  return seconds === undefined ? undefined : seconds * 1_000;
}

function backOffMs(failures: number): number {
  return BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1] ?? 0;
}
