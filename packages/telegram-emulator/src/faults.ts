import { badRequest, type Failure, forbidden, tooManyRequests } from './reply.ts';

/** What goes wrong with a call. */
export type FaultOutcome =
  | { readonly kind: '429'; readonly retryAfter: number }
  | { readonly kind: '403'; readonly description?: string }
  | { readonly kind: '400'; readonly description: string }
  /** `401`: the token is not known. */
  | { readonly kind: '401' | '500' | '502' }
  /** A proxy's page instead of JSON, with status 502. */
  | { readonly kind: 'html' }
  /** Anything else instead of the Bot API's envelope. */
  | { readonly kind: 'body'; readonly status: number; readonly text: string }
  /** After the call took effect: the Bot API's envelope, but with another result. */
  | { readonly kind: 'result'; readonly result: unknown }
  /** After the call took effect: half of the answer, and then the connection breaks, nothing more comes, or no end. */
  | { readonly kind: 'cut' | 'stall' | 'endless' }
  /** The connection is reset; `drop-after` after the call took effect. */
  | { readonly kind: 'drop-before' | 'drop-after' }
  /** No answer until the caller gives up; `hang-after` after the call took effect. */
  | { readonly kind: 'hang' | 'hang-after' }
  /** Answered as usual, so many milliseconds later. */
  | { readonly kind: 'delay'; readonly ms: number };

export interface FaultRule {
  /** Any method when left out. Ignores case. */
  readonly method?: string;
  readonly chatId?: number;
  /** How many calls it befalls; 1 unless said otherwise. */
  readonly times?: number;
  readonly outcome: FaultOutcome;
}

export interface RandomFaults {
  /** 0 to 1, the share of calls. */
  readonly rate: number;
  readonly outcomes: readonly FaultOutcome[];
  readonly method?: string;
}

/** Faults on demand. Rules are taken in order; the random ones befall calls that no rule fits. */
export interface Faults {
  add(rule: FaultRule): void;
  random(faults: RandomFaults | undefined): void;
  clear(): void;
  /** Rules that are not used up. */
  left(): readonly FaultRule[];
}

/** The emulator's side of it. */
export interface FaultSource extends Faults {
  next(method: string, chatId: number | undefined): FaultOutcome | undefined;
}

export function createFaults(random: () => number): FaultSource {
  let rules: FaultRule[] = [];
  let atRandom: RandomFaults | undefined;

  function drawn(method: string): FaultOutcome | undefined {
    if (!atRandom || !isOf(atRandom.method, method) || random() >= atRandom.rate) return undefined;
    return atRandom.outcomes[Math.floor(random() * atRandom.outcomes.length)];
  }

  return {
    add(rule) {
      rules.push(rule);
    },
    random(faults) {
      atRandom = faults;
    },
    clear() {
      rules = [];
      atRandom = undefined;
    },
    left: () => [...rules],
    next(method, chatId) {
      if (rules.length === 0 && !atRandom) return undefined;
      const index = rules.findIndex(
        (rule) => isOf(rule.method, method) && (rule.chatId === undefined || rule.chatId === chatId),
      );
      const rule = rules[index];
      if (!rule) return drawn(method);
      const left = (rule.times ?? 1) - 1;
      rules = left > 0 ? rules.with(index, { ...rule, times: left }) : rules.toSpliced(index, 1);
      return rule.outcome;
    },
  };
}

function isOf(wanted: string | undefined, method: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === method.toLowerCase();
}

/** The Bot API error that an outcome stands for; undefined for those that are no answer at all. */
export function faultReply(outcome: FaultOutcome): Failure | undefined {
  switch (outcome.kind) {
    case '429':
      return tooManyRequests(outcome.retryAfter);
    case '403':
      return forbidden(outcome.description ?? 'bot was kicked from the supergroup chat');
    case '400':
      return badRequest(outcome.description);
    case '401':
      return { ok: false, error_code: 401, description: 'Unauthorized' };
    case '500':
      return { ok: false, error_code: 500, description: 'Internal Server Error' };
    case '502':
      return { ok: false, error_code: 502, description: 'Bad Gateway' };
    default:
      return undefined;
  }
}

export const BAD_GATEWAY_PAGE =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n';
