import { setTimeout as sleep } from 'node:timers/promises';
import type { UserFromGetMe } from '@grammyjs/types';
import { Api, GrammyError } from 'grammy';
import { createDesk } from './asking/desk.ts';
import { createPassageVectors } from './asking/vectors.ts';
import { type AskingLimits, createAskingWorker } from './asking/worker.ts';
import { createBroadcaster } from './broadcast/broadcast.ts';
import { createCampaignBook } from './broadcast/campaign-book.ts';
import { drawChartInWorker, drawInWorker } from './broadcast/poster/thread.ts';
import { createPosters } from './broadcast/posters.ts';
import type { Config } from './config.ts';
import { createBudget } from './delivery/budget.ts';
import { DELIVERY_LIMITS, type DeliveryLimits } from './delivery/limits.ts';
import { createOutbox } from './delivery/outbox.ts';
import { createPace } from './delivery/pace.ts';
import { systemTimers, type Timers } from './delivery/timers.ts';
import { HOUR } from './durations.ts';
import { type LoadedEngine, rememberingEngine, withoutDocuments } from './engine.ts';
import { followOthers, takeOver } from './keeper/following.ts';
import { ALONE, createSharing } from './keeper/sharing.ts';
import { openLive, type Reloaded } from './live/live-knowledge.ts';
import { describeProblem } from './messages/problems.ts';
import { OWNERS } from './messages/wording.ts';
import { createBreaker } from './model/breaker.ts';
import { createChatModel } from './model/chat.ts';
import { createEmbedder } from './model/embeddings.ts';
import { observing } from './monitor/observing.ts';
import { persist } from './patience.ts';
import type { Lease } from './storage/lease.ts';
import { type Log, openStore, type Store, type StoreOptions } from './storage/store.ts';
import { StoreError } from './storage/store-error.ts';
import { jobDesk } from './telegram/asking.ts';
import { createBot, type WenceBot } from './telegram/bot.ts';
import { createChoosing } from './telegram/choices.ts';
import { createDigest } from './telegram/digest.ts';
import { AnswerError, createFetch, type HttpLimits } from './telegram/http.ts';
import { createIntake } from './telegram/intake.ts';
import { createKeeping } from './telegram/keeping-at-work.ts';
import { createOwnerNotices, type OwnerNotices } from './telegram/owners.ts';
import { createPolling, POLL_SECONDS, type PollingLimits } from './telegram/polling.ts';
import { register } from './telegram/registration.ts';
import { createSender } from './telegram/sender.ts';
import { createWebhookSource } from './telegram/webhook-source.ts';

/** A bot at work. */
export interface App {
  readonly username: string;
  /** Settles when the bot has stopped; rejects with a TokenError when it cannot go on. */
  readonly ended: Promise<void>;
  /** What could be asked of what is loaded. */
  examples(): LoadedEngine['answerer']['examples'];
  /** Looks at once for what is due: after the clock was moved. */
  check(): Promise<void>;
  /**
   * Stops taking updates, sends what can be sent, closes the database: all within the deadline, whatever hangs. What is
   * in the air by then counts as a send of which nobody knows whether it arrived.
   */
  stop(deadlineMs: number): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly token: string;
  readonly apiRoot: string;
  readonly log: Log;
  readonly now?: () => number;
  readonly timers?: Timers;
  /** How fast may be sent; Telegram's own limits unless a test says otherwise. */
  readonly limits?: DeliveryLimits;
  /** How long a model is waited for. */
  readonly asking?: AskingLimits | undefined;
  /** Makes a knowledge folder ready to answer; a test may share one among bots. */
  readonly open?: (folder: string) => Promise<LoadedEngine>;
  readonly polling?: PollingLimits;
  readonly http?: HttpLimits;
  /** Milliseconds to wait for the rest of a text that an owner pastes. */
  readonly gatherMs?: number;
  /** Gives up starting, with its reason: before the bot is up there is nothing to stop. */
  readonly signal?: AbortSignal;
}

/** Telegram does not accept the token. */
export class TokenError extends Error {
  readonly code = 'token';
}

