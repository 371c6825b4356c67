import { localTime } from '../broadcast/schedule.ts';
import type { Outage } from '../delivery/halt.ts';
import { messageOf } from '../messages/message.ts';
import { OWNERS } from '../messages/wording.ts';
import type { BotDeps } from './deps.ts';
import { notice } from './reply.ts';

/** Tells the owners, in private, what they should know of the bot's health. */
export interface OwnerNotices {
  outage(outage: Outage): void;
}

/** A Telegram that comes and goes must not fill the owners' chats, in milliseconds. */
const SAID_EVERY = 3_600_000;
const OUTAGE = 'outage';

export function createOwnerNotices(
  deps: Pick<BotDeps, 'store' | 'owners' | 'timeZone' | 'log'> & { readonly notify: () => void },
): OwnerNotices {
  const { store, owners, timeZone, log, notify } = deps;
  let saidAt = Number.NEGATIVE_INFINITY;

  /** Each replica may have noticed: a campaign of its own makes it one message an owner. */
  async function tell(text: string, hour: string): Promise<void> {
    const { campaign } = await store.campaigns.begin(OUTAGE, hour, { version: 1 });
    await store.outbox.enqueue(owners.map((owner) => ({ ...notice(owner, messageOf(text)), campaignId: campaign.id })));
    notify();
  }

  return {
    outage({ from, to }) {
      if (owners.length === 0 || Math.abs(to - saidAt) < SAID_EVERY) return;
      saidAt = to;
      const [start, end] = [localTime(timeZone, from), localTime(timeZone, to)];
      const until = start.date === end.date ? end.time : `${end.date} ${end.time}`;
      tell(OWNERS.outage(`${start.date} ${start.time}`, until), `${end.date} ${end.time.slice(0, 2)}`).catch(
        (err: unknown) => {
          log.warn({ err }, '没能告诉 OWNER_IDS 发送中断过');
        },
      );
    },
  };
}
