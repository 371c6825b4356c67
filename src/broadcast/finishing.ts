import { DAY, MINUTE } from '../durations.ts';
import type { Log, Store } from '../storage/store.ts';
import type { CampaignBook, SloganCampaign } from './campaign-book.ts';
import { summaryFigures } from './summary.ts';
import { BROADCAST } from './wording.ts';

export interface FinishingDeps {
  readonly store: Pick<Store, 'campaigns' | 'outbox'>;
  readonly book: CampaignBook;
  readonly log: Log;
  /** Chats (persons) that are told. */
  readonly owners: readonly number[];
  /** The owners' own. */
  readonly timeZone: string;
}

/** Ends campaigns that are over, and tells the owners how they went, once. */
export interface Finishing {
  /**
   * `lastDue` says when the last slot of a date falls due. Returns how many notices were put into the outbox.
   */
  check(at: number, lastDue: (localDate: string) => number | undefined): Promise<number>;
}

const SUMMARY = 'slogan-summary';
/** No more than so many sends a second: so much later at least, all can be sent. */
const PACE = 30;
const EVERY = 30_000;
/** Who subscribes or leaves can move the last hour of a day. */
const LONGEST_WAIT = 10 * MINUTE;

export function createFinishing({ store, book, log, owners, timeZone }: FinishingDeps): Finishing {
  /** Counting a large campaign's rows takes a tenth of a second, so it is put off while it can't be over. */
  const notBefore = new Map<number, number>();
  let unfinished: readonly SloganCampaign[] = [];
  let readAt = Number.NEGATIVE_INFINITY;

  async function finish(campaign: SloganCampaign, at: number): Promise<number> {
    const summary = await store.campaigns.summary(campaign.id);
    const open = summary.states.pending + summary.states.sending;
    if (open > 0) {
      notBefore.set(campaign.id, at + Math.max(EVERY, (open / PACE) * 1_000));
      return 0;
    }
    const figures = summaryFigures(campaign, summary, timeZone);
    const rows = figures.sent + figures.unknown + figures.expired + figures.failed;
    // Begun for someone who asked for the day's slogan; a subscriber may still come.
    if (rows === 0 && at < Date.parse(campaign.localDate) + 2 * DAY) {
      notBefore.set(campaign.id, at + LONGEST_WAIT);
      return 0;
    }
    const told = rows > 0 ? owners : [];
    if (told.length > 0) {
      // A campaign of its own, since an owner may be a subscriber too: one row per chat makes each summary go out once,
      // whatever crashes between these lines and however many replicas get here.
      const { campaign: own } = await store.campaigns.begin(SUMMARY, campaign.localDate, { version: 1 });
      const call = { kind: 'notice', method: 'sendMessage', campaignId: own.id } as const;
      const text = BROADCAST.summary(figures);
      await store.outbox.enqueue(told.map((chatId) => ({ ...call, chatId, payload: { text } })));
    }
    await book.finish(campaign, at);
    notBefore.delete(campaign.id);
    unfinished = unfinished.filter(({ id }) => id !== campaign.id);
    if (rows > 0) log.info({ ...figures, reasons: Object.fromEntries(figures.reasons) }, '每日标语发完了');
    return told.length;
  }

  return {
    async check(at, lastDue) {
      if (at - readAt >= EVERY || at < readAt) {
        unfinished = await book.unfinished();
        for (const id of notBefore.keys()) if (!unfinished.some((one) => one.id === id)) notBefore.delete(id);
        readAt = at;
      }
      let told = 0;
      for (const campaign of unfinished) {
        const wait = notBefore.get(campaign.id);
        // A clock that was put back by more than a day is not waited for.
        if (wait !== undefined && at < wait && wait - at <= DAY) continue;
        const last = lastDue(campaign.localDate);
        if (last !== undefined && last > at) {
          notBefore.set(campaign.id, Math.min(last, at + LONGEST_WAIT));
          continue;
        }
        told += await finish(campaign, at);
      }
      return told;
    },
  };
}