/** In seconds: longer than any call takes that will still succeed, shorter than anybody waits. */
const CALL_SECONDS = 20;
/** In seconds: what an answer to a poll may be late. Nothing is heard of a connection that is dead until then. */
const POLL_MARGIN_SECONDS = 10;
const PRUNE_MS = HOUR;

/** Loads the knowledge, opens the database, connects to Telegram and begins to answer. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, token, apiRoot, log, now = Date.now, timers = systemTimers, limits, signal } = options;
  let noticed = (_: Reloaded) => {};
  const live = await openLive({
    folder: config.knowledgeDir,
    open: options.open,
    told: (reloaded) => noticed(reloaded),
    failed: (err) => log.warn({ err }, '一时看不到资料文件夹的改动，稍后再看'),
  });
  const life = new AbortController();
  const fetch = createFetch(life.signal, options.http);
  const store = await openStoreOnceThere({ url: config.databaseUrl, now, log }, timers, signal).catch(
    async (cause: unknown) => {
      await live.stop();
      throw cause;
    },
  );
  let lease: Lease | undefined;
  try {
    const held = await store.lease(signal);
    lease = held;
    const sharing = store.documents
      ? createSharing({
          knowledge: config.knowledgeDir,
          documents: store.documents,
          ring: () => store.bell?.ring(),
          damaged: (document) => log.warn({ document }, '数据库里的一份资料不成样子，没有用它'),
        })
      : ALONE;
    await whileAway(() => takeOver(sharing, live, log), log, timers, signal);
    const observed = observing(config.monitor && (await import('./monitor/metrics.ts')).createMetrics(now), now);
    const { pace: rates } = limits ?? DELIVERY_LIMITS;
    const pace = createPace(rates);
    const book = createCampaignBook(store.campaigns, () => live.engine().library);
    const posters = createPosters(book, drawInWorker, log);
    const api = new Api(token, { apiRoot, fetch, timeoutSeconds: CALL_SECONDS });
    const outbox = createOutbox({
      store,
      send: observed.send(posters.sending(createSender(api))),
      onSettled: observed.settled,
      now,
      timers,
      log,
      limits,
      pace,
      onOutage: (outage) => owners.outage(outage),
    });
    const notify = () => {
      outbox.notify();
      store.bell?.ring();
    };
    store.bell?.onRing(outbox.rung);
    const broadcaster = createBroadcaster({
      store,
      book,
      posters,
      outbox: { notify },
      now,
      timers,
      log,
      owners: config.ownerIds,
      timeZone: config.timeZone,
    });
    const budget = createBudget({ pace, now, timers, log, isOpen: () => outbox.trouble() !== 'too-many' });
    const model = config.model && { ...config.model, chat: createChatModel(config.model), breaker: createBreaker() };
    const vectors =
      model && config.embeddings
        ? createPassageVectors({
            embedder: createEmbedder(config.embeddings),
            model: config.embeddings.model,
            folder: config.knowledgeDir,
            timers,
            log,
          })
        : undefined;
    const desk = model && createDesk({ model, breaker: model.breaker, store, now });
    const deps = {
      token,
      apiRoot,
      fetch,
      engine: () => observed.engine(live.engine()),
      choose: createChoosing(live.engine, async (...args) =>
        observed.engine(rememberingEngine(await withoutDocuments(...args))),
      ),
      store,
      slogans: broadcaster,
      now,
      log,
      budget,
      owners: config.ownerIds,
      timeZone: config.timeZone,
      drawChart: drawChartInWorker,
      sloganTime: config.sloganTime,
      desk,
    };
    const keeping = createKeeping({
      ...deps,
      api,
      knowledge: config.knowledgeDir,
      sharing,
      notify,
      life: life.signal,
      gatherMs: options.gatherMs,
      async reload(wish) {
        const reloaded = await live.reload(wish);
        if (reloaded.outcome === 'withheld')
          return { outcome: 'withheld', questions: reloaded.regressions.map(({ labelled }) => labelled.question) };
        return { outcome: reloaded.outcome };
      },
    });
    const wence = createBot({ ...deps, keeping });
    const owners = createOwnerNotices({ ...deps, notify });
    const digest = createDigest({ ...deps, notify });
    const me = await introduce(wence.bot, log, timers, signal);
    const asking = createAskingWorker({
      desk: jobDesk(store, deps.engine),
      engine: deps.engine,
      model: model && { name: model.model, chat: model.chat, breaker: model.breaker },
      vectors,
      store,
      now,
      timers,
      log,
      onEnded: notify,
      onTrouble: owners.model,
      limits: options.asking,
      shared: store.bell !== undefined,
    });
    const intake = observed.intake(
      createIntake(wence, deps, () => {
        notify();
        asking.notify();
      }),
    );
    // A client of its own: the one that sends gives up long before a poll is over.
    const pollingApi = new Api(token, { apiRoot, fetch, timeoutSeconds: POLL_SECONDS + POLL_MARGIN_SECONDS });
    const source = config.webhook
      ? createWebhookSource({ ...config, webhook: config.webhook, api, intake, store, log, timers })
      : createPolling(pollingApi, intake, log, options.polling);
    await whileAway(() => outbox.start(), log, timers, signal);
    await whileAway(() => asking.start(), log, timers, signal);
    vectors?.follow(live.engine().readings);
    await broadcaster.start();
    keeping.keeper.wake();
    void digest.check();
    const tidy = async () => {
      await store.prune().catch((err: unknown) => log.warn({ err }, '清理旧记录没有成功，稍后再试'));
      await digest.check();
    };
    const pruning = setInterval(tidy, PRUNE_MS);
    const reachTelegram = () => api.getMe(life.signal as Parameters<typeof api.getMe>[0]);
    const monitor = observed.monitor({ store, engine: live.engine, outbox, reachTelegram, log });
    if (config.monitor) await monitor?.listen(config.monitor.host, config.monitor.port);
    const registering = new AbortController();
    let registered = register(api, live.engine().library, config.ownerIds, log, registering.signal);
    let commands = commandsOf(live.engine());
    noticed = (reloaded) => {
      if (reloaded.outcome === 'live') vectors?.follow(live.engine().readings);
      noteEdit(reloaded, log, owners);
      const now = commandsOf(live.engine());
      if (now === commands) return;
      commands = now;
      registered = registered.then(() =>
        register(api, live.engine().library, config.ownerIds, log, registering.signal),
      );
    };
    const { wake: looked } = keeping.keeper;
    const following = store.documents && followOthers({ sharing, live, looked, log, after: timers.after });
    if (following) store.bell?.onRing(following.rung);
    const polled = source.run().catch((cause: unknown) => {
      throw tokenErrorOf(cause) ?? cause;
    });
    // Whoever took the database over sends what is left in it.
    held.lost.catch(() => {
      life.abort();
      void outbox.drain(0);
    });
    const ended = Promise.race([polled, held.lost]);
    log.info({ username: me, documents: live.engine().library.documents.length }, '机器人已启动');
    let stopped: Promise<void> | undefined;
    async function stop(deadlineMs: number): Promise<void> {
      const deadline = performance.now() + deadlineMs * LAST_STEPS;
      const left = () => Math.max(LEAST_MS, deadline - performance.now());
      clearInterval(pruning);
      source.stop();
      registering.abort();
      void live.stop();
      // Early enough that the ends of what is given up can still be written.
      const end = setTimeout(() => life.abort(), deadlineMs * LAST_CALLS);
      await inTurn([
        () =>
          within(
            left(),
            polled.catch(() => {}),
          ),
        () => within(left(), broadcaster.stop()),
        () => within(left(), Promise.all([asking.stop(), vectors?.stop()])),
        () => within(left(), Promise.all([keeping.keeper.stop(), following?.stop()])),
        () => {
          const sent = outbox.drain(left() * LAST_CALLS);
          return within(left(), Promise.all([sent, source.confirm(), intake.settle(), registered]));
        },
        () => within(left(), Promise.all([held.release(), monitor?.close()])),
        // A database that is away doesn't even close.
        () => within(left(), store.close()),
      ]);
      clearTimeout(end);
      log.info({}, '机器人已停止');
    }

    return {
      username: me,
      ended,
      examples: () => live.engine().answerer.examples,
      async check() {
        await broadcaster.check();
        await tidy();
        outbox.notify();
      },
      stop: (deadlineMs) => (stopped ??= stop(deadlineMs)),
    };
  } catch (cause) {
    await live.stop();
    await lease?.release();
    await store.close();
    throw cause;
  }
}

/** The share of the time for stopping after which calls in the air are given up. */
const LAST_CALLS = 0.85;
/** The share after which nothing is waited for, but for a moment each. */
const LAST_STEPS = 0.95;
/** In milliseconds: what each step gets in any case, to write what it knows. */
const LEAST_MS = 250;

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([work, sleep(ms, undefined, { signal: late.signal })]).finally(() => late.abort());
}

