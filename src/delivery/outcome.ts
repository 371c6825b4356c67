import { DAY } from '../durations.ts';
import type { OutboxRow } from '../storage/outbox-row.ts';

/** What a call to Telegram ended in, as the sender saw it. */
export type SendResult =
  | { readonly kind: 'delivered'; readonly messageId?: number | undefined }
  /** Telegram answered with an error of its own. */
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly description: string;
      /** Seconds, of a 429. */
      readonly retryAfter?: number | undefined;
      readonly migrateToChatId?: number | undefined;
    }
  /** The call never left for Telegram: ECONNREFUSED, ENOTFOUND. */
  | { readonly kind: 'unreached'; readonly reason: string }
  /** Nobody knows whether it arrived: a time-out, a reset, a 5xx, a proxy's HTML. */
  | {
      readonly kind: 'ambiguous';
      readonly reason: string;
      /** Whether it was answered, if only by an error that isn't Telegram's own: then most likely it did not arrive. */
      readonly answered?: boolean | undefined;
    };

/** What follows from it for the row. */
export type Verdict =
  | { readonly kind: 'sent'; readonly messageId: number | undefined }
  | { readonly kind: 'again'; readonly because: Trouble; readonly at: number; readonly error: string }
  | { readonly kind: 'rekey'; readonly to: number; readonly at: number; readonly error: string }
  | { readonly kind: 'unknown'; readonly error: string }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly error: string };

/**
 * Ends that may be nobody's fault in the chat. `unauthorized`: the token is not accepted, which is nobody's fault but
 * the keeper's.
 */
export type Trouble = 'too-many' | 'unreached' | 'unauthorized' | 'ambiguous';

export type FailureReason =
  /** Kicked, blocked, not a member, the person or the group is gone. */
  | 'no-access'
  | 'chat-not-found'
  | 'no-rights'
  | 'topic-closed'
  /** An edit of an answer that was never sent, or that is gone. */
  | 'nothing-to-edit'
  /** The row can't be read any more; nothing was sent. */
  | 'damaged'
  /** Our own mistake: a request that Telegram doesn't accept. */
  | 'rejected';

export interface RetryLimits {
  /** Milliseconds before an ambiguous reply goes out once more. */
  readonly ambiguousMs: number;
  /** Doubtful tries of a reply, at most, when each was answered with an error and so were all others. */
  readonly outageTries: number;
  /** Milliseconds before what never left is tried again. */
  readonly unreachedMs: number;
  /** Milliseconds between tries while the token isn't accepted. */
  readonly unauthorizedMs: number;
  /** Milliseconds to wait after a 429 that doesn't say. */
  readonly tooManyMs: number;
}

export const RETRY_LIMITS: RetryLimits = {
  ambiguousMs: 2_000,
  outageTries: 8,
  unreachedMs: 1_000,
  unauthorizedMs: 30_000,
  tooManyMs: 5_000,
};

/** What is in the way, whatever the row; undefined when the end is Telegram's word on the row or its chat. */
export function troubleOf(result: SendResult): Trouble | undefined {
  if (result.kind === 'delivered') return undefined;
  if (result.kind !== 'refused') return result.kind;
  const { code, description } = result;
  if (code >= 500) return 'ambiguous';
  if (code === 429) return 'too-many';
  return code === 401 || (code === 404 && !/method/i.test(description)) ? 'unauthorized' : undefined;
}

/** How long a 429 asks to wait, in milliseconds. */
export function waitOf(result: SendResult, limits: RetryLimits = RETRY_LIMITS): number {
  const seconds = result.kind === 'refused' ? result.retryAfter : undefined;
  if (seconds === undefined || !(seconds >= 0)) return limits.tooManyMs;
  return Math.min(seconds * 1_000, LONGEST_WAIT);
}

/** Nothing waits longer, whatever Telegram's number is. */
const LONGEST_WAIT = DAY;

