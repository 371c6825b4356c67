import { z } from 'zod';
import type { Library } from '../knowledge/document.ts';
import type { Campaigns } from '../storage/campaigns.ts';
import { sloganFor } from './slogan.ts';

/** The campaign of one local date, for every chat in the world that has that date. */
export interface SloganCampaign {
  readonly id: number;
  readonly localDate: string;
  readonly content: SloganContent;
  readonly finishedAt: number | undefined;
}

/** The campaigns, as rows of the store that every replica shares. */
export interface CampaignBook {
  /** The campaign of a date, begun now if need be; undefined when no slogan is due that day. */
  open(localDate: string): Promise<SloganCampaign | undefined>;
  /** The one of a date if it was begun, of late. */
  find(localDate: string): Promise<SloganCampaign | undefined>;
  unfinished(): Promise<readonly SloganCampaign[]>;
  finish(campaign: SloganCampaign, at: number): Promise<void>;
  /** Keeps the file_id under which Telegram knows the day's poster; undefined forgets it. */
  keepPhoto(localDate: string, fileId: string | undefined): Promise<void>;
}

const contentSchema = z.object({
  version: z.literal(1),
  words: z.string(),
  maker: z.string().optional(),
  /** The poster's file_id, once it was uploaded. */
  photo: z.string().optional(),
});

/** What everyone is shown that day: written once, so that a change of `knowledge/` doesn't split the day. */
export type SloganContent = z.output<typeof contentSchema>;

/** One row by (name, local date) each. */
const NAME = 'slogan';
/** A date lasts 50 hours around the world, so three at most are under way; the rest is for clocks that were wrong. */
const RECENT = 6;

export function createCampaignBook(campaigns: Campaigns, library: () => Library): CampaignBook {
  // What changes a campaign's content reads it first: one after the other.
  let queue: Promise<unknown> = Promise.resolve();

  /** Without those whose rows are damaged: the others go on. */
  async function recent(): Promise<readonly SloganCampaign[]> {
    return (await campaigns.latest(NAME, RECENT)).flatMap(({ id, localDate, content, finishedAt }) => {
      const { data } = contentSchema.safeParse(content);
      return data ? { id, localDate, content: data, finishedAt } : [];
    });
  }

  async function find(localDate: string): Promise<SloganCampaign | undefined> {
    return (await recent()).find((campaign) => campaign.localDate === localDate);
  }

  return {
    find,
    async open(localDate) {
      const begun = await find(localDate);
      if (begun) return begun;
      const slogan = sloganFor(library(), localDate);
      if (!slogan) return undefined;
      const { words, maker } = slogan;
      const content: SloganContent = { version: 1, words, ...(maker === undefined ? {} : { maker }) };
      const { campaign } = await campaigns.begin(NAME, localDate, content);
      const { data: kept } = contentSchema.safeParse(campaign.content);
      // A damaged row is mended; whoever had the day's slogan has it, and gets no second one.
      if (!kept) await campaigns.update(campaign.id, { content });
      return { id: campaign.id, localDate, content: kept ?? content, finishedAt: campaign.finishedAt };
    },
    async unfinished() {
      return (await recent()).filter(({ finishedAt }) => finishedAt === undefined);
    },
    finish: ({ id }, at) => campaigns.update(id, { finishedAt: at }),
    keepPhoto(localDate, fileId) {
      const kept = queue.then(async () => {
        const campaign = await find(localDate);
        if (!campaign || campaign.content.photo === fileId) return;
        const { photo: _, ...content } = campaign.content;
        await campaigns.update(campaign.id, {
          content: fileId === undefined ? content : { ...content, photo: fileId },
        });
      });
      queue = kept.catch(() => undefined);
      return kept;
    },
  };
}
