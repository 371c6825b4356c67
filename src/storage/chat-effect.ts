import type { AllowanceLedger } from './allowances.ts';
import type { ChatSettings } from './chat-settings.ts';
import type { SeenChats } from './seen-chats.ts';
import type { Turns } from './turns.ts';

/** What the outside world taught us of a chat. */
export type ChatEffect =
  /** We can't write there any more. */
  | { readonly kind: 'deactivate'; readonly chatId: number; readonly reason: string }
  /** Telegram doesn't know it today; deactivated when that was so on `days` days. */
  | { readonly kind: 'not-found'; readonly chatId: number; readonly days: number }
  /** The slogan can't go there today; switched off when that was so on `days` days. What people ask is still answered. */
  | { readonly kind: 'slogan-off'; readonly chatId: number; readonly reason: string; readonly days: number }
  /** Messages get through to a topic (null: General, or no forum): a slogan that was refused there goes out again. */
  | { readonly kind: 'topic-works'; readonly chatId: number; readonly topic: number | null }
  /** Taken back: it can be written to, and gets its slogan. */
  | { readonly kind: 'restore'; readonly chatId: number }
  /** Nothing is to be sent there until then. */
  | { readonly kind: 'pause'; readonly chatId: number; readonly until: number }
  /** An admin changed what is given. A new time or topic also switches the slogan on again. */
  | { readonly kind: 'settings'; readonly chatId: number; readonly settings: Partial<ChatSettings> }
  /** A group became a supergroup. */
  | { readonly kind: 'migrate'; readonly from: number; readonly to: number };

export interface EffectContext {
  readonly now: number;
  readonly seen: SeenChats;
  readonly allowances: AllowanceLedger;
  readonly turns: Turns;
}

/** The chats that an effect changes. */
export function chatsOf(effect: ChatEffect): readonly number[] {
  return effect.kind === 'migrate' ? [effect.from, effect.to] : [effect.chatId];
}
