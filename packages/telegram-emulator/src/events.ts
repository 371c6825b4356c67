import type { Message, Update } from '@grammyjs/types';
import type { RecordedCall } from './calls.ts';

/** What a subscriber sees, as it happens. Times are milliseconds of the emulator's clock. */
export type EmulatorEvent =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'edited'; readonly message: Message; readonly before: Message }
  | { readonly kind: 'deleted'; readonly chatId: number; readonly messageId: number }
  | {
      readonly kind: 'reaction';
      readonly chatId: number;
      readonly messageId: number;
      readonly reaction: readonly string[];
    }
  | { readonly kind: 'pinned'; readonly chatId: number; readonly messageId: number }
  | {
      readonly kind: 'action';
      readonly chatId: number;
      readonly threadId: number | undefined;
      readonly action: string;
      /** When the client stops showing it, unless a message of the bot ends it before. */
      readonly until: number;
    }
  | { readonly kind: 'callback'; readonly queryId: string; readonly userId: number; readonly answer: CallbackAnswer }
  | { readonly kind: 'commands' }
  | { readonly kind: 'chat'; readonly chatId: number }
  | { readonly kind: 'update'; readonly update: Update }
  | { readonly kind: 'confirmed'; readonly updateId: number }
  | { readonly kind: 'call'; readonly call: RecordedCall };

/** What a press of a button comes to; `answered: false` when the bot stays silent past the query's life. */
export type CallbackAnswer =
  | { readonly answered: true; readonly text?: string; readonly alert: boolean; readonly url?: string }
  | { readonly answered: false };

export type Listener = (event: EmulatorEvent) => void;

export interface EventHub {
  emit(event: EmulatorEvent): void;
  /** Returns the way to stop listening. */
  subscribe(listener: Listener): () => void;
}

export function createEventHub(): EventHub {
  const listeners = new Set<Listener>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
