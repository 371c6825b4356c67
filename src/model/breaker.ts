import type { Called } from './endpoint.ts';

/**
 * Stops asking an endpoint that is not well.
 *
 * closed → (faults in a row, a refused key, 429) → open → (the wait is over) → one probe → closed, or open for longer
 */
export interface Breaker {
  /** Whether to ask now. After a wait it says so once, and then not until that one's end was noted. */
  admits(now: number): boolean;
  /** The same without taking the turn of a probe. */
  wouldAdmit(now: number): boolean;
  /** Takes down how a call ended. `opened` and `closed` tell what changed by it. */
  note(called: Called<unknown>, now: number): 'opened' | 'closed' | undefined;
  readonly isOpen: boolean;
}

export interface BreakerLimits {
  /** Faults in a row. */
  readonly faults: number;
  /** In milliseconds: the first wait; each that follows is twice as long, up to the longest. */
  readonly firstMs: number;
  readonly longestMs: number;
}

export const BREAKER: BreakerLimits = { faults: 3, firstMs: 30_000, longestMs: 600_000 };

export function createBreaker({ faults, firstMs, longestMs }: BreakerLimits = BREAKER): Breaker {
  let inARow = 0;
  let waitMs = firstMs;
  let until: number | undefined;
  let isProbing = false;

  function wouldAdmit(now: number): boolean {
    return until === undefined || (now >= until && !isProbing);
  }

  return {
    get isOpen() {
      return until !== undefined;
    },
    wouldAdmit,
    admits(now) {
      const admitted = wouldAdmit(now);
      isProbing ||= admitted && until !== undefined;
      return admitted;
    },
    note(called, now) {
      const wasOpen = until !== undefined;
      isProbing = false;
      if (called.ok) {
        inARow = 0;
        waitMs = firstMs;
        until = undefined;
        return wasOpen ? 'closed' : undefined;
      }
      inARow++;
      const atOnce = called.fault === 'denied' || called.fault === 'busy';
      if (!wasOpen && !atOnce && inARow < faults) return undefined;
      until = now + Math.min(longestMs, Math.max(waitMs, called.retryAfterMs ?? 0));
      waitMs = Math.min(longestMs, 2 * waitMs);
      return wasOpen ? undefined : 'opened';
    },
  };
}
