import { z } from 'zod';
import type { Campaigns } from '../storage/campaigns.ts';

/** Up to when slots have been looked at: what fell due before is in the outbox, or was given up. */
export interface Watermark {
  through(): number;
  /** Writes it down at once when `firmly`, else about every five minutes. */
  advance(at: number, firmly: boolean): Promise<void>;
}

const NAME = 'slogan-watch';
const WRITTEN_EVERY = 5 * 60_000;

const contentSchema = z.object({ version: z.literal(1), through: z.number() });

/**
 * Kept as the one row of a campaign of its own. A crash loses five minutes of it at most; looking at a slot again
 * sends nothing twice, and only who subscribed to an hour just past would get that day's slogan after all.
 * At the very first start, or when the row is damaged, nothing lies in the past.
 */
export async function openWatermark(campaigns: Campaigns, now: number): Promise<Watermark> {
  const { campaign } = await campaigns.begin(NAME, 'once', { version: 1, through: now });
  let through = contentSchema.safeParse(campaign.content).data?.through ?? now;
  let writtenAt = through;
  return {
    through: () => through,
    async advance(at, firmly) {
      through = at;
      if (!firmly && at - writtenAt < WRITTEN_EVERY && at >= writtenAt) return;
      await campaigns.update(campaign.id, { content: { version: 1, through } });
      writtenAt = at;
    },
  };
}
