import { setTimeout as wait } from 'node:timers/promises';
import type { Endpoint } from '../config.ts';

/** What kept a call from succeeding. */
export type Fault =
  /** Nobody listens there, or there is no such place. */
  | 'unreachable'
  /** The time was up, or the connection was lost on the way. */
  | 'slow'
  /** 401, 403: the key is not accepted. */
  | 'denied'
  /** 429: too much was asked. */
  | 'busy'
  /** 5xx. */
  | 'sick'
  /** Any other status: no such model, no such path. */
  | 'rejected'
  /** Not what was asked for: half a JSON, a stream, megabytes. */
  | 'malformed';

export type Called<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly fault: Fault;
      readonly status?: number;
      /** Milliseconds for which it asks to be left alone. */
      readonly retryAfterMs?: number;
    };

export interface CallOptions {
  /** In milliseconds, for all of it, trying again included. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** In milliseconds: a service that restarts is back soon, or not within a call. */
const AGAIN_MS = 300;
/** In bytes of a reply: numbers take a few, vectors of a whole batch some megabytes. */
const LARGEST = 16 * 1024 * 1024;

/**
 * Posts JSON and reads JSON. Never rejects. Tries again only where the connection was refused: then nobody was asked.
 * The key goes nowhere but into the request's header: no error holds it, and a redirection is not followed.
 */
export async function post(
  { url, key }: Pick<Endpoint, 'url' | 'key'>,
  path: string,
  body: object,
  { timeoutMs, signal }: CallOptions,
): Promise<Called<unknown>> {
  const ends = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  const request: RequestInit = {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify(body),
    signal: ends,
  };
  const first = await once(addressOf(url, path), request);
  if (first.ok || first.fault !== 'unreachable') return first;
  const waited = await wait(AGAIN_MS, true, { signal: ends }).catch(() => false);
  return waited ? once(addressOf(url, path), request) : first;
}

function addressOf(url: string, path: string): string {
  const base = url.replace(/\/+$/, '');
  return base.endsWith(path) ? base : `${base}${path}`;
}

async function once(address: string, request: RequestInit): Promise<Called<unknown>> {
  let response: Response;
  try {
    response = await fetch(address, request);
  } catch (cause) {
    return { ok: false, fault: isUnreachable(cause) ? 'unreachable' : 'slow' };
  }
  const { status, headers } = response;
  try {
    if (!response.ok) {
      await response.body?.cancel();
      const retryAfterMs = waitOf(headers.get('retry-after'));
      return { ok: false, fault: faultOf(status), status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
    const text = await textOf(response);
    return text === undefined ? { ok: false, fault: 'malformed', status } : parsed(text, status);
  } catch {
    return { ok: false, fault: 'slow', status };
  }
}

function parsed(text: string, status: number): Called<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, fault: 'malformed', status };
  }
}

/** Undefined for more than anybody asked for. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function isUnreachable(cause: unknown): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined;
  return inner instanceof Error && 'code' in inner && UNREACHABLE.has(String(inner.code));
}

function faultOf(status: number): Fault {
  if (status === 401 || status === 403) return 'denied';
  if (status === 429) return 'busy';
  return status >= 500 ? 'sick' : 'rejected';
}

/** Seconds, as all such services send them; a date is rare, and then the breaker's own wait will do. */
function waitOf(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? 1_000 * seconds : undefined;
}
