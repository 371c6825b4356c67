import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from 'telegram-emulator';
import { actSchema, fileSchema } from './act-schema.ts';
import { createActor } from './acts.ts';
import { readAsset } from './assets.ts';
import { isLoopback, isTrusted } from './origin.ts';
import { cannotListen, PlaygroundError } from './playground-error.ts';
import type { ActReply } from './protocol.ts';
import { readFileBody, readJsonBody } from './request-body.ts';
import type { Scenario } from './scenario.ts';
import { createStage } from './stage.ts';
import { createStream } from './stream.ts';

export interface PlaygroundOptions {
  readonly emulator: Emulator;
  readonly scenario: Scenario;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Whether others than this machine may be let in, where `host` is an address that they reach. */
  readonly open?: boolean;
  /** Milliseconds; the clock that the emulator was given too. */
  readonly now: () => number;
  /** Moves that clock forward by milliseconds; without it the page shows no buttons for it. */
  readonly advanceClock?: (ms: number) => void;
  /** Times are shown in it, and morning is meant in it. */
  readonly timeZone?: string;
  /** The bytes of a photo; without it, or when undefined, the page draws a placeholder. */
  readonly readPhoto?: (fileId: string) => Photo | undefined;
}

export interface Photo {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Playground {
  /** Rejects with a PlaygroundError when the port can't be had, or when others would reach it and `open` isn't set. */
  listen(): Promise<{ readonly url: string }>;
  close(): Promise<void>;
}

/** A page that looks like a Telegram group, in which the bot that is connected to the emulator answers. */
export function createPlayground(options: PlaygroundOptions): Playground {
  const { emulator, scenario, port, host = '127.0.0.1', open = false, now, timeZone = 'Asia/Shanghai' } = options;
  const stream = createStream(now().toString(36));
  const stage = createStage({
    emulator,
    scenario,
    now,
    timeZone,
    advanceClock: options.advanceClock,
    publish: stream.publish,
  });
  const perform = createActor(emulator, stage);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of HEADERS) response.setHeader(name, value);
    if (!isTrusted(request, open))
      return refuse(response, 403, 'forbidden', 'only this page, opened on this machine, is served');
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/act') {
      if (request.method !== 'POST') return refuse(response, 405, 'method', 'POST an act here');
      return act(request, response);
    }
    if (path === '/file' && request.method === 'POST') return file(request, response);
    if (request.method !== 'GET') return refuse(response, 405, 'method', 'GET this');
    if (path === '/events') {
      const lastId = request.headers['last-event-id'];
      return stream.open(response, typeof lastId === 'string' ? lastId : undefined, () => ({
        kind: 'snapshot',
        snapshot: stage.snapshot(),
      }));
    }
    if (path.startsWith('/photo/')) return photo(path.slice('/photo/'.length), response);
    const asset = await readAsset(path);
    if (!asset) return refuse(response, 404, 'not_found', 'there is no such file');
    response.writeHead(200, { 'content-type': asset.type }).end(asset.body);
  }

  async function act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJsonBody(request);
    if (body.kind === 'too_large') {
      response.setHeader('connection', 'close');
      return refuse(response, 413, 'too_large', 'an act takes 64 KB at most');
    }
    if (body.kind === 'not_json') return refuse(response, 400, 'not_json', 'send JSON as application/json');
    const parsed = actSchema.safeParse(body.value);
    if (!parsed.success) return refuse(response, 400, 'bad_act', parsed.error.issues.map(describe).join('; '));
    const outcome = await perform(parsed.data);
    if (outcome.kind === 'refused') return refuse(response, 409, outcome.code, outcome.message);
    answer(response, 200, { ok: true, result: outcome.result ?? null });
  }

  /** A file by itself; who sends it, where and under which name stands in the address. */
  async function file(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readFileBody(request);
    if (body.kind === 'too_large') {
      response.setHeader('connection', 'close');
      return refuse(response, 413, 'file_too_large', 'a file takes 20 MB at most');
    }
    if (body.kind === 'not_a_file')
      return refuse(response, 400, 'not_a_file', 'send bytes as application/octet-stream');
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const parsed = fileSchema.safeParse(Object.fromEntries(query));
    if (!parsed.success) return refuse(response, 400, 'bad_act', parsed.error.issues.map(describe).join('; '));
    const outcome = await perform({ type: 'file', ...parsed.data, bytes: body.bytes });
    if (outcome.kind === 'refused') return refuse(response, 409, outcome.code, outcome.message);
    answer(response, 200, { ok: true, result: outcome.result ?? null });
  }

  function photo(fileId: string, response: ServerResponse): void {
    const found = options.readPhoto?.(decodeURIComponent(fileId));
    if (!found) {
      refuse(response, 404, 'not_found', 'there is no such photo');
      return;
    }
    const type = found.type === 'image/png' ? 'image/png' : 'image/jpeg';
    response.writeHead(200, { 'content-type': type, 'content-length': found.bytes.byteLength }).end(found.bytes);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'fault', String(error));
    });
  });

  return {
    listen() {
      return new Promise((resolve, reject) => {
        server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(port, cause)));
        server.listen(port, host, () => {
          const { address, port: taken } = server.address() as AddressInfo;
          if (!open && !isLoopback(address)) {
            server.close();
            const message = `others would reach the page at ${address}: set \`open\` if they may`;
            return reject(new PlaygroundError('open_to_others', message));
          }
          const shown = host.includes(':') ? `[${host}]` : host;
          resolve({ url: `http://${shown}:${taken}` });
        });
      });
    },
    close() {
      stage.close();
      stream.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: readonly (readonly [string, string])[] = [
  ['content-security-policy', POLICY],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cache-control', 'no-store'],
];

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  answer(response, status, { ok: false, code, message });
}

function answer(response: ServerResponse, status: number, reply: ActReply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(reply));
}

function describe(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return `${issue.path.map(String).join('.') || 'act'}: ${issue.message}`;
}
