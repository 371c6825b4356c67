import type { Answer } from '../answering/answer.ts';
import type { Asked } from '../answering/asked.ts';
import type { Offer } from '../answering/offer.ts';
import { completed } from '../answering/parts.ts';
import type { Timers } from '../delivery/timers.ts';
import type { Engine } from '../engine.ts';
import type { Breaker } from '../model/breaker.ts';
import type { ChatModel } from '../model/chat.ts';
import type { Fault } from '../model/endpoint.ts';
import { believed } from '../pointing/belief.ts';
import { masked } from '../pointing/mask.ts';
import { rememberedText } from '../pointing/memory.ts';
import { promptOf } from '../pointing/prompt.ts';
import type { Reading } from '../reading/reading.ts';
import type { Pointing, PointingReply, Remembered } from '../storage/pointings.ts';
import type { Log, Store } from '../storage/store.ts';
import { memoryKey } from './desk.ts';
import type { PassageVectors } from './vectors.ts';

/** Asks a model about what stands in the store's pointings, and ends each with what it points at. */
export interface AskingWorker {
  /** Takes back what a crash left half done, and begins. */
  start(): Promise<void>;
  /** Something was put there: to be called after each commit. Cheap, and never throws. */
  notify(): void;
  /** Gives up what is under way: each question gets the reply that it gets without a model. */
  stop(): Promise<void>;
}

export interface AskingLimits {
  /** Calls at the same time. */
  readonly concurrency: number;
  /** In milliseconds, of one call. */
  readonly timeoutMs: number;
  /** In milliseconds since a question came in: one that has waited for longer is answered without a model. */
  readonly patienceMs: number;
  /** After so long, in milliseconds, a claim is taken for one of a process that is gone. */
  readonly heldMs: number;
  /** In milliseconds: how long a database that refuses is left alone. */
  readonly storeRetryMs: number;
}

export const ASKING_LIMITS: AskingLimits = {
  concurrency: 4,
  timeoutMs: 8_000,
  patienceMs: 6_000,
  heldMs: 30_000,
  storeRetryMs: 1_000,
};

/** What is to be found out for a question. */
export interface Task {
  readonly question: string;
  readonly asked: Asked;
}

export interface AskingDeps {
  /** What the rows are made by, and what becomes of them. */
  readonly desk: {
    /** What a row's job asks; undefined for one of a version that nobody knows. */
    taskOf(job: unknown): Task | undefined;
    replyOf(job: unknown, answer: Answer): Promise<PointingReply>;
  };
  readonly engine: () => Engine;
  /** Undefined: there is nobody to ask, and what waits is ended. */
  readonly model: { readonly name: string; readonly chat: ChatModel; readonly breaker: Breaker } | undefined;
  /** Finds passages by what they mean; undefined: by their words alone. */
  readonly vectors?: Pick<PassageVectors, 'nearest'> | undefined;
  readonly store: Pick<Store, 'pointings'>;
  readonly now: () => number;
  readonly timers: Timers;
  readonly log: Log;
  /** Something was put into the outbox. */
  readonly onEnded: () => void;
  /** The model is not asked any more, or again. */
  readonly onTrouble: (trouble: Fault | 'over') => void;
  readonly limits?: AskingLimits | undefined;
  /** Whether other processes work on the same database. */
  readonly shared?: boolean | undefined;
}

