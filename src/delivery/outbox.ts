import type { OutboxDepth, TurnResult } from '../storage/outbox.ts';
import type { OutboxRow } from '../storage/outbox-row.ts';
import type { Try } from '../storage/replicas.ts';
import type { Log, Store } from '../storage/store.ts';
import { attempt, type Send } from './attempt.ts';
import { createBackoff } from './backoff.ts';
import { createConsequences, type Ended } from './consequences.ts';
import { createHalt, type Outage } from './halt.ts';
import { DELIVERY_LIMITS, type DeliveryLimits } from './limits.ts';
import type { SendResult, Trouble } from './outcome.ts';
import { createPace, type Pace } from './pace.ts';
import { type Counts, createTally, type Settled } from './tally.ts';
import type { Timers } from './timers.ts';

/** The worker that sends what stands in the store's outbox. */
export interface OutboxWorker {
  /** Takes back what a crash left half done, and begins. */
  start(): Promise<void>;
  /** Something was put into the outbox: to be called after each commit. Cheap, and never throws. */
  notify(): void;
  /** Another process has put something in, or learnt something. */
  rung(): void;
  /**
   * For shutting down: goes on with replies for at most so many milliseconds, then claims no more, waits for what is
   * in the air (at most a send's time-out) and writes down its end. The rest stays for the next start.
   */
  drain(deadlineMs: number): Promise<void>;
  stats(): Promise<OutboxStats>;
  /** What all sending suffers from, if anything. */
  trouble(): Trouble | undefined;
}

export interface OutboxStats extends Counts {
  readonly inAir: number;
  readonly queue: OutboxDepth;
}

export interface OutboxDeps {
  readonly store: Pick<Store, 'outbox'>;
  readonly send: Send;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits?: DeliveryLimits | undefined;
  /** Shared with whatever else leaves; one of its own when absent. */
  readonly pace?: Pace | undefined;
  /** Told of each row's final state, after it was written. */
  readonly onSettled?: ((settled: Settled) => void) | undefined;
  /** Told when sending works again after an outage. */
  readonly onOutage?: ((outage: Outage) => void) | undefined;
}

