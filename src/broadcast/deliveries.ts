import type { Delivery } from '../storage/campaigns.ts';
import type { Store } from '../storage/store.ts';
import type { Subscriber, SubscriberSlot } from '../storage/subscribers.ts';
import type { SloganCampaign } from './campaign-book.ts';
import { sloganCall } from './slogan-call.ts';

export interface Materialising {
  readonly store: Pick<Store, 'campaigns' | 'subscribers'>;
  /** The slot as the store has it: its zone may be null. */
  readonly slot: Omit<SubscriberSlot, 'chats'>;
  readonly campaign: SloganCampaign;
  /** Milliseconds: when the slot fell due, and from when on its slogan is not to be sent any more. */
  readonly dueAt: number;
  readonly expiresAt: number;
  /** Asked once there is a chat that wants a poster: whether there is one. */
  readonly posterReady: () => Promise<boolean>;
  /** Called after each page: there is something to send, and others on this thread want their turn. */
  readonly onPage: () => Promise<void>;
}

/**
 * Puts one delivery for each chat of a slot into the outbox, page by page. Doing it again, after a crash or beside
 * another replica, adds those only that are missing. Returns how many are new.
 */
export async function materialise(work: Materialising): Promise<number> {
  const { store, slot, campaign, dueAt, expiresAt, posterReady, onPage } = work;
  let added = 0;
  let poster: boolean | undefined;
  for (let after: number | undefined; ; ) {
    const chats = await store.subscribers.page(slot, after, PAGE);
    const last = chats.at(-1);
    if (!last) return added;
    after = last.chatId;
    if (poster === undefined && chats.some(({ form }) => form === 'poster')) poster = await posterReady();
    const rows = chats.map((chat) => deliveryOf(chat, campaign, poster === true, dueAt, expiresAt));
    added += await store.campaigns.deliver(campaign.id, rows);
    await onPage();
  }
}

/** Chats a page: one transaction of some 5 ms, between which people are answered. */
const PAGE = 500;

function deliveryOf(
  { chatId, topic, form }: Subscriber,
  { localDate, content }: SloganCampaign,
  poster: boolean,
  dueAt: number,
  expiresAt: number,
): Delivery {
  const shown = { words: content.words, maker: content.maker };
  return {
    chatId,
    threadId: topic,
    ...sloganCall(shown, poster ? form : 'text', localDate),
    notBefore: dueAt,
    expiresAt,
  };
}
