import type { AnswerRecord } from './answers.ts';
import type { ChatEffect } from './chat-effect.ts';
import type { Press } from './feedback.ts';
import type { OutgoingRow } from './outbox-row.ts';
import type { SeenChat } from './seen-chats.ts';

/** What was decided about an update. */
export interface DecidedUpdate {
  readonly updateId: number;
  /** In the order in which they are to arrive. */
  readonly outgoing: readonly OutgoingRow[];
  /** The chat, as this update shows it. Not for an update that says we were removed from it. */
  readonly chat?: SeenChat | undefined;
  /** Who asked: a person's number, or a chat's. Not kept; it tells whose turn it is among all that wait. */
  readonly asker?: number | undefined;
  readonly answers?: readonly AnswerRecord[] | undefined;
  readonly unanswered?: readonly string[] | undefined;
  /** Somebody is asked first: then all of the above waits for what they say, and may give way to it. */
  readonly pointing?: NewPointing | undefined;
  readonly press?: Press | undefined;
  /** What it changes about chats, after `chat` was written. */
  readonly effects?: readonly ChatEffect[] | undefined;
}

/** What an update that is asked about adds to what was decided, which is what is replied when nobody says anything. */
export interface NewPointing {
  readonly chatId: number;
  /** The message of theirs. */
  readonly questionId: number;
  /** JSON of the caller's own shape; absent where nobody is asked, and the reply only takes its place. */
  readonly job?: unknown;
  /** It was edited before it was answered: takes the place of that question's row, and is left out when there is none any more. */
  readonly replaces?: boolean | undefined;
}
