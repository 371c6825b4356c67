import { BREAKER_LIMITS, type BreakerLimits } from './breaker.ts';
import { HALT_LIMITS, type HaltLimits } from './halt.ts';
import { RETRY_LIMITS, type RetryLimits } from './outcome.ts';
import { PACE_LIMITS, type PaceLimits } from './pace.ts';

export interface DeliveryLimits {
  readonly pace: PaceLimits;
  readonly breaker: BreakerLimits;
  readonly halt: HaltLimits;
  readonly retry: RetryLimits;
  /** Calls in the air at once. */
  readonly concurrency: number;
  /** Of these, broadcasts: the rest stays free for replies when Telegram is slow. */
  readonly broadcastConcurrency: number;
  /** Milliseconds after which a call is given up as ambiguous. */
  readonly sendTimeoutMs: number;
  /** Days on which a chat has to be "not found" before it is given up. */
  readonly notFoundDays: number;
  /** Days on which a topic refuses a slogan, after which it gets none. */
  readonly topicClosedDays: number;
  /** The longest sleep, in milliseconds: a clock that jumps, or a machine that slept, is noticed then. */
  readonly longestSleepMs: number;
  /** How often processes that share a database look what the others left, when nothing wakes them, in milliseconds. */
  readonly sharedLookMs: number;
  /** Milliseconds before the first new try when the database refuses; doubled each time, up to 5 s. */
  readonly storeRetryMs: number;
}

export const DELIVERY_LIMITS: DeliveryLimits = {
  pace: PACE_LIMITS,
  breaker: BREAKER_LIMITS,
  halt: HALT_LIMITS,
  retry: RETRY_LIMITS,
  concurrency: 32,
  broadcastConcurrency: 24,
  sendTimeoutMs: 30_000,
  notFoundDays: 3,
  topicClosedDays: 3,
  longestSleepMs: 30_000,
  sharedLookMs: 1_000,
  storeRetryMs: 100,
};
