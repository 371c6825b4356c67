import type { Context } from 'grammy';
import type { Engine } from '../engine.ts';
import type { Locale } from '../messages/locale.ts';
import type { ChatEffect } from '../storage/chat-effects.ts';
import type { DecidedUpdate } from '../storage/updates.ts';
import type { Addressed } from './addressing.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] | undefined ? U[] : T[K] };

/** What handling an update comes to. Nothing is sent while deciding; all of it is committed in one transaction. */
export type Decision = Mutable<Required<Pick<DecidedUpdate, 'outgoing' | 'answers' | 'unanswered'>>> & {
  press: DecidedUpdate['press'];
  pointing: DecidedUpdate['pointing'];
  chat: DecidedUpdate['chat'];
  effects: ChatEffect[];
  /** Whose update it is: a person, or a chat where nobody is named. */
  asker: number | undefined;
  /** What is done here as soon as the decision is committed. */
  readonly onCommit: (() => void)[];
  /** Calls that are cheap to lose, made once the decision is committed. */
  readonly after: AfterCommit[];
};

export type AfterCommit = (result: { readonly vote: 'up' | 'down' | undefined }) => Promise<unknown>;

export type BotContext = Context & {
  readonly decision: Decision;
  /** What answers this update, from its first to its last step, also when the knowledge changes meanwhile. */
  readonly engine: Engine;
  readonly locale: Locale;
  /** How the message concerns us; undefined for other updates and for messages that must be left alone. */
  readonly addressed: Addressed | undefined;
};

export function newDecision(): Decision {
  return {
    outgoing: [],
    answers: [],
    unanswered: [],
    press: undefined,
    pointing: undefined,
    chat: undefined,
    asker: undefined,
    effects: [],
    onCommit: [],
    after: [],
  };
}
