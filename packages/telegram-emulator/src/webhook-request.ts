import { type Agent, request } from 'node:http';
import type { Update } from '@grammyjs/types';
import { isObject, type Params } from './params.ts';

/** How one delivery ended. */
export interface Posted {
  readonly ok: boolean;
  /** As getWebhookInfo reports it; empty when all went well. */
  readonly error: string;
  /** Seconds, from the Retry-After header. */
  readonly retryAfter: number | undefined;
  /** The method call in the response's body, if there is one. */
  readonly call: Params | undefined;
}

export interface Endpoint {
  readonly url: string;
  readonly secret: string | undefined;
  readonly agent: Agent;
}

/** Telegram waits a minute for the answer. */
const TIMEOUT_MS = 60_000;

/** Posts one update; never rejects. */
export function postUpdate({ url, secret, agent }: Endpoint, update: Update): Promise<Posted> {
  const body = Buffer.from(JSON.stringify(update));
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    };
    const fail = (error: string) => resolve({ ok: false, error, retryAfter: undefined, call: undefined });
    const outgoing = request(url, { method: 'POST', agent, headers, timeout: TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => fail('Connection reset by peer'));
      response.on('end', () => {
        const { statusCode = 0, statusMessage = '', headers: received } = response;
        const ok = statusCode >= 200 && statusCode < 300;
        const error = ok ? '' : `Wrong response from the webhook: ${statusCode} ${statusMessage}`;
        const retryAfter = Number(received['retry-after']) || undefined;
        resolve({ ok, error, retryAfter, call: ok ? readCall(Buffer.concat(chunks)) : undefined });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(describe(error)));
    outgoing.end(body);
  });
}

function describe(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'Connection refused';
  return error.message === 'timeout' ? 'Read timeout expired' : 'Connection reset by peer';
}

/** A JSON object that names a method is a call; anything else is ignored. */
function readCall(bytes: Buffer): Params | undefined {
  if (bytes.length === 0 || bytes[0] !== 0x7b) return undefined;
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(parsed) && typeof parsed.method === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
