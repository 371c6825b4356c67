import type { CaughtUp, Sharing } from './sharing.ts';

/** Looks at what the other processes stored, and lets it go live here. */
export interface Following {
  /** Somebody stored something, or anything else. */
  rung(): void;
  stop(): Promise<void>;
}

export interface FollowingOptions {
  readonly sharing: Sharing;
  readonly live: (caughtUp: CaughtUp) => Promise<unknown>;
  readonly failed: (cause: unknown) => void;
  readonly after: (ms: number, then: () => void) => () => void;
}

/** In milliseconds. The bell rings for all that is sent as well, and what nobody heard is looked for. */
const RUNG_MS = 500;
const LOOK_MS = 5_000;

export function followOthers({ sharing, live, failed, after }: FollowingOptions): Following {
  let isRung = false;
  let isLooking = false;
  let isFailing = false;
  let stopped = false;
  let working: Promise<void> = Promise.resolve();
  let cancel = wait(LOOK_MS);

  function wait(ms: number): () => void {
    return after(ms, () => {
      working = look();
    });
  }

  async function look(): Promise<void> {
    isRung = false;
    isLooking = true;
    try {
      const caughtUp = await sharing.catchUp();
      if (caughtUp.written.length > 0 || caughtUp.forced) await live(caughtUp);
      isFailing = false;
    } catch (cause) {
      // Said once, however often it is tried.
      if (!isFailing) failed(cause);
      isFailing = true;
    }
    isLooking = false;
    if (!stopped) cancel = wait(isRung ? RUNG_MS : LOOK_MS);
  }

  return {
    rung() {
      if (isRung || stopped) return;
      isRung = true;
      if (isLooking) return;
      cancel();
      cancel = wait(RUNG_MS);
    },
    async stop() {
      stopped = true;
      cancel();
      await working;
    },
  };
}
