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
  /** Whether the connection listens already, and so has nothing else to do. */
  let listening = false;
  let failures = 0;
  let again: NodeJS.Timeout | undefined;
  let closed = false;
  let wanted = false;
  let isResting = false;
  let resting: NodeJS.Timeout | undefined;

  function tellAll(): void {
    for (const listener of listeners) listener();
  }

  function lost(one: pg.Client): void {
    if (client !== one) return;
    client = undefined;
    listening = false;
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
        listening = true;
        tellAll();
      })
      .catch(() => lost(one));
  }

  function ringNow(): void {
    wanted = false;
    // One query at a time: the next ringing waits for this one, and rests.
    const rung = listening ? client?.query('select pg_notify($1, $2)', [CHANNEL, id]) : undefined;
    const rest = () => {
      if (closed) return;
      resting = setTimeout(() => {
        isResting = false;
        if (wanted) ringNow();
      }, EVERY_MS);
    };
    isResting = true;
    (rung ?? Promise.resolve()).then(rest, rest);
  }

  connect();
  return {
    ring() {
      if (closed) return;
      wanted = true;
      if (!isResting) ringNow();
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
