import type { Parts } from './parts.ts';
import type { Trx } from './tables.ts';

/** 👍 and 👎, one per person and message. Pressed by `Updates.commit`, so that a repeated update presses nothing twice. */
export interface Feedback {
  totals(): Promise<readonly FeedbackTotal[]>;
}

export interface FeedbackTotal {
  /** What the votes are about, as the caller named it. */
  readonly point: string;
  readonly up: number;
  readonly down: number;
}

export type Vote = 'up' | 'down';

/**
 * A press of 👍 or 👎. The other one changes the vote; the same one again takes it back, as with Telegram's own
 * reactions: there is no other button to undo a slip of the thumb.
 */
export interface Press {
  readonly chatId: number;
  /** Our message's number, or an inline message's id (then under chat 0). */
  readonly message: number | string;
  /** The person's keyed hash, from `People`. */
  readonly person: string;
  readonly point: string;
  readonly vote: Vote;
  /** What was asked, where it is still known: noted when a 👎 stands. */
  readonly question?: string | undefined;
}

export function createFeedback({ db }: Parts): Feedback {
  return {
    async totals() {
      const found = await db
        .selectFrom('feedback')
        .select((eb) => ['point', 'vote', eb.fn.countAll<number>().as('votes')])
        .groupBy(['point', 'vote'])
        .orderBy('point')
        .execute();
      const totals = new Map<string, FeedbackTotal>();
      for (const { point, vote, votes } of found) {
        totals.set(point, { up: 0, down: 0, ...totals.get(point), point, [vote]: Number(votes) });
      }
      return [...totals.values()];
    },
  };
}

/** The vote that stands after the press; undefined when it was taken back. */
export async function press(trx: Trx, pressed: Press, now: number): Promise<Vote | undefined> {
  const { chatId, message, person, point, vote } = pressed;
  const key = String(message);
  const taken = await trx
    .deleteFrom('feedback')
    .where('chat_id', '=', chatId)
    .where('message', '=', key)
    .where('person', '=', person)
    .where('vote', '=', vote)
    .returning('vote')
    .executeTakeFirst();
  if (taken) return undefined;
  await trx
    .insertInto('feedback')
    .values({ chat_id: chatId, message: key, person, point, vote, voted_at: now })
    .onConflict((conflict) =>
      conflict.columns(['chat_id', 'message', 'person']).doUpdateSet({ point, vote, voted_at: now }),
    )
    .execute();
  return vote;
}
