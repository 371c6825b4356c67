/** What a method answers, in the Bot API's own envelope. */
export type Reply = Success | Failure;

export interface Success {
  readonly ok: true;
  readonly result: unknown;
  /** Some methods say more, as setWebhook's "Webhook was set". */
  readonly description?: string;
}

export interface Failure {
  readonly ok: false;
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

export function succeed(result: unknown): Success {
  return { ok: true, result };
}

export function badRequest(reason: string): Failure {
  return { ok: false, error_code: 400, description: `Bad Request: ${reason}` };
}

export function forbidden(reason: string): Failure {
  return { ok: false, error_code: 403, description: `Forbidden: ${reason}` };
}

export function conflict(reason: string): Failure {
  return { ok: false, error_code: 409, description: `Conflict: ${reason}` };
}

/** `seconds` is what Telegram asks the caller to wait. */
export function tooManyRequests(seconds: number): Failure {
  return {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  };
}

export function upgraded(supergroupId: number): Failure {
  return {
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: supergroupId },
  };
}

/** Tells a failure from what a check or a look-up otherwise returns. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false && 'error_code' in value;
}
