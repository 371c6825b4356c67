import type { ApiClientOptions } from 'grammy';

/** What grammY calls its fetch. */
export type Fetch = NonNullable<ApiClientOptions['fetch']>;

export interface HttpLimits {
  /** Milliseconds in which an answer that has begun must be whole. */
  readonly bodyMs: number;
  /** UTF-8 bytes of an answer: a hundred updates are below 2 MB. */
  readonly bodyBytes: number;
}

export const HTTP_LIMITS: HttpLimits = { bodyMs: 5_000, bodyBytes: 32 * 1_048_576 };

/** What came is no answer of the Bot API: a proxy's page, half an envelope, more than anybody can read. */
export class AnswerError extends Error {
  readonly code = 'no-answer';
}

/**
 * Node's own fetch for grammY, whose node-fetch does not notice that a connection broke inside an answer: a poll stayed
 * deaf until its time-out. What comes back is read whole, within bounds, and is an envelope of the Bot API or an
 * AnswerError. When `life` is aborted, so is every call.
 */
export function createFetch(life?: AbortSignal, limits: HttpLimits = HTTP_LIMITS): Fetch {
  const call = async (url: string, init: RequestInit): Promise<object> => {
    const ending = new AbortController();
    const end = () => ending.abort();
    const signals = [life, init.signal].filter((signal) => signal != null);
    for (const signal of signals) {
      if (signal.aborted) end();
      signal.addEventListener('abort', end);
    }
    let late: NodeJS.Timeout | undefined;
    try {
      const response = await fetch(url, { ...init, signal: ending.signal });
      late = setTimeout(end, limits.bodyMs);
      const { status, statusText } = response;
      const envelope = envelopeOf(await readText(response, limits.bodyBytes), status);
      return { status, statusText, json: async () => envelope };
    } finally {
      clearTimeout(late);
      for (const signal of signals) signal.removeEventListener('abort', end);
    }
  };
  return call as unknown as Fetch;
}

async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new AnswerError(`an answer of more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An answer as the Bot API documents it; only what an error needs is looked at, a result is its reader's matter. */
function envelopeOf(text: string, status: number): object {
  const envelope = parse(text, status);
  if (!isObject(envelope)) throw new AnswerError(`status ${status}, and no object`);
  if (envelope.ok === true && 'result' in envelope) return envelope;
  const { ok, error_code: code, description } = envelope;
  if (ok !== false || !Number.isInteger(code)) throw new AnswerError(`status ${status}, and no envelope`);
  const said = typeof description === 'string' ? description : '';
  return { ok, error_code: code, description: said, parameters: parametersOf(envelope.parameters) };
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The fault's own words would hold a piece of the text.
    throw new AnswerError(`status ${status}, and no JSON`);
  }
}

/** A day, in seconds. */
const LONGEST_WAIT = 86_400;

function parametersOf(given: unknown): object {
  if (!isObject(given)) return {};
  const { retry_after: wait, migrate_to_chat_id: to } = given;
  return {
    ...(typeof wait === 'number' && wait >= 0 ? { retry_after: Math.min(wait, LONGEST_WAIT) } : {}),
    ...(Number.isSafeInteger(to) && to !== 0 ? { migrate_to_chat_id: to } : {}),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
