import { writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';

const STANDARD_ERROR = 2;

/**
 * A logger in which no secret appears: whatever a line holds, the secrets given, and anything that looks like the token
 * in a Bot API address, are taken out of the finished line. Nor does it tell of people: of a fault under `err` it shows
 * what `faultOf` does, and its own words at level trace only. Standard output is left to results.
 */
export function createLog(
  level: string,
  secrets: readonly string[],
  out: DestinationStream = { write: writeOut },
): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: (cause: unknown) => faultOf(cause, level === 'trace') },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      hooks: {
        streamWrite: (line) => redact(line, secrets),
      },
    },
    out,
  );
}

/** Tries at a pipe whose reader is slow, and milliseconds between them. */
const TRIES = 20;
const TRY_AGAIN_MS = 5;

/** A log that can't be written, on a full disk or to a reader that is gone, must not end the bot, nor pile up in it. */
function writeOut(line: string): void {
  let rest: Uint8Array = Buffer.from(line);
  for (let tries = 0; rest.length > 0 && tries < TRIES; tries++) {
    try {
      rest = rest.subarray(writeSync(STANDARD_ERROR, rest));
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN')) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_AGAIN_MS);
    }
  }
}

/** What may be known of a fault by whoever reads a log. */
export interface Fault {
  readonly type: string;
  readonly code?: string | number;
  readonly message?: string;
  /** Where in the code it was thrown. */
  readonly at?: readonly string[];
  readonly cause?: Fault;
}

/** Errors whose words are ours, Telegram's or the system's. Those of any other may hold what somebody wrote. */
const PLAIN_SPOKEN: ReadonlySet<string> = new Set([
  'AnswerError',
  'GrammyError',
  'HttpError',
  'ListenError',
  'PlaygroundError',
  'StoreError',
  'TokenError',
]);
/** Causes within causes that are shown. */
const DEPTH = 4;

/**
 * A fault without what it carries along: grammY's hold the whole update or what was to be sent, and the words of others
 * quote what could not be read.
 */
export function faultOf(cause: unknown, withWords = false, depth = DEPTH): Fault {
  if (!(cause instanceof Error)) return { type: typeof cause };
  const code = 'code' in cause ? cause.code : undefined;
  const within = 'error' in cause ? cause.error : cause.cause;
  const isSaid = withWords || PLAIN_SPOKEN.has(cause.constructor.name) || 'syscall' in cause || 'errcode' in cause;
  const at = framesOf(cause);
  return {
    type: cause.constructor.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(isSaid ? { message: cause.message } : {}),
    ...(at.length > 0 ? { at } : {}),
    ...(within instanceof Error && depth > 1 ? { cause: faultOf(within, withWords, depth - 1) } : {}),
  };
}

/** The lines of a stack below the words of the fault. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const words = stack.indexOf(message);
  const frames = words < 0 ? '' : stack.slice(words + message.length);
  return frames.split('\n').flatMap((line) => (line.startsWith('    at ') ? line.slice(7) : []));
}

/** The text without these secrets, and without anything that looks like a bot's token. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret !== '');
  return known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text).replace(TOKEN, `$1${REDACTED}`);
}

const REDACTED = '[已隐去]';
const TOKEN = /(?<!\d)(\d{5,16}:)[\w-]{30,64}/g;