/** What Telegram shows of the documents: only when it changes is Telegram told again. */
function commandsOf({ library }: LoadedEngine): string {
  return JSON.stringify(library.documents.map(({ command }) => command));
}

/** Says in the log what an edit of the documents came to, and to the owners when it did not go live, or does again. */
function noteEdit(reloaded: Reloaded, log: Log, owners: OwnerNotices): void {
  if (reloaded.outcome === 'broken') {
    const problems = reloaded.problems.map(describeProblem);
    log.warn({ problems }, '资料的改动有错误，没有生效，还照改动前的回答');
    owners.edit(OWNERS.brokenEdit(problems));
  } else if (reloaded.outcome === 'withheld') {
    const questions = reloaded.regressions.map(({ labelled }) => labelled.question);
    log.warn({ questions }, '资料的改动会让这些问题答错，先没有生效；npm run -s check -- --force 照样生效');
    owners.edit(OWNERS.withheldEdit(questions));
  } else {
    if (reloaded.outcome === 'unchanged') log.info({}, '资料改回了原样');
    else log.info({ documents: reloaded.documents, ms: Math.round(reloaded.ms) }, '资料的改动已生效');
    if (reloaded.mended) owners.edit(OWNERS.mendedEdit);
  }
}

/** Takes every step, also when an earlier one fails (the database may refuse); then throws what went wrong first. */
async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const step of steps) await step().catch((cause: unknown) => faults.push(cause));
  if (faults.length > 0) throw faults[0];
}

