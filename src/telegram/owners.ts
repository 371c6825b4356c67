import { localTime } from '../broadcast/schedule.ts';
import type { Outage } from '../delivery/halt.ts';
import { HOUR } from '../durations.ts';
import { messageOf } from '../messages/message.ts';
import { OWNERS } from '../messages/wording.ts';
import type { Fault } from '../model/endpoint.ts';
import { shortHash } from '../text/hash.ts';
import type { BotDeps } from './deps.ts';
import { notice } from './reply.ts';

/** Tells the owners, in private, what they should know of the bot's health. */
export interface OwnerNotices {
  outage(outage: Outage): void;
  /** The model that helps to find is not asked any more, or again. */
  model(trouble: Fault | 'over'): void;
  /** What an edit of the documents came to, in words. */
  edit(text: string): void;
}

/** A Telegram that comes and goes must not fill the owners' chats. */
const SAID_EVERY = HOUR;
const OUTAGE = 'outage';
const EDIT = 'edit';
const MODEL_DOWN = 'model-down';
const MODEL_BACK = 'model-back';

export function createOwnerNotices(
  deps: Pick<BotDeps, 'store' | 'owners' | 'timeZone' | 'log' | 'now' | 'desk'> & { readonly notify: () => void },
): OwnerNotices {
  const { store, owners, timeZone, log, notify, now, desk } = deps;
  let saidAt = Number.NEGATIVE_INFINITY;

  /** Each replica may have noticed: a campaign of its own makes it one message an owner. */
  async function tell(text: string, subject: string, hour: string): Promise<void> {
    const { campaign } = await store.campaigns.begin(subject, hour, { version: 1 });
    await store.outbox.enqueue(owners.map((owner) => ({ ...notice(owner, messageOf(text)), campaignId: campaign.id })));
    notify();
  }

  return {
    outage({ from, to }) {
      if (owners.length === 0 || Math.abs(to - saidAt) < SAID_EVERY) return;
      saidAt = to;
      const [start, end] = [localTime(timeZone, from), localTime(timeZone, to)];
      const until = start.date === end.date ? end.time : `${end.date} ${end.time}`;
      const hour = `${end.date} ${end.time.slice(0, 2)}`;
      tell(OWNERS.outage(`${start.date} ${start.time}`, until), OUTAGE, hour).catch((err: unknown) => {
        log.warn({ err }, '没能告诉 OWNER_IDS 发送中断过');
      });
    },
    edit(text) {
      if (owners.length === 0) return;
      const { date, time } = localTime(timeZone, now());
      tell(text, `${EDIT} ${shortHash(text)}`, `${date} ${time}`).catch((err: unknown) => {
        log.warn({ err }, '没能告诉 OWNER_IDS 资料的改动怎么样了');
      });
    },
    model(trouble) {
      if (owners.length === 0 || !desk) return;
      const { model, host } = desk;
      const isOver = trouble === 'over';
      // One that comes and goes is told of once an hour each way.
      const { date, time } = localTime(timeZone, now());
      const text = isOver ? OWNERS.modelBack(model, host) : OWNERS.modelDown(model, host, trouble);
      tell(text, isOver ? MODEL_BACK : MODEL_DOWN, `${date} ${time.slice(0, 2)}`).catch((err: unknown) => {
        log.warn({ err }, '没能告诉 OWNER_IDS 模型的事');
      });
    },
  };
}
