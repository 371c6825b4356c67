import type { OutboxRow } from '../storage/outbox-row.ts';
import type { SendResult } from './outcome.ts';
import type { Timers } from './timers.ts';

/** Makes the call that a row describes. How it can end is a value; `signal` asks to give up. */
export type Send = (row: OutboxRow, signal: AbortSignal) => Promise<SendResult>;

/** Sends, and always comes back: a sender that throws or outlasts the time is ambiguous. */
export function attempt(send: Send, row: OutboxRow, timeoutMs: number, timers: Timers): Promise<SendResult> {
  return new Promise((resolve) => {
    const abort = new AbortController();
    const cancel = timers.after(timeoutMs, () => {
      abort.abort();
      resolve({ kind: 'ambiguous', reason: `no answer within ${timeoutMs} ms` });
    });
    const end = (result: SendResult) => {
      cancel();
      resolve(result);
    };
    // In a promise chain, so that a sender that throws at once is caught too.
    Promise.resolve()
      .then(() => send(row, abort.signal))
      .then(end, (cause: unknown) => end({ kind: 'ambiguous', reason: reasonOf(cause) }));
  });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
