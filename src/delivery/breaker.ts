/**
 * Stops us from giving chats up when most sends are refused for the chat's sake: then it is Telegram that is ill, not
 * the chats. (It once answered CHAT_RESTRICTED to everybody for a day.)
 */
export interface Breaker {
  /** Counts the end of a send; says whether the breaker stands open afterwards. */
  note(refusedByChat: boolean, at: number): boolean;
}

export interface BreakerLimits {
  /** How many of the latest ends are looked at, and how old they may be, in milliseconds. */
  readonly latest: number;
  readonly ms: number;
  /** Fewer than this many say nothing. */
  readonly least: number;
  /** It opens when more than this share was refused. */
  readonly share: number;
}

export const BREAKER_LIMITS: BreakerLimits = { latest: 50, ms: 10 * 60_000, least: 5, share: 0.5 };

export function createBreaker(limits: BreakerLimits): Breaker {
  let ends: { readonly refused: boolean; readonly at: number }[] = [];
  return {
    note(refused, at) {
      ends.push({ refused, at });
      ends = ends.slice(-limits.latest).filter((end) => at - end.at <= limits.ms);
      const count = ends.filter((end) => end.refused).length;
      return ends.length >= limits.least && count > ends.length * limits.share;
    },
  };
}