/** The table of docs/telegram.md, of what a send can end in. `inOutage`: nothing that was sent lately has come to a good end. */
export function judge(
  result: SendResult,
  row: OutboxRow,
  at: number,
  limits: RetryLimits = RETRY_LIMITS,
  inOutage = false,
): Verdict {
  switch (result.kind) {
    case 'delivered':
      return { kind: 'sent', messageId: result.messageId };
    case 'unreached':
      return { kind: 'again', because: 'unreached', at: at + limits.unreachedMs, error: plain(result.reason) };
    case 'ambiguous':
      return judgeAmbiguous(result.reason, row, at, limits, inOutage && result.answered === true);
    case 'refused':
      return judgeRefusal(result, row, at, limits, inOutage);
  }
}

/**
 * A slogan twice is worse than a slogan missed; an answer missed is worse than an answer twice. While every send is
 * answered with an error, an answer hardly ever arrived, and is kept for longer.
 */
function judgeAmbiguous(
  reason: string,
  row: OutboxRow,
  at: number,
  limits: RetryLimits,
  hardlyArrived: boolean,
): Verdict {
  const error = plain(reason);
  const tries = hardlyArrived ? limits.outageTries : TRIES;
  if (row.kind === 'broadcast' || row.ambiguities + 1 >= tries) return { kind: 'unknown', error };
  return { kind: 'again', because: 'ambiguous', at: at + limits.ambiguousMs, error };
}

/** Tries of a reply of which nobody knows whether they arrived. */
const TRIES = 2;

type Refusal = Extract<SendResult, { kind: 'refused' }>;

function judgeRefusal(refusal: Refusal, row: OutboxRow, at: number, limits: RetryLimits, inOutage: boolean): Verdict {
  const { code, description, migrateToChatId } = refusal;
  const error = plain(`${code} ${description}`);
  switch (troubleOf(refusal)) {
    case 'ambiguous':
      return judgeAmbiguous(error, row, at, limits, inOutage);
    case 'too-many':
      return { kind: 'again', because: 'too-many', at: at + waitOf(refusal, limits), error };
    case 'unauthorized':
      return { kind: 'again', because: 'unauthorized', at: at + limits.unauthorizedMs, error };
  }
  // Told of a migration again and again, we'd chase a chat in a circle.
  if (migrateToChatId !== undefined && migrateToChatId !== row.chatId && row.attempts <= MIGRATIONS) {
    return { kind: 'rekey', to: migrateToChatId, at, error };
  }
  if (/message is not modified/i.test(description)) return { kind: 'sent', messageId: row.messageId };
  return { kind: 'failed', reason: reasonOf(code, description), error };
}

/** Tries after which a migration is no longer followed. */
const MIGRATIONS = 10;

/** Telegram's descriptions, as the Bot API server and TDLib write them; the first that fits counts. */
const REASONS: readonly (readonly [RegExp, FailureReason])[] = [
  [/TOPIC_(CLOSED|DELETED)|message thread not found|TOPIC_ID_INVALID/i, 'topic-closed'],
  [/(not enough|have no) rights|have no write access|need administrator rights/i, 'no-rights'],
  [/CHAT_(RESTRICTED|WRITE_FORBIDDEN|ADMIN_REQUIRED)|CHAT_SEND_\w+_FORBIDDEN|USER_RESTRICTED/i, 'no-rights'],
  [/chat not found|PEER_ID_INVALID|CHAT_ID_INVALID/i, 'chat-not-found'],
  [/^ROW_DAMAGED$/, 'damaged'],
  [/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i, 'nothing-to-edit'],
  [/CHANNEL_PRIVATE|group chat was (deleted|deactivated)|user is deactivated/i, 'no-access'],
];

function reasonOf(code: number, description: string): FailureReason {
  const known = REASONS.find(([pattern]) => pattern.test(description))?.[1];
  return known ?? (code === 403 ? 'no-access' : 'rejected');
}

/** UTF-16 units of an error that are kept. */
const LONGEST = 300;

/** An error's words, without the token that a URL in them would show. */
export function plain(error: string): string {
  return error.replace(/bot\d+(:|%3A)[\w-]+/gi, 'bot…').slice(0, LONGEST);
}
