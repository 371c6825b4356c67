import type { OutboxRow } from '../storage/outbox-row.ts';
import type { Flood } from '../storage/replicas.ts';
import type { Log } from '../storage/store.ts';
import { plain, type SendResult, type Trouble, troubleOf, waitOf } from './outcome.ts';
import { createSlowMode } from './slow-mode.ts';

/**
 * Stops all sending while it is not one chat that is ill but the way there: Telegram can't be reached, or nobody knows
 * what becomes of what we send, or it asks everybody to slow down, or it doesn't know our token. Then nothing leaves
 * but now and then one call, the probe, and the first good answer sets everything free.
 */
export interface Halt {
  gate(at: number): Gate;
  /** A call leaves; while halted, it is the probe. */
  left(row: OutboxRow): void;
  /** What it ended in. To be told of every call that has left. */
  ended(row: OutboxRow, result: SendResult, at: number): void;
  /** What all sending suffers from. */
  trouble(): Trouble | undefined;
  /**
   * Whether Telegram asks everybody to slow down, as another process found; ours, when we found something since, is told
   * first. Only a flood is everybody's: that Telegram can't be reached may be our own network's fault.
   */
  hear(flood: Flood | undefined, at: number): void;
  /** What the others are to know; `probing`: a call is about to leave. */
  flood(probing: boolean, at: number): Flood | 'over' | 'unchanged';
  /** That was written down. */
  told(): void;
}

/** `until`: when the next probe may leave; undefined while one is under way. */
export type Gate = { readonly open: 'all' | 'one' } | { readonly open: 'none'; readonly until: number | undefined };

/** Sending was out of order for a while: nobody knew what became of what was sent. In milliseconds since 1970. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

export interface HaltLimits {
  /** So many doubtful ends in a row, whatever they were sent to, are no accident any more. */
  readonly ambiguousInARow: number;
  /** So many chats that want us to wait without a reason of their own, in a row and within this time: a flood. */
  readonly floodedChats: number;
  readonly floodedWithinMs: number;
  /** How long to wait before the first probe, in milliseconds, and at most: the wait doubles with each that fails. */
  readonly waits: Readonly<Record<Trouble, { readonly first: number; readonly longest: number }>>;
}

export const HALT_LIMITS: HaltLimits = {
  ambiguousInARow: 3,
  floodedChats: 3,
  floodedWithinMs: 10_000,
  waits: {
    unreached: { first: 1_000, longest: 30_000 },
    // Each probe may cost a slogan, or put an answer in doubt.
    ambiguous: { first: 1_000, longest: 60_000 },
    'too-many': { first: 1_000, longest: 30_000 },
    unauthorized: { first: 30_000, longest: 30_000 },
  },
};

/** A probe of another process that says nothing for so long, in milliseconds, is given up. */
const PROBE_MS = 60_000;

interface Halted {
  readonly by: Trouble;
  readonly since: number;
  readonly waitMs: number;
  readonly setAt: number;
}

export interface HaltDeps {
  /** What other processes know us by. */
  readonly replica?: string | undefined;
  readonly limits: HaltLimits;
  readonly log: Log;
  /** Told when an outage is over. */
  readonly onOutage: (outage: Outage) => void;
}

