import type { Library } from '../knowledge/document.ts';
import type { Log } from '../storage/store.ts';
import type { Subscriber, Subscribers } from '../storage/subscribers.ts';
import { type ShownSlogan, sloganFor } from './slogan.ts';
import { createSlots, type SlotOccurrence } from './slots.ts';

/** One slot on one day: who would get what, and when. */
export interface Forecast {
  readonly occurrence: SlotOccurrence;
  /** undefined: no slogan is due that day, so nobody gets any. */
  readonly slogan: ShownSlogan | undefined;
  readonly chats: number;
  readonly posters: number;
  readonly topics: number;
}

export interface ForecastWish {
  readonly subscribers: Subscribers;
  readonly library: Library;
  /** Of chats that chose none. */
  readonly timeZone: string;
  /** Milliseconds since 1970; the end counts, the beginning doesn't. */
  readonly from: number;
  readonly until: number;
  readonly log: Log;
  /** Told of each chat in turn, out of so many in all. */
  readonly onChat: (chat: Subscriber, occurrence: SlotOccurrence, all: number) => void;
}

/** What would be sent in a stretch of time, if nobody subscribed or left; reads the store and changes nothing. */
export async function forecast(wish: ForecastWish): Promise<readonly Forecast[]> {
  const { subscribers, library, timeZone, from, until, log, onChat } = wish;
  const slots = createSlots({ subscribers, timeZone, log });
  await slots.refresh(from);
  const due = slots.due(from, until, from);
  const all = due.reduce((sum, { of }) => sum + of.chats, 0);
  const found: Forecast[] = [];
  for (const occurrence of due) {
    const counts = { chats: 0, posters: 0, topics: 0 };
    for (let after: number | undefined; ; ) {
      const page = await subscribers.page(occurrence.of, after, PAGE);
      for (const chat of page) {
        counts.chats++;
        if (chat.form === 'poster') counts.posters++;
        if (chat.topic !== undefined) counts.topics++;
        onChat(chat, occurrence, all);
      }
      after = page.at(-1)?.chatId;
      if (after === undefined) break;
    }
    found.push({ occurrence, slogan: sloganFor(library, occurrence.localDate), ...counts });
  }
  return found;
}

const PAGE = 1_000;
