import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { OutboxWorker } from '../delivery/outbox.ts';
import type { Engine } from '../engine.ts';
import { listen } from '../listening.ts';
import type { Log, Store } from '../storage/store.ts';
import type { Metrics, State } from './metrics.ts';

/** Says over HTTP whether the bot lives (/healthz), whether it can work (/readyz), and how it does (/metrics). */
export interface Monitor {
  /** Listens; resolves with the port. */
  listen(host: string, port: number): Promise<number>;
  close(): Promise<void>;
}

export interface MonitorDeps {
  readonly metrics: Metrics;
  readonly store: Store;
  readonly engine: () => Engine;
  readonly outbox: Pick<OutboxWorker, 'trouble'>;
  /** Rejects when Telegram can't be reached, or doesn't know us. */
  readonly reachTelegram: () => Promise<unknown>;
  readonly now: () => number;
  readonly log: Log;
}

/** Milliseconds in which each of what has to be ready must say so. */
const ANSWER_MS = 3_000;
/** Milliseconds for which an answer of Telegram's, and a campaign's figures, which take a while to count, hold. */
const HOLDS_MS = 30_000;

export function createMonitor(deps: MonitorDeps): Monitor {
  const { metrics, store, engine, outbox, now, log } = deps;
  const reach = held(deps.reachTelegram);
  const campaign = held(async () => {
    const [latest] = await store.campaigns.latest('slogan', 1);
    return latest && (await store.campaigns.summary(latest.id)).states;
  });
  let version: { readonly of: Engine['library']; readonly hash: string } | undefined;

  function versionOf({ library }: Engine): string {
    if (version?.of !== library) {
      const hash = createHash('sha256').update(JSON.stringify(library.documents)).digest('hex').slice(0, 12);
      version = { of: library, hash };
    }
    return version.hash;
  }

  async function state(): Promise<State> {
    const [depth, oldest] = [await store.outbox.depth(), await store.outbox.oldest()];
    const current = engine();
    return {
      depth,
      oldestSeconds: oldest === undefined ? 0 : Math.max(0, now() - oldest) / 1_000,
      campaign: await campaign(),
      documents: current.library.documents.length,
      knowledgeVersion: versionOf(current),
      trouble: outbox.trouble(),
    };
  }

  async function readiness(): Promise<Readonly<Record<string, boolean>>> {
    const trouble = outbox.trouble();
    const sends = trouble !== 'unreached' && trouble !== 'unauthorized';
    const [database, telegram] = await Promise.all([holds(store.outbox.oldest()), sends && holds(reach())]);
    return { database, knowledge: engine().library.documents.length > 0, telegram };
  }

  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/healthz': async (response) => send(response, 200, 'text/plain', 'ok\n'),
    '/readyz': async (response) => {
      const ready = await readiness();
      send(response, Object.values(ready).every(Boolean) ? 200 : 503, 'application/json', `${JSON.stringify(ready)}\n`);
    },
    '/metrics': async (response) => {
      // What a database that is away would say is left out; the rest is worth knowing then.
      await state().then(metrics.snapshot, (err: unknown) => log.warn({ err }, '运行数据里有几项没有查到'));
      send(response, 200, metrics.contentType, await metrics.text());
    },
  };

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    request.resume();
    response.on('error', () => {});
    const route = routes[request.url ?? ''];
    if (!route) return send(response, 404, 'text/plain', '');
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', '');
    route(response).catch((err: unknown) => {
      log.warn({ err }, '运行数据没有给出');
      if (!response.headersSent) send(response, 500, 'text/plain', '');
    });
  });
  server.maxConnections = 100;

  return {
    listen: (host, port) => listen(server, host, port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

async function holds(work: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, ANSWER_MS, false).unref());
  return await Promise.race([work.then(() => true).catch(() => false), late]);
}

/** Asks at most once in a while; a fault is asked about again. */
function held<T>(ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const at = performance.now();
    if (!last || at - last.at >= HOLDS_MS) {
      const answer = ask();
      last = { at, answer };
      answer.catch(() => {
        last = undefined;
      });
    }
    return last.answer;
  };
}
