import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, Bot } from 'grammy';
import { createOutbox } from '../src/delivery/outbox.ts';
import { systemTimers } from '../src/delivery/timers.ts';
import { openEngine, rememberingEngine } from '../src/engine.ts';
import { type Log, openStore } from '../src/storage/store.ts';
import { createBot } from '../src/telegram/bot.ts';
import { createFetch } from '../src/telegram/http.ts';
import { createIntake, type Intake } from '../src/telegram/intake.ts';
import { createPolling } from '../src/telegram/polling.ts';
import { createSender } from '../src/telegram/sender.ts';
import { ME, TOKEN } from './bot-api.ts';
import type { Handled, MeasuredBot } from './updates.ts';

// The process of one bot that `bench updates` measures.

interface Task {
  readonly bot: MeasuredBot;
  readonly url: string;
  readonly updates: number;
  readonly knowledge: string;
}

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };

const [task] = (await once(process, 'message')) as [Task];
const handled = task.bot === 'echo' ? await echo(task) : await wence(task);
// It goes on polling until it is killed.
process.send?.(handled);

/** Counts, and stops the clock. */
function createMeter(updates: number) {
  const { promise, resolve } = Promise.withResolvers<Handled>();
  let left = updates;
  let startedAt = 0;
  let cpu = process.cpuUsage();
  return {
    done: promise,
    begin() {
      if (startedAt > 0) return;
      startedAt = performance.now();
      cpu = process.cpuUsage();
    },
    count(some: number) {
      left -= some;
      if (left > 0) return;
      const { user, system } = process.cpuUsage(cpu);
      resolve({ updates, seconds: (performance.now() - startedAt) / 1e3, cpuSeconds: (user + system) / 1e6 });
    },
  };
}

async function echo({ url, updates }: Task): Promise<Handled> {
  const meter = createMeter(updates);
  const bot = new Bot(TOKEN, { client: { apiRoot: url }, botInfo: ME });
  bot.on('message:text', async (ctx) => {
    meter.begin();
    await ctx.reply(ctx.message.text);
    meter.count(1);
  });
  void bot.start();
  return await meter.done;
}

async function wence({ url, updates, knowledge }: Task): Promise<Handled> {
  const meter = createMeter(updates);
  const folder = await mkdtemp(join(tmpdir(), 'wence-bench-'));
  const engine = rememberingEngine(await openEngine(knowledge));
  const now = Date.now;
  const store = await openStore({ url: `sqlite:${join(folder, 'wence.db')}`, now, log });
  const deps = {
    token: TOKEN,
    apiRoot: url,
    engine: () => engine,
    slogans: { today: async () => undefined, subscribersChanged: () => {} },
    store,
    now,
    log,
  };
  const bot = createBot({ ...deps, owners: [], timeZone: 'Asia/Shanghai', sloganTime: '08:30' });
  bot.bot.botInfo = ME;
  const client = { apiRoot: url, fetch: createFetch() };
  // The worker sends meanwhile, at the pace that Telegram allows.
  const outbox = createOutbox({
    store,
    send: createSender(new Api(TOKEN, client)),
    now,
    timers: systemTimers,
    log,
  });
  const intake = createIntake(bot, deps, outbox.notify);
  const measured: Intake = {
    ...intake,
    async take(batch) {
      if (batch.length > 0) meter.begin();
      const fresh = await intake.take(batch);
      meter.count(batch.length);
      return fresh;
    },
  };
  await outbox.start();
  void createPolling(new Api(TOKEN, client), measured, log).run();
  const handled = await meter.done;
  await rm(folder, { recursive: true });
  return handled;
}