export function createHalt({ limits, log, onOutage, replica = '' }: HaltDeps): Halt {
  const slowMode = createSlowMode();
  let halted: Halted | undefined;
  /** The row that is the probe. */
  let probe: number | undefined;
  let doubtful = 0;
  /** When chats asked us to wait, by chat. */
  let waiting: ReadonlyMap<number, number> = new Map();
  /** The flood as other processes know it, and whether we have found something else since. */
  let heard: Flood | undefined;
  let found = false;

  /** Whether a trouble is everybody's by now. */
  function concernsAll(by: Trouble, { chatId }: OutboxRow, at: number): boolean {
    switch (by) {
      case 'unreached':
      case 'unauthorized':
        return true;
      case 'ambiguous':
        doubtful++;
        return doubtful >= limits.ambiguousInARow;
      case 'too-many': {
        const recent = [...waiting].filter(([, since]) => Math.abs(at - since) <= limits.floodedWithinMs);
        waiting = new Map([...recent, [chatId, at]]);
        return waiting.size >= limits.floodedChats;
      }
    }
  }

  function begin(by: Trouble, error: string, at: number): void {
    halted = { by, since: at, waitMs: limits.waits[by].first, setAt: at };
    probe = undefined;
    found ||= by === 'too-many';
    log[by === 'unauthorized' ? 'error' : 'warn']({ error }, BEGUN[by]);
  }

  function end(at: number): void {
    doubtful = 0;
    waiting = new Map();
    if (!halted) return;
    const { by, since } = halted;
    halted = undefined;
    probe = undefined;
    found ||= by === 'too-many';
    log.info({ seconds: Math.round((at - since) / 1_000) }, OVER[by]);
    if (by === 'ambiguous') onOutage({ from: since, to: at });
  }

  return {
    gate(at) {
      if (!halted) return { open: 'all' };
      if (probe !== undefined) return { open: 'none', until: undefined };
      const others = halted.by === 'too-many' && heard?.probe?.by !== replica ? heard?.probe : undefined;
      if (others && Math.abs(at - others.at) < PROBE_MS) return { open: 'none', until: others.at + PROBE_MS };
      const until = halted.setAt + halted.waitMs;
      // A clock that was put back must not prolong the wait.
      return at >= until || at < halted.setAt ? { open: 'one' } : { open: 'none', until };
    },
    left(row) {
      if (halted) probe = row.id;
    },
    ended(row, result, at) {
      const wasProbe = probe === row.id;
      if (wasProbe) probe = undefined;
      if (result.kind === 'delivered') {
        slowMode.delivered(row.chatId, at);
        return end(at);
      }
      const by = troubleOf(result);
      const isItsOwn = by === 'too-many' && slowMode.explains(row.chatId, waitOf(result), at);
      if (by === undefined || isItsOwn) {
        // Telegram is there and knows us; of a flood this says nothing, so the next probe may leave at once.
        doubtful = 0;
        if (halted && halted.by !== 'too-many') end(at);
        return;
      }
      if (!halted) {
        if (concernsAll(by, row, at)) begin(by, errorOf(result), at);
        return;
      }
      // Those that left before it was noticed fail together, and count as one.
      if (!wasProbe) return;
      const { first, longest } = limits.waits[by];
      found ||= by === 'too-many' || halted.by === 'too-many';
      halted = { ...halted, by, waitMs: Math.min(longest, Math.max(first, halted.waitMs * 2)), setAt: at };
    },
    trouble: () => halted?.by,
    hear(flood, at) {
      heard = flood;
      if (found) return;
      if (!flood) {
        if (halted?.by === 'too-many') end(at);
      } else if (!halted || halted.by === 'too-many') {
        if (!halted) log.warn({}, BEGUN['too-many']);
        halted = { by: 'too-many', since: flood.since, waitMs: flood.waitMs, setAt: flood.setAt };
      }
      found = false;
    },
    flood(probing, at) {
      const isFlood = halted?.by === 'too-many';
      if (!found && !(probing && isFlood)) return 'unchanged';
      if (!halted || !isFlood) return 'over';
      const { since, waitMs, setAt } = halted;
      const own = probing || probe !== undefined ? { by: replica, at } : undefined;
      return { since, waitMs, setAt, ...(own ? { probe: own } : {}) };
    },
    told() {
      found = false;
    },
  };
}

function errorOf(result: SendResult): string {
  if (result.kind === 'delivered') return '';
  return plain(result.kind === 'refused' ? `${result.code} ${result.description}` : result.reason);
}

const BEGUN: Readonly<Record<Trouble, string>> = {
  unreached: '连不上 Telegram：消息都留着，稍后再试',
  ambiguous: '发送接连没有结果，可能是 Telegram 出了故障：先停下，消息都留着，隔一会儿试一条',
  'too-many': 'Telegram 要求放慢：全部暂停，隔一会儿试一条',
  unauthorized: 'Telegram 不认这个 BOT_TOKEN：请检查它；待发的消息都还留着',
};

const OVER: Readonly<Record<Trouble, string>> = {
  unreached: '又连上 Telegram 了',
  ambiguous: '发送恢复正常',
  'too-many': 'Telegram 不再要求放慢',
  unauthorized: 'Telegram 又认这个 BOT_TOKEN 了',
};
