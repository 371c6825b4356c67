import { localTime } from '../broadcast/schedule.ts';
import { DAY } from '../durations.ts';
import type { BotDeps } from './deps.ts';
import { gapMessages } from './gaps.ts';
import { notice } from './reply.ts';

/** Tells the owners, once a week, what was asked in vain. */
export interface Digest {
  /** Sends it when it is due and was not sent; to be called now and then. Never rejects. */
  check(): Promise<void>;
}

/** Monday morning, where the bot is at home. */
const HOUR = '09:00';
const MARK = 'gaps-digest';

export function createDigest(
  deps: Pick<BotDeps, 'store' | 'owners' | 'engine' | 'timeZone' | 'now' | 'log'> & { readonly notify: () => void },
): Digest {
  const { store, owners, engine, timeZone, now, log, notify } = deps;

  async function send(): Promise<void> {
    const monday = latestMonday(timeZone, now());
    const sent = await store.marks.get(MARK);
    if (sent === monday) return;
    // A bot that has just been set up has no week behind it.
    const messages = sent === undefined ? [] : await gapMessages(store, engine(), now());
    // Each message is a campaign: neither a crash in between nor another process sends it twice.
    for (const [at, message] of messages.entries()) {
      const { campaign } = await store.campaigns.begin(`${MARK} ${at}`, monday, { version: 1 });
      await store.outbox.enqueue(owners.map((owner) => ({ ...notice(owner, message), campaignId: campaign.id })));
    }
    await store.marks.replace(MARK, sent, monday);
    if (messages.length > 0) notify();
  }

  return {
    async check() {
      if (owners.length === 0) return;
      await send().catch((err: unknown) => log.warn({ err }, '没能把没答上的问题发给 OWNER_IDS，稍后再试'));
    },
  };
}

/** YYYY-MM-DD of the latest Monday whose hour has come. */
export function latestMonday(timeZone: string, at: number): string {
  const { date, time } = localTime(timeZone, at);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  const days = sinceMonday === 0 && time < HOUR ? 7 : sinceMonday;
  return new Date(midnight - days * DAY).toISOString().slice(0, 10);
}
