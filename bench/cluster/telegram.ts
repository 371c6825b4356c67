import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { ME } from '../bot-api.ts';

/**
 * Telegram as far as a cluster needs it: it posts updates to the webhook, one at a time of each chat, again until it is
 * answered 2xx; and it takes what is sent. The emulated Bot API checks every call and remembers every message,
 * which is too much for a hundred thousand.
 */
export interface Telegram {
  readonly url: string;
  /** Queues an update of a chat. */
  push(chatId: number, update: Update): void;
  /** Updates that have not been answered 2xx. */
  pending(): number;
  /** Posts that had to be made again. */
  repeatedPosts(): number;
  /** What was sent to a chat, in order. */
  sentTo(chatId: number): readonly Sent[];
  /** When each message came, in milliseconds, in order. */
  readonly arrivals: readonly number[];
  /** Called with each message. */
  onMessage(listener: (chatId: number) => void): void;
  close(): Promise<void>;
}

export interface Sent {
  /** The message that it replies to. */
  readonly replyTo: number | undefined;
  readonly at: number;
}

interface Webhook {
  readonly url: string;
  readonly secret: string;
  readonly connections: number;
}

/** After WebhookActor: at once, then after 2, 4, 8 … s; here no longer than that. */
const AGAIN_MS = [0, 2_000, 4_000, 8_000];
const TIMEOUT_MS = 60_000;

/**
 * `latencyMs`: how long a call takes, during which a send is in the air; `againMs`: how long an update that was not taken
 * rests, after the first failure, the second, and so on.
 */
export async function startTelegram(latencyMs: number, againMs: readonly number[] = AGAIN_MS): Promise<Telegram> {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const queues = new Map<number, Update[]>();
  /** Chats that have something to post and nothing in the air. */
  const ready = new Set<number>();
  const sent = new Map<number, Sent[]>();
  const arrivals: number[] = [];
  let listener = (_: number) => {};
  let webhook: Webhook | undefined;
  let inAir = 0;
  let pending = 0;
  let repeated = 0;
  let messageId = 1_000_000_000;
  let closed = false;

  function pump(): void {
    if (!webhook || closed) return;
    for (const chatId of ready) {
      if (inAir >= webhook.connections) return;
      ready.delete(chatId);
      post(webhook, chatId, 0);
    }
  }

  function post(to: Webhook, chatId: number, failures: number): void {
    const [update] = queues.get(chatId) ?? [];
    if (!update || closed) return;
    inAir++;
    const ended = (retryAfter: number | undefined, ok: boolean) => {
      inAir--;
      if (ok) {
        pending--;
        const queue = queues.get(chatId) ?? [];
        queue.shift();
        if (queue.length > 0) ready.add(chatId);
        else queues.delete(chatId);
      } else {
        repeated++;
        const ms =
          retryAfter === undefined ? (againMs[Math.min(failures, againMs.length - 1)] ?? 0) : retryAfter * 1_000;
        setTimeout(() => post(webhook ?? to, chatId, failures + 1), ms);
      }
      pump();
    };
    const body = Buffer.from(JSON.stringify(update));
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-telegram-bot-api-secret-token': to.secret,
    };
    let over = false;
    const once = (retryAfter: number | undefined, ok: boolean) => {
      if (!over) ended(retryAfter, ok);
      over = true;
    };
    const outgoing = request(to.url, { method: 'POST', agent, headers, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      const { statusCode = 0, headers: received } = response;
      response.on('end', () =>
        once(Number(received['retry-after']) || undefined, statusCode >= 200 && statusCode < 300),
      );
      response.on('error', () => once(undefined, false));
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => once(undefined, false));
    outgoing.end(body);
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = (incoming.url ?? '').split('/').at(-1) ?? '';
    const params = JSON.parse((await bodyOf(incoming)) || '{}');
    const result = resultOf(method, params);
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, result }));
  }

  function resultOf(method: string, params: Record<string, unknown>): unknown {
    if (method === 'getMe') return ME;
    if (method === 'getWebhookInfo') return { url: webhook?.url ?? '', pending_update_count: pending };
    if (method === 'setWebhook') {
      webhook = {
        url: String(params.url),
        secret: String(params.secret_token),
        connections: Number(params.max_connections ?? 40),
      };
      setImmediate(pump);
      return true;
    }
    if (!method.startsWith('send')) return true;
    const chatId = Number(params.chat_id);
    const at = performance.now();
    arrivals.push(at);
    const reply = params.reply_parameters as { message_id?: number } | undefined;
    const list = sent.get(chatId) ?? [];
    list.push({ replyTo: reply?.message_id, at });
    sent.set(chatId, list);
    listener(chatId);
    return { message_id: ++messageId, date: 1_767_225_600, chat: { id: chatId, type: 'private' }, text: '' };
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    push(chatId, update) {
      pending++;
      const queue = queues.get(chatId);
      if (queue) {
        queue.push(update);
        return;
      }
      queues.set(chatId, [update]);
      ready.add(chatId);
      if (ready.size === 1) setImmediate(pump);
    },
    pending: () => pending,
    repeatedPosts: () => repeated,
    sentTo: (chatId) => sent.get(chatId) ?? [],
    arrivals,
    onMessage(next) {
      listener = next;
    },
    close: () =>
      new Promise((resolve) => {
        closed = true;
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