/** Asks Telegram who we are, for as long as it takes to reach it. */
async function introduce(bot: WenceBot['bot'], log: Log, timers: Timers, signal?: AbortSignal): Promise<string> {
  let refusals = 0;
  const note = (err: unknown) => {
    const refused = tokenErrorOf(err);
    // One refusal may be Telegram's own mistake.
    if (refused && ++refusals > 1) throw refused;
    if (!refused) log.warn({ err }, '连不上 Telegram，稍后再试');
  };
  const ask = async () => meOf(await bot.api.getMe(signal as Parameters<typeof bot.api.getMe>[0]));
  bot.botInfo = await persist(ask, note, timers, signal);
  return bot.botInfo.username;
}

/** Opens the database; one on the network may come up later than we do. */
function openStoreOnceThere(options: StoreOptions, timers: Timers, signal?: AbortSignal): Promise<Store> {
  return whileAway(() => openStore(options), options.log, timers, signal);
}

/** Does something that needs the database once it is there. */
function whileAway<T>(work: () => Promise<T>, log: Log, timers: Timers, signal?: AbortSignal): Promise<T> {
  const note = (cause: unknown) => {
    if (!(cause instanceof StoreError) || cause.code !== 'away') throw cause;
    log.warn({ err: cause }, cause.message);
  };
  return persist(work, note, timers, signal);
}

function meOf(me: UserFromGetMe): UserFromGetMe {
  if (!Number.isSafeInteger(me?.id) || typeof me.username !== 'string') throw new AnswerError('nobody');
  return me;
}

/** What Telegram answers to a token that it doesn't know: 401, or 404 when it doesn't even look like one. */
function tokenErrorOf(cause: unknown): TokenError | undefined {
  if (!(cause instanceof GrammyError) || (cause.error_code !== 401 && cause.error_code !== 404)) return undefined;
  return new TokenError(cause.description, { cause });
}
