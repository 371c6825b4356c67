import { sql } from 'kysely';
import type { Parts } from './parts.ts';

/** Who wants the slogan: active chats that set a time for it and haven't had it switched off. */
export interface Subscribers {
  /** The distinct zones and times, and how many chats share each: a short list even for many chats. */
  slots(): Promise<readonly SubscriberSlot[]>;
  /** A page of the chats of one slot, by id; `after` is the last id of the page before. */
  page(slot: Omit<SubscriberSlot, 'chats'>, after: number | undefined, limit: number): Promise<readonly Subscriber[]>;
}

export interface SubscriberSlot {
  /** By name; null: the bot's own. */
  readonly timeZone: string | null;
  /** HH:MM */
  readonly sloganTime: string;
  readonly chats: number;
}

export interface Subscriber {
  readonly chatId: number;
  readonly topic: number | undefined;
  readonly form: 'text' | 'poster';
  readonly languageCode: string | undefined;
}

// As the partial index has it.
const isSubscribed = sql<boolean>`slogan_time is not null`;

export function createSubscribers({ db }: Parts): Subscribers {
  const wanting = () =>
    db.selectFrom('chats').where(isSubscribed).where('active', '=', 1).where('slogan_off', 'is', null);
  return {
    async slots() {
      const found = await wanting()
        .select((eb) => ['time_zone', 'slogan_time', eb.fn.countAll<number>().as('chats')])
        .groupBy(['time_zone', 'slogan_time'])
        .execute();
      return found.map(({ time_zone, slogan_time, chats }) => ({
        timeZone: time_zone,
        sloganTime: slogan_time ?? '',
        chats: Number(chats),
      }));
    },
    async page({ timeZone, sloganTime }, after, limit) {
      const found = await wanting()
        .select(['id', 'slogan_topic', 'slogan_form', 'language_code'])
        .where('time_zone', timeZone === null ? 'is' : '=', timeZone)
        .where('slogan_time', '=', sloganTime)
        .$if(after !== undefined, (query) => query.where('id', '>', after ?? 0))
        .orderBy('id')
        .limit(limit)
        .execute();
      return found.map(({ id, slogan_topic, slogan_form, language_code }) => ({
        chatId: id,
        topic: slogan_topic ?? undefined,
        form: slogan_form,
        languageCode: language_code ?? undefined,
      }));
    },
  };
}
