import type { Params } from './params.ts';
import type { Reply } from './reply.ts';
import type { Violation } from './schema/violation.ts';

/** One call of the bot, with what it came to. */
export interface RecordedCall {
  /** Counts from 1. */
  readonly number: number;
  /** Milliseconds of the emulator's clock. */
  readonly at: number;
  readonly method: string;
  readonly params: Params;
  readonly verdict: 'ok' | readonly Violation[];
  /** Absent when the connection was dropped, hung, or answered with something that is no Bot API envelope. */
  readonly reply: Reply | undefined;
  /** The fault that was injected, if any. */
  readonly fault: string | undefined;
}

export interface CallLog {
  add(call: Omit<RecordedCall, 'number'>): RecordedCall;
  /** The latest calls, oldest first; bounded. */
  list(): readonly RecordedCall[];
}

export function createCallLog(limit: number): CallLog {
  let calls: RecordedCall[] = [];
  let count = 0;
  return {
    add(call) {
      const recorded = { number: ++count, ...call };
      calls.push(recorded);
      // Cutting a quarter at a time keeps adding cheap.
      if (calls.length > limit * 1.25) calls = calls.slice(-limit);
      return recorded;
    },
    list: () => calls.slice(-limit),
  };
}