export function createAskingWorker(deps: AskingDeps): AskingWorker {
  const { desk, engine, model, vectors, store, now, timers, log, onEnded, onTrouble, shared = false } = deps;
  const { concurrency, timeoutMs, patienceMs, heldMs, storeRetryMs } = deps.limits ?? ASKING_LIMITS;
  const giveUp = new AbortController();
  const running = new Set<Promise<void>>();
  let state: 'idle' | 'working' | 'stopped' = 'idle';
  let claiming = false;
  let wanted = false;
  let cancelWake = () => {};

  function wake(): void {
    if (state !== 'working') return;
    wanted = true;
    if (!claiming) void claim();
  }

  /** Never rejects. */
  async function claim(): Promise<void> {
    claiming = true;
    cancelWake();
    let sleepMs = heldMs;
    while (wanted && state === 'working') {
      wanted = false;
      const room = concurrency - running.size;
      if (room <= 0) break;
      try {
        const rows = await store.pointings.claim(room, heldMs);
        for (const row of rows) launch(row);
        wanted ||= rows.length === room;
      } catch (err) {
        log.warn({ err }, '读不到等着问模型的问题，稍后再试');
        sleepMs = storeRetryMs;
      }
    }
    claiming = false;
    if (state === 'working') cancelWake = timers.after(sleepMs, wake);
  }

  function launch(row: Pointing): void {
    const run = work(row).catch((err: unknown) => log.error({ err }, '问模型时出错，按不用模型回答'));
    running.add(run);
    void run.finally(() => {
      running.delete(run);
      wake();
    });
  }

  async function work(row: Pointing): Promise<void> {
    let found: Found | undefined;
    try {
      found = await ask(row);
    } finally {
      await end(row, found);
    }
  }

  /** Undefined: what is replied without a model stands. */
  async function ask({ job, createdAt }: Pointing): Promise<Found | undefined> {
    const task = job === undefined ? undefined : desk.taskOf(job);
    const at = now();
    if (!task || !model || giveUp.signal.aborted || at - createdAt > patienceMs) return undefined;
    const { question, asked } = task;
    const { answerer, readings } = engine();
    const { answer, pointing } = answerer;
    const without = answer(question, asked);
    const plain = pointing.offer(question, asked, without);
    if (plain.passages.length === 0 || !model.breaker.admits(at)) return undefined;
    const near = await nearest(plain, readings, asked.within);
    const offer = near.length > 0 ? pointing.offer(question, asked, without, near) : plain;
    const prompt = promptOf(offer);
    const left = Math.max(1, timeoutMs - (now() - at));
    const called = await model.chat.ask(prompt, { timeoutMs: left, signal: giveUp.signal });
    // What we gave up says nothing of the other side.
    if (giveUp.signal.aborted && !called.ok) return undefined;
    const changed = model.breaker.note(called, now());
    if (changed === 'opened' && !called.ok) trouble(called.fault, called.status);
    if (changed === 'closed') trouble('over');
    const pointed = called.ok ? believed(called.value, offer) : undefined;
    if (!called.ok || !pointed) {
      const why = called.ok ? 'disbelieved' : called.fault;
      log.info({ why, ms: now() - at }, '模型没有指出答案，按不用模型回答');
      return undefined;
    }
    return {
      reply: await desk.replyOf(job, pointing.answer(offer, pointed, without)),
      remember: { key: memoryKey(model.name, plain, prompt), reply: rememberedText(offer, pointed) },
    };
  }

  /** By vectors, where there are any: of the question as it goes out, and of the one before where it leans on that. */
  async function nearest({ question, before }: Offer, readings: readonly Reading[], within: string | undefined) {
    if (!vectors) return [];
    const asked = masked(before === undefined ? question : completed(before, question));
    return vectors.nearest(asked, readings, { within, timeoutMs: Math.round(timeoutMs * VECTORS_SHARE) });
  }

  /** The row has to end, whatever the database says at first; what is left when we stop is ended by the next start. */
  async function end({ id }: Pointing, found: Found | undefined): Promise<void> {
    for (;;) {
      try {
        await store.pointings.end(id, found?.reply, found?.remember);
        onEnded();
        return;
      } catch (err) {
        log.warn({ err }, '写不下问模型的结果，稍后再试');
        if (state === 'stopped') return;
        await new Promise<void>((resolve) => timers.after(storeRetryMs, resolve));
      }
    }
  }

  function trouble(what: Fault | 'over', status?: number): void {
    if (what === 'over') log.info({}, '模型又能用了');
    else log.warn({ fault: what, status }, '模型用不了，暂时不问；回答照常，只是不用模型');
    onTrouble(what);
  }

  return {
    async start() {
      if (state !== 'idle') return;
      if (!model && !shared) {
        if ((await store.pointings.endAll()) > 0) onEnded();
        state = 'stopped';
        return;
      }
      if (!shared) await store.pointings.recover();
      state = 'working';
      wake();
    },
    notify: wake,
    async stop() {
      const wasWorking = state === 'working';
      state = 'stopped';
      cancelWake();
      giveUp.abort();
      await Promise.all(running);
      if (!wasWorking || shared) return;
      try {
        if ((await store.pointings.endAll()) > 0) onEnded();
      } catch (err) {
        log.warn({ err }, '有些问题还没有回答，下次启动再答');
      }
    },
  };
}

/** Of the time for a question, so much at most goes by with its vector. */
const VECTORS_SHARE = 0.25;

interface Found {
  readonly reply: PointingReply;
  readonly remember: Remembered;
}
