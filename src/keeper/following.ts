import type { Log } from '../storage/store.ts';
import { StoreError } from '../storage/store-error.ts';
import type { Sharing } from './sharing.ts';

/** Looks at what the other processes stored, and lets it go live here. */
export interface Following {
  /** Somebody stored something, or anything else. */
  rung(): void;
  stop(): Promise<void>;
}

/** Lets the folder go live. */
interface Live {
  reload(wish: { readonly force: boolean }): Promise<unknown>;
}

export interface FollowingOptions {
  readonly sharing: Sharing;
  readonly live: Live;
  /** Looks for what else another may have left. */
  readonly looked: () => void;
  readonly log: Log;
  readonly after: (ms: number, then: () => void) => () => void;
}

/** In milliseconds. The bell rings for all that is sent as well, and what nobody heard is looked for. */
const RUNG_MS = 500;
const LOOK_MS = 5_000;

/** Before anything is asked our folder has what owners changed on other processes; where it can't, it answers as it is. */
export async function takeOver(sharing: Sharing, live: Live, log: Log): Promise<void> {
  try {
    const { written } = await sharing.catchUp();
    if (written.length > 0) await live.reload({ force: true });
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    noteUnshared(cause, log);
  }
}

export function followOthers({ sharing, live, looked, log, after }: FollowingOptions): Following {
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
      const { written, forced } = await sharing.catchUp();
      if (written.length > 0 || forced) await live.reload({ force: forced });
      looked();
      isFailing = false;
    } catch (cause) {
      // Said once, however often it is tried.
      if (!isFailing) noteUnshared(cause, log);
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

function noteUnshared(err: unknown, log: Log): void {
  // The outbox says so already.
  if (err instanceof StoreError && err.code === 'away') return;
  const code = err instanceof Error && 'code' in err ? err.code : undefined;
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    log.error(
      { err },
      '资料文件夹不能写，别处启用的资料到不了这里：请让 KNOWLEDGE_DIR 指向能写的文件夹，见 docs/operations.md',
    );
  else log.warn({ err }, '没能取来别处改动的资料，稍后再试');
}
