import pg from 'pg';
import { connectionTo } from './postgres.ts';

/** Tells the processes that share a database that there is something to do. What nobody hears they find by looking. */
export interface Bell {
  /** Rings for the others, soon; many at once are one. Never throws. */
  ring(): void;
  /** Called when another one rang, and when some ringing may have been missed. */
  onRing(listener: () => void): void;
  close(): Promise<void>;
}

const CHANNEL = 'wence';
/** One that notifies holds up all that commit for a moment, so a busy process does it no more often, in milliseconds. */
const EVERY_MS = 50;
const AGAIN_MS = [250, 1_000, 2_000, 5_000];

/** `id` tells our own ringing from the others'. */
export function openBell(url: string, id: string): Bell {
  const listeners: (() => void)[] = [];
  let client: pg.Client | undefined;
  let failures = 0;
  let again: NodeJS.Timeout | undefined;
  let closed = false;
  let wanted = false;
  let resting: NodeJS.Timeout | undefined;

  function tellAll(): void {
    for (const listener of listeners) listener();
  }

  function lost(one: pg.Client): void {
    if (client !== one) return;
    client = undefined;
    one.end().catch(() => {});
    if (closed) return;
    again = setTimeout(connect, AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]);
    failures++;
  }

  function connect(): void {
    // Listening is waiting: an idle connection is as it should be.
    const one = new pg.Client({ ...connectionTo(url), application_name: 'wence-bell' });
    client = one;
    one.on('error', () => lost(one));
    one.on('end', () => lost(one));
    one.on('notification', ({ payload }) => {
      if (payload !== id) tellAll();
    });
    one
      .connect()
      .then(() => one.query(`listen ${CHANNEL}`))
      .then(() => {
        failures = 0;
        tellAll();
      })
      .catch(() => lost(one));
  }

  function ringNow(): void {
    wanted = false;
    resting = setTimeout(() => {
      resting = undefined;
      if (wanted) ringNow();
    }, EVERY_MS);
    client?.query('select pg_notify($1, $2)', [CHANNEL, id]).catch(() => {});
  }

  connect();
  return {
    ring() {
      if (closed) return;
      wanted = true;
      if (resting === undefined) ringNow();
    },
    onRing: (listener) => void listeners.push(listener),
    async close() {
      closed = true;
      clearTimeout(again);
      clearTimeout(resting);
      const last = client;
      client = undefined;
      await last?.end().catch(() => {});
    },
  };
}