export function createOutbox(deps: OutboxDeps): OutboxWorker {
  const { store, send, now, timers, log, limits = DELIVERY_LIMITS, onSettled = () => {} } = deps;
  const { onOutage = () => {}, pace = createPace(limits.pace) } = deps;
  const shared = store.outbox.isShared;
  const halt = createHalt({ limits: limits.halt, log, onOutage, replica: store.outbox.replica });
  const consequences = createConsequences(halt, limits, log);
  const tally = createTally(onSettled, log);
  const backoff = createBackoff(limits.storeRetryMs, log);
  /** How long a claim is respected, in milliseconds: a send's time-out, and as long again to write down its end. */
  const heldMs = limits.sendTimeoutMs * 2;
  const isPaced = Object.values(limits.pace).some(({ count }) => Number.isFinite(count));
  const longestSleepMs = shared ? limits.sharedLookMs : limits.longestSleepMs;
  const paceMemoryMs = Math.max(...Object.values(limits.pace).map(({ ms }) => ms));
  const inAir = new Map<number, OutboxRow>();
  /** Sends that have ended and aren't written yet. */
  let ended: readonly Ended[] = [];
  let state: 'idle' | 'working' | 'draining' | 'stopped' = 'idle';
  const drained = Promise.withResolvers<void>();
  let deadline = NEVER;
  /** Whether no reply can go out before the deadline. */
  let nothingLeft = false;
  let turning = false;
  let wanted = false;
  let turnedAt = -NEVER;
  let recoveredAt = -NEVER;
  /** Another process has said that there is something to do. */
  let rung = false;
  /** What the latest turn claimed is not sent: nobody knows whether it was committed, or it took too long. */
  let isLost = false;
  /** What we claim leaves within so long, in milliseconds, or not by that claim. */
  let leavesWithin = LEAVES_WITHIN;
  /** Calls that went past the outbox and of which the others don't know yet. */
  let untold = 0;
  let cancelWake = () => {};

  function wake(): void {
    if (state === 'idle' || state === 'stopped') return;
    wanted = true;
    if (!turning) void run();
  }

  /** Turns follow one another, however many were asked for meanwhile. Never rejects. */
  async function run(): Promise<void> {
    turning = true;
    while (wanted) {
      wanted = false;
      cancelWake();
      const sleepMs = await turn();
      if (isDrained()) return stop();
      cancelWake = timers.after(sleepMs, wake);
      // The thread's other work gets its turn too, even when sends end at once.
      await new Promise<void>((resolve) => timers.after(0, resolve));
    }
    turning = false;
  }

  /** Writes what has ended, claims what may go, sends it. Returns for how long there is nothing to do by itself. */
  async function turn(): Promise<number> {
    const at = now();
    let wish = wishFor(at);
    const overdue = at - turnedAt >= longestSleepMs || at < turnedAt;
    if (backoff.until(at) > at) return sleep(at, backoff.until(at));
    if (ended.length === 0 && wish.total === 0 && !overdue && !rung && !isLost) return sleep(at, wish.changesAt);
    rung = false;
    let claimedAt = at;
    const written = ended;
    ended = [];
    let result: TurnResult;
    pace.hold(wish.total);
    try {
      if (shared && Math.abs(at - recoveredAt) >= RECOVERED_EVERY) {
        recoveredAt = at;
        tally.recovered(await store.outbox.recover(heldMs));
      }
      result = await store.outbox.turn({
        settle: written.map(({ settlement }) => settlement),
        effects: written.flatMap(({ effects }) => effects),
        paced: isPaced,
        holding: isLost ? [...inAir.keys(), ...written.map(({ row }) => row.id)] : undefined,
        claim(news) {
          if (!shared) return wish.total > 0 ? wish : undefined;
          // It may have taken a while until it was our turn.
          claimedAt = now();
          const latest = claimedAt + limits.sendTimeoutMs;
          for (const { chatId, kind, at: leftBy } of news.tries) pace.heard(chatId, kind, Math.min(leftBy, latest));
          halt.hear(news.flood, claimedAt);
          wish = wishFor(claimedAt);
          pace.hold(wish.total);
          return wish.total > 0 ? wish : undefined;
        },
        tell: (claimed) => ({
          sends: isPaced ? [...claimed.map(triedAt(claimedAt + leavesWithin)), ...pastOutbox(claimedAt)] : [],
          flood: halt.flood(claimed.length > 0, claimedAt),
        }),
      });
      isLost = false;
      untold = 0;
      halt.told();
    } catch (cause) {
      isLost = true;
      ended = [...written, ...ended];
      return sleep(at, backoff.note(cause, at));
    } finally {
      pace.hold(0);
    }
    turnedAt = at;
    backoff.over();
    tally.settled(written);
    tally.expired(result.expired);
    if (wish.total > 0) pace.busy(result.claimed.length === wish.total);
    if (shared && isPaced && result.claimed.length > 0 && !isInTime(now() - claimedAt)) {
      // The others' pace has no room for them any more: they go back, and are claimed anew.
      isLost = true;
      return 0;
    }
    for (const row of result.claimed) launch(row);
    return sleep(at, nextOccasion(result, wish.changesAt));
  }

  /**
   * Whether what was claimed so long ago may still leave. Where the process or the database is slow, the next claim
   * promises to leave later, so that it gets to send.
   */
  function isInTime(lateMs: number): boolean {
    const promised = leavesWithin;
    if (lateMs > promised) leavesWithin = Math.min(promised * 2, limits.sendTimeoutMs);
    else if (lateMs < promised / 4) leavesWithin = Math.max(promised / 2, LEAVES_WITHIN);
    return lateMs <= promised;
  }

  /** Calls that went past the outbox, to no chat in particular. */
  function pastOutbox(at: number) {
    untold += pace.untold();
    return Array.from({ length: untold }, () => ({ chatId: 0, kind: 'notice', at }) as const);
  }

  function wishFor(at: number) {
    const { total, broadcasts, closed, changesAt } = pace.allowance(at);
    const gate = halt.gate(at);
    const slots = at < deadline ? Math.min(limits.concurrency - inAir.size, SLOTS[gate.open]) : 0;
    const flying = [...inAir.values()].filter(({ kind }) => kind === 'broadcast').length;
    const broadcastSlots = state === 'draining' ? 0 : limits.broadcastConcurrency - flying;
    return {
      total: Math.max(0, Math.min(total, slots)),
      broadcasts: Math.max(0, Math.min(broadcasts, broadcastSlots)),
      except: closed,
      changesAt: gate.open === 'none' ? gate.until : changesAt,
    };
  }

  function launch(row: OutboxRow): void {
    const known = row.isDamaged ? DAMAGED : editsNothing(row) ? NOTHING_TO_EDIT : undefined;
    if (known) {
      land(row, known);
      return;
    }
    inAir.set(row.id, row);
    halt.left(row);
    pace.sent(row.chatId, row.kind, now());
    void attempt(send, row, limits.sendTimeoutMs, timers).then((result) => land(row, result));
  }

  function land(row: OutboxRow, result: SendResult): void {
    if (inAir.delete(row.id)) halt.ended(row, result, now());
    ended = [...ended, consequences.draw(row, result, now())];
    wake();
  }

  /** When something can be done that nobody will wake us for. */
  function nextOccasion({ claimed, outlook }: TurnResult, changesAt: number | undefined): number | undefined {
    // What was claimed wakes us by its end; otherwise there was more to expire than one turn takes.
    if (!outlook) return claimed.length > 0 ? undefined : 0;
    const { replies, broadcasts } = outlook;
    nothingLeft = !replies.withheld && (replies.nextDueAt ?? NEVER) >= deadline;
    const withheld = replies.withheld || broadcasts.withheld;
    return earliest([replies.nextDueAt, broadcasts.nextDueAt, withheld ? changesAt : undefined]);
  }

  function sleep(at: number, until: number | undefined): number {
    const latest = at < deadline ? deadline : NEVER;
    return Math.max(0, Math.min(longestSleepMs, earliest([until, latest]) - at));
  }

  function isDrained(): boolean {
    if (state !== 'draining' || inAir.size > 0) return false;
    if (ended.length === 0 && !isLost) return nothingLeft || now() >= deadline;
    if (now() < deadline || !backoff.isStubborn()) return false;
    if (ended.length > 0) log.error({ rows: ended.length }, '数据库一直写不进去，有些消息的发送结果没有记下');
    return true;
  }

  function stop(): void {
    state = 'stopped';
    cancelWake();
    drained.resolve();
  }

  return {
    async start() {
      if (state !== 'idle') return;
      // The limits hold across a restart too; of processes that share them the first turn tells.
      const tries = shared ? [] : await store.outbox.tries(now() - paceMemoryMs);
      tally.recovered(await store.outbox.recover(shared ? heldMs : undefined));
      const startedAt = now();
      for (const { chatId, kind, at } of tries) pace.heard(chatId, kind, Math.min(at, startedAt));
      state = 'working';
      wake();
    },
    notify() {
      nothingLeft = false;
      wake();
    },
    rung() {
      rung = true;
      nothingLeft = false;
      wake();
    },
    drain(deadlineMs) {
      if (state === 'idle') stop();
      if (state === 'working') {
        state = 'draining';
        deadline = now() + deadlineMs;
        nothingLeft = false;
        wake();
      }
      return drained.promise;
    },
    async stats() {
      return { ...tally.counts(), inAir: inAir.size, queue: await store.outbox.depth() };
    },
    trouble: halt.trouble,
  };
}

const NEVER = Number.POSITIVE_INFINITY;

/** What is claimed leaves within so long where nothing is slow, in milliseconds: a commit takes a few. */
const LEAVES_WITHIN = 100;

/** How often processes that share an outbox look for what others have left half done, in milliseconds. */
const RECOVERED_EVERY = 3_000;

/** How many calls a halt lets out. */
const SLOTS = { all: NEVER, one: 1, none: 0 } as const;

const DAMAGED: SendResult = { kind: 'refused', code: 400, description: 'ROW_DAMAGED' };
const NOTHING_TO_EDIT: SendResult = {
  kind: 'refused',
  code: 400,
  description: 'Bad Request: message to edit not found',
};

/** An edit of an answer that never went out. */
function editsNothing({ method, messageId, payload }: OutboxRow): boolean {
  return (
    method.startsWith('edit') && messageId === undefined && !('message_id' in payload || 'inline_message_id' in payload)
  );
}

function triedAt(at: number) {
  return ({ chatId, kind }: OutboxRow): Try => ({ chatId, kind, at });
}

function earliest(times: readonly (number | undefined)[]): number {
  return Math.min(...times.map((time) => time ?? NEVER));
}
