import type { Timers } from './delivery/timers.ts';

const FIRST_MS = 1_000;
const LAST_MS = 30_000;

/**
 * Tries for as long as it takes, waiting longer each time. `note` is told of each fault; what it throws ends the trying,
 * as does the signal.
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  note: (cause: unknown) => void,
  timers: Timers,
  signal?: AbortSignal,
): Promise<T> {
  for (let ms = FIRST_MS; ; ms = Math.min(2 * ms, LAST_MS)) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (cause) {
      signal?.throwIfAborted();
      note(cause);
      await wait(ms, timers, signal);
    }
  }
}

function wait(ms: number, timers: Timers, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const cancel = timers.after(ms, resolve);
    signal?.addEventListener('abort', () => {
      cancel();
      resolve();
    });
  });
}
