import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Update } from '@grammyjs/types';
import { listen } from '../listening.ts';
import type { Log } from '../storage/store.ts';
import { StoreError } from '../storage/store-error.ts';
import { createGathering, type Gathered } from './gathering.ts';
import { chatOf, type Intake } from './intake.ts';
import { mayAsk } from './look-ahead.ts';
import { numberOf } from './update-shape.ts';

/** Takes updates that Telegram posts. */
export interface Webhook {
  /** Listens; resolves with the port. */
  listen(host: string, port: number): Promise<number>;
  /** From now on answers 503, so that Telegram keeps its updates; resolves when what was taken is safe. */
  stop(): Promise<void>;
}

export interface WebhookOptions {
  /** Of WEBHOOK_URL. */
  readonly path: string;
  readonly secret: string;
  readonly limits?: WebhookLimits | undefined;
}

export interface WebhookLimits {
  /** Bytes of one update; Telegram's largest have some 100 kB. */
  readonly bodyBytes: number;
  /** Milliseconds in which the head of a request, and the whole of it, must be there. */
  readonly headMs: number;
  readonly requestMs: number;
  readonly connections: number;
  /** Updates that wait to be safe, at most: then Telegram is asked to come back. */
  readonly waiting: number;
  /** Seconds after which Telegram is asked to come back. */
  readonly retryAfter: { readonly busy: number; readonly away: number };
}

export const WEBHOOK_LIMITS: WebhookLimits = {
  bodyBytes: 1_048_576,
  headMs: 5_000,
  requestMs: 10_000,
  // Telegram opens a hundred at most; a proxy before us the same again.
  connections: 500,
  waiting: 1_000,
  retryAfter: { busy: 1, away: 3 },
};

/** What a request is refused with. */
class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, headers: Readonly<Record<string, string>> = {}) {
    super(String(status));
    this.status = status;
    this.headers = headers;
  }
}

export function createWebhook(intake: Pick<Intake, 'take'>, log: Log, options: WebhookOptions): Webhook {
  const { path, limits = WEBHOOK_LIMITS } = options;
  const gathering = createGathering(intake.take);
  const expected = digest(options.secret);
  let stopping = false;
  let refused = 0;
  let saidAt = Number.NEGATIVE_INFINITY;

  /** Strangers find every address; their requests fill no log. */
  function noteRefusal(status: number): void {
    refused++;
    const at = performance.now();
    if (at - saidAt < SAID_EVERY) return;
    log.warn({ status, refused }, 'webhook 收到不是 Telegram 发来的请求，已拒绝');
    saidAt = at;
    refused = 0;
  }

  async function take(request: IncomingMessage): Promise<void> {
    if (request.url !== path) throw new Refusal(404);
    if (request.method !== 'POST') throw new Refusal(405, { allow: 'POST' });
    const secret = request.headers['x-telegram-bot-api-secret-token'];
    if (typeof secret !== 'string' || !timingSafeEqual(digest(secret), expected)) throw new Refusal(401);
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Refusal(415);
    if (stopping || gathering.size() >= limits.waiting) throw busy(limits.retryAfter.busy);
    const update = parse(await bodyOf(request, limits.bodyBytes));
    if (numberOf(update) === undefined) throw new Refusal(400);
    try {
      await gathering.add({ update, ...lookOf(update as Update) });
    } catch (cause) {
      const away = cause instanceof StoreError;
      log.warn({ err: cause }, away ? '写不进数据库：请 Telegram 稍后再送，没有丢失' : '没能收下一条更新，稍后再试');
      throw busy(limits.retryAfter.away);
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await take(request);
      response.writeHead(200).end();
    } catch (cause) {
      const { status, headers } = cause instanceof Refusal ? cause : new Refusal(400);
      if (status < 500) noteRefusal(status);
      if (response.destroyed) return;
      // What is left of a body is not read: the connection is of no further use.
      const close = request.complete ? {} : { connection: 'close' };
      response.writeHead(status, { ...headers, ...close }).end();
      if (!request.complete) request.destroy();
    }
  }

  const server = createServer(
    {
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(limits.headMs, 1_000),
      keepAliveTimeout: KEPT_MS,
    },
    (request, response) => {
      // A connection that breaks is its own answer.
      request.on('error', () => {});
      response.on('error', () => {});
      void handle(request, response);
    },
  );
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 100;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
    else socket.destroy();
  });

  return {
    listen: (host, port) => listen(server, host, port),
    async stop() {
      stopping = true;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
}

/** In milliseconds: longer than a proxy keeps its connections, so that it is the one who ends them. */
const KEPT_MS = 75_000;
const SAID_EVERY = 60_000;

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function busy(seconds: number): Refusal {
  return new Refusal(503, { 'retry-after': String(seconds) });
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Refusal(413);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new Refusal(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400);
  }
}

/** Where it belongs and what it needs, as far as can be told: nothing in what came is relied on. */
function lookOf(update: Update): Omit<Gathered, 'update'> {
  try {
    const place: unknown = chatOf(update) ?? update.inline_query?.from.id;
    return { place: typeof place === 'number' ? place : undefined, asks: mayAsk(update) };
  } catch {
    return { place: undefined, asks: false };
  }
}
