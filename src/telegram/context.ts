import type { Update, UserFromGetMe } from '@grammyjs/types';
import { type Api, Context } from 'grammy';
import type { Engine } from '../engine.ts';
import { type Locale, localeOf } from '../messages/locale.ts';
import type { ChatEffect } from '../storage/chat-effect.ts';
import type { ChatSettings } from '../storage/chat-settings.ts';
import type { DecidedUpdate } from '../storage/decided-update.ts';
import { type Addressed, addressed } from './addressing.ts';

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

/** An update on its way through the bot, and what it comes to. A class since grammY's own context is one. */
export class BotContext extends Context {
  readonly decision: Decision = newDecision();
  /** What answers this update, from its first to its last step, also when the knowledge changes meanwhile. */
  engine: Engine;
  /** Whether that is but some of the documents. */
  isNarrowed = false;
  /** What is set where it was said, read once; undefined in private, and where nothing is known or needed. */
  settings: ChatSettings | undefined;
  readonly locale: Locale;
  /** How the message concerns us; undefined for other updates and for messages that must be left alone. */
  readonly addressed: Addressed | undefined;

  /** `today` is YYYY-MM-DD. */
  constructor(update: Update, api: Api, me: UserFromGetMe, engine: Engine, today: string) {
    super(update, api, me);
    const message = this.message ?? this.editedMessage;
    this.engine = engine;
    this.locale = { ...localeOf(this.from?.language_code), today };
    this.addressed = message && addressed(message, me);
  }
}

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
