import { type Api, GrammyError, HttpError, InputFile } from 'grammy';
import type { SendPhoto } from '../broadcast/posters.ts';
import type { SendResult } from '../delivery/outcome.ts';
import type { OutboxRow } from '../storage/outbox-row.ts';
import type { AnswerError } from './http.ts';

type Call = (payload: object, signal?: AbortSignal) => Promise<unknown>;

/** Makes the calls of the outbox. Every way in which one can end is a value; what it means is delivery's to decide. */
export function createSender(api: Api): SendPhoto {
  const methods = api.raw as unknown as Readonly<Record<string, Call | undefined>>;
  return async (row, signal) => {
    const call = methods[row.method];
    if (!call) return { kind: 'refused', code: 400, description: `Unknown method ${row.method}` };
    try {
      return { kind: 'delivered', ...sentOf(await call(parametersOf(row), signal)) };
    } catch (cause) {
      return resultOf(cause);
    }
  };
}

function parametersOf({ method, chatId, threadId, messageId, payload }: OutboxRow): object {
  const target = method.startsWith('edit') ? { message_id: messageId } : threadOf(threadId);
  const upload = payload.photo instanceof Uint8Array ? { photo: new InputFile(payload.photo, 'poster.png') } : {};
  return { ...payload, ...upload, chat_id: chatId, ...target };
}

function threadOf(threadId: number | undefined): object {
  return threadId === undefined ? {} : { message_thread_id: threadId };
}

/** The message's number, and what Telegram calls a photo in it: as far as the result has them, for it was delivered. */
function sentOf(result: unknown): { messageId?: number; fileId?: string } {
  if (typeof result !== 'object' || result === null) return {};
  const { message_id: messageId, photo } = result as { readonly message_id?: unknown; readonly photo?: unknown };
  const fileId: unknown = Array.isArray(photo) ? photo.at(-1)?.file_id : undefined;
  return {
    ...(typeof messageId === 'number' && Number.isSafeInteger(messageId) ? { messageId } : {}),
    ...(typeof fileId === 'string' ? { fileId } : {}),
  };
}

function resultOf(cause: unknown): SendResult {
  if (cause instanceof GrammyError) {
    const { error_code: code, description, parameters } = cause;
    if (code >= 500) return { kind: 'ambiguous', reason: `${code} ${description}`, answered: true };
    return {
      kind: 'refused',
      code,
      description,
      ...(parameters.retry_after === undefined ? {} : { retryAfter: parameters.retry_after }),
      ...(parameters.migrate_to_chat_id === undefined ? {} : { migrateToChatId: parameters.migrate_to_chat_id }),
    };
  }
  const reason = networkCode(cause);
  if (reason === NO_ANSWER) return { kind: 'ambiguous', reason, answered: true };
  return NEVER_REACHED.has(reason) ? { kind: 'unreached', reason } : { kind: 'ambiguous', reason };
}

/** Faults that come before a byte of the request has been sent. */
const NEVER_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An answer that is a page of a proxy and not the Bot API's: see http.ts. */
const NO_ANSWER: AnswerError['code'] = 'no-answer';

/** The system's name of a network fault; never the message, which holds the token. */
function networkCode(cause: unknown): string {
  let at: unknown = cause instanceof HttpError ? cause.error : cause;
  for (let depth = 0; depth < 4 && typeof at === 'object' && at !== null; depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = 'cause' in at ? at.cause : undefined;
  }
  return cause instanceof Error ? cause.name : 'unknown';
}
