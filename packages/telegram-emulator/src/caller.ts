import type { Body } from './body.ts';
import { BAD_GATEWAY_PAGE, type FaultOutcome, type FaultSource, faultReply } from './faults.ts';
import { LAUNCH_MS } from './methods/chats.ts';
import type { Method } from './methods/method.ts';
import { readInteger } from './params.ts';
import type { OnHangUp } from './polling.ts';
import type { Reply } from './reply.ts';
import type { Violation } from './schema/violation.ts';
import type { World } from './world.ts';

/** What the HTTP side does with a call: answer it, or play a fault. */
export type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'page'; readonly status: number; readonly html: string }
  | { readonly kind: 'body'; readonly status: number; readonly text: string }
  | { readonly kind: 'half'; readonly reply: Reply; readonly end: 'cut' | 'stall' | 'endless' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' };

/** Takes one call through faults, schema check and method, and records it. */
export interface Caller {
  call(method: string, body: Body, onHangUp?: OnHangUp): Promise<Outcome>;
}

/** Methods by their name in lower case: the Bot API ignores case. */
export type MethodTable = ReadonlyMap<string, { readonly name: string; readonly run: BoundMethod }>;
export type BoundMethod = (body: Body, onHangUp: OnHangUp) => Reply | Promise<Reply>;

export interface CallerDeps {
  readonly world: World;
  readonly methods: MethodTable;
  readonly faults: FaultSource;
  /** Whether the Bot API has such a method, played here or not. */
  readonly isKnown: (method: string) => boolean;
  readonly check: (method: string, body: Body) => readonly Violation[];
  /** Milliseconds before any answer. */
  readonly latency: number;
}

const NEVER: OnHangUp = () => () => {};
const NOT_FOUND: Reply = { ok: false, error_code: 404, description: 'Not Found: method not found' };
const LOGGED_OUT: Reply = { ok: false, error_code: 400, description: 'Logged out' };
const NO_EFFECT: ReadonlySet<string> = new Set(['drop-before', 'hang', 'html', 'body']);

export function createCaller({ world, methods, faults, isKnown, check, latency }: CallerDeps): Caller {
  function record(method: string, body: Body, reply: Reply | undefined, fault: FaultOutcome | undefined): void {
    const violations = check(method, body);
    const call = world.calls.add({
      at: world.now(),
      method,
      params: body.params,
      verdict: violations.length === 0 ? 'ok' : violations,
      reply,
      fault: fault?.kind,
    });
    world.events.emit({ kind: 'call', call });
  }

  function effect(name: string, body: Body, onHangUp: OnHangUp, fault: FaultOutcome | undefined): Effect {
    const refusal = fault && faultReply(fault);
    if (refusal) return refusal;
    if (fault && NO_EFFECT.has(fault.kind)) return undefined;
    const { loggedOutAt } = world.session;
    if (loggedOutAt !== undefined && world.now() - loggedOutAt < LAUNCH_MS) return LOGGED_OUT;
    return methods.get(name.toLowerCase())?.run(body, onHangUp) ?? (isKnown(name) ? notPlayed(name) : NOT_FOUND);
  }

  return {
    async call(given, body, onHangUp = NEVER) {
      const name = methods.get(given.toLowerCase())?.name ?? given;
      const fault = faults.next(name, readInteger(body.params, 'chat_id'));
      const pause = latency + (fault?.kind === 'delay' ? fault.ms : 0);
      if (pause > 0) await new Promise<void>((resolve) => void world.after(pause, resolve));
      const result = effect(name, body, onHangUp, fault);
      // No pause where none is needed: whoever waited for the message finds the call recorded.
      const reply = result instanceof Promise ? await result : result;
      record(name, body, reply, fault);
      return outcomeOf(reply, fault);
    },
  };
}

/** Telegram would do it: whoever reads the bot's log must not take it for a typing error. */
function notPlayed(name: string): Reply {
  return { ok: false, error_code: 404, description: `Not Found: the emulator does not play ${name}` };
}

type Effect = Reply | Promise<Reply> | undefined;

function outcomeOf(reply: Reply | undefined, fault: FaultOutcome | undefined): Outcome {
  switch (fault?.kind) {
    case 'html':
      return { kind: 'page', status: 502, html: BAD_GATEWAY_PAGE };
    case 'body':
      return fault;
    case 'result':
      return { kind: 'reply', reply: reply?.ok ? { ok: true, result: fault.result } : (reply ?? NOT_FOUND) };
    case 'cut':
    case 'stall':
    case 'endless':
      return { kind: 'half', reply: reply ?? NOT_FOUND, end: fault.kind };
    case 'drop-before':
    case 'drop-after':
      return { kind: 'reset' };
    case 'hang':
    case 'hang-after':
      return { kind: 'silence' };
    default:
      return { kind: 'reply', reply: reply ?? NOT_FOUND };
  }
}

export function bind(world: World, methods: Readonly<Record<string, Method>>): [string, BoundMethod][] {
  return Object.entries(methods).map(([name, method]) => [
    name,
    ({ params, uploads }) => method(world, params, uploads),
  ]);
}
