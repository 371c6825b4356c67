import type { Update } from '@grammyjs/types';
import { type Params, readInteger, readJson } from './params.ts';
import { conflict, type Reply, succeed } from './reply.ts';
import type { UpdateType } from './updates.ts';
import type { World } from './world.ts';

/** Calls the listener when the caller is gone; returns the way to stop listening. */
export type OnHangUp = (listener: () => void) => () => void;

/** getUpdates, with its one waiting call. */
export interface Poller {
  getUpdates(params: Params, onHangUp: OnHangUp): Promise<Reply>;
  /** Ends the waiting call with a conflict, or with nothing new. */
  interrupt(reason?: string): void;
  waiting(): boolean;
}

const MAX_LIMIT = 100;
/** Seconds; the Bot API server waits no longer, whatever is asked. */
const MAX_TIMEOUT = 50;

export function createPoller(world: World, webhookUrl: () => string): Poller {
  let waiting: ((reply: Reply | undefined) => void) | undefined;

  function interrupt(reason?: string): void {
    waiting?.(reason === undefined ? succeed([]) : conflict(reason));
  }

  return {
    interrupt,
    waiting: () => waiting !== undefined,
    async getUpdates(params, onHangUp) {
      if (webhookUrl() !== '') {
        return conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      const types = readAllowed(params);
      if (types) world.queue.allow(types);
      const offset = readInteger(params, 'offset') ?? 0;
      const asked = readInteger(params, 'limit') ?? MAX_LIMIT;
      const limit = asked >= 1 && asked <= MAX_LIMIT ? asked : MAX_LIMIT;
      const timeout = Math.min(Math.max(readInteger(params, 'timeout') ?? 0, 0), MAX_TIMEOUT);
      const ready = world.queue.take(offset, limit);
      if (ready.length > 0 || timeout === 0) return succeed(ready);
      // As in the server's do_get_updates, only a call that is to wait ends the one that waits.
      interrupt('terminated by other getUpdates request; make sure that only one bot instance is running');
      return await new Promise<Reply>((resolve) => {
        let woken = false;
        const stopListening = world.queue.onPush(() => {
          // Updates pushed in one go travel in one answer.
          if (!woken) setImmediate(() => settle(undefined));
          woken = true;
        });
        const cancel = world.after(timeout * 1_000, () => settle(succeed([])));
        const stopWatching = onHangUp(() => settle(succeed([])));
        const settle = (reply: Reply | undefined) => {
          if (waiting !== settle) return;
          waiting = undefined;
          stopListening();
          cancel();
          stopWatching();
          resolve(reply ?? succeed(latest(world, limit)));
        };
        waiting = settle;
      });
    },
  };
}

function latest(world: World, limit: number): readonly Update[] {
  return world.queue.take(0, limit);
}

/** `allowed_updates`; undefined when the call doesn't say, so that the former setting stays. */
export function readAllowed(params: Params): readonly UpdateType[] | undefined {
  const list = readJson(params, 'allowed_updates');
  return Array.isArray(list) ? list.filter((type): type is UpdateType => typeof type === 'string') : undefined;
}
