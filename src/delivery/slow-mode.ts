import { HOUR, MINUTE } from '../durations.ts';
import { makeRoom } from '../storage/make-room.ts';

/**
 * Tells the waits that a chat asks for its own sake from those that Telegram asks of everybody: a group in slow mode
 * refuses only those who spoke there lately, with the very same words.
 */
export interface SlowMode {
  delivered(chatId: number, at: number): void;
  /** Whether what was delivered there explains that the chat wants us to wait so long, in milliseconds. */
  explains(chatId: number, waitMs: number, at: number): boolean;
}

/** The longest slow mode (messages.toggleSlowMode allows 3,600 s), and the minute by which a person's chat is counted. */
const GROUP_MS = HOUR;
const PERSON_MS = MINUTE;
/** Telegram counts from when a message arrived, in whole seconds. */
const SLACK_MS = 5_000;
/** Chats remembered. One that is forgotten explains nothing, which costs a short pause at most. */
const REMEMBERED = 20_000;

export function createSlowMode(): SlowMode {
  const delivered = new Map<number, number>();
  return {
    delivered(chatId, at) {
      delivered.delete(chatId);
      delivered.set(chatId, at);
      makeRoom(delivered, REMEMBERED);
    },
    explains(chatId, waitMs, at) {
      const last = delivered.get(chatId);
      if (last === undefined) return false;
      return at - last + waitMs <= (chatId < 0 ? GROUP_MS : PERSON_MS) + SLACK_MS;
    },
  };
}
