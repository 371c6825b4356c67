import type { Send } from '../delivery/attempt.ts';
import type { SendResult } from '../delivery/outcome.ts';
import type { OutboxRow } from '../storage/outbox-row.ts';
import type { Log } from '../storage/store.ts';
import type { CampaignBook, SloganCampaign } from './campaign-book.ts';
import type { Drawn, PosterOrder } from './poster/draw.ts';
import { withoutPoster } from './slogan-call.ts';
import { dayNumber } from './slogan-of-day.ts';

/** Draws, off this thread; throws when that fails. */
export type DrawPoster = (order: PosterOrder) => Promise<Drawn>;

/**
 * The posters of the day, each drawn once a process and uploaded until Telegram has a name for it: by as many as are in
 * the air at once. Having them wait for the first one would let them all go together, faster than the pace allows.
 */
export interface Posters {
  /** Whether a day's slogan can be shown as a poster; draws it if nobody has yet. */
  ready(campaign: SloganCampaign): Promise<boolean>;
  /**
   * Wraps what sends rows: a photo that is a `PosterReference` becomes a file_id or a PNG's bytes. What it wraps says
   * as `fileId` what a photo became, and takes bytes (Uint8Array) as an upload.
   */
  sending(send: SendPhoto): Send;
}

export type SendPhoto = (
  row: OutboxRow,
  signal: AbortSignal,
) => Promise<SendResult & { readonly fileId?: string | undefined }>;

type Photo = string | Uint8Array;

export function createPosters(book: CampaignBook, draw: DrawPoster, log: Log): Posters {
  /** By local date: what Telegram calls it, or the drawing; undefined when there can be none. */
  const photos = new Map<string, Promise<Photo | undefined>>();

  function photoOf(localDate: string, known?: SloganCampaign): Promise<Photo | undefined> {
    let photo = photos.get(localDate);
    if (!photo) {
      photo = obtain(localDate, known);
      photos.set(localDate, photo);
      for (const old of photos.keys()) if (photos.size > KEPT) photos.delete(old);
      // The database's trouble is no verdict on the poster.
      photo.catch(() => photos.delete(localDate));
    }
    return photo;
  }

  async function obtain(localDate: string, known: SloganCampaign | undefined): Promise<Photo | undefined> {
    const campaign = known ?? (await book.find(localDate));
    if (!campaign) return undefined;
    const { words, maker, photo } = campaign.content;
    if (photo !== undefined) return photo;
    try {
      const drawn = await draw({ words, maker, number: dayNumber(localDate) });
      if (drawn.kind === 'drawn') return drawn.png;
      log.warn({ localDate, ...drawn }, '这条标语画不成海报，改发文字');
    } catch (cause) {
      log.error({ localDate, err: cause }, '画海报失败，改发文字');
    }
    return undefined;
  }

  async function learn(localDate: string, photo: Photo, fileId: string): Promise<void> {
    if (typeof photo === 'string' || typeof (await photos.get(localDate)) === 'string') return;
    photos.set(localDate, Promise.resolve(fileId));
    await book
      .keepPhoto(localDate, fileId)
      .catch((cause: unknown) => log.warn({ localDate, err: cause }, '没能记下海报的 file_id'));
  }

  async function forget(localDate: string): Promise<Photo | undefined> {
    photos.delete(localDate);
    try {
      await book.keepPhoto(localDate, undefined);
      return await photoOf(localDate);
    } catch {
      return undefined;
    }
  }

  return {
    ready: async (campaign) => (await photoOf(campaign.localDate, campaign)) !== undefined,
    sending: (send) => async (row, signal) => {
      const localDate = posterOf(row.payload);
      if (localDate === undefined) return send(row, signal);
      const asText = { ...row, ...withoutPoster(row.payload) };
      const attempt = (photo: Photo) => send({ ...row, payload: { ...row.payload, photo } }, signal);
      // A throw here would count as a message that may have arrived, when none was sent.
      let photo = await photoOf(localDate).catch(() => undefined);
      if (photo === undefined) return send(asText, signal);
      let result = await attempt(photo);
      // Each of these refusals is certain, so nothing has arrived and the other way may be tried at once.
      if (typeof photo === 'string' && isRefusal(result, FILE_UNKNOWN)) {
        photo = await forget(localDate);
        result = photo === undefined ? await send(asText, signal) : await attempt(photo);
      }
      if (isRefusal(result, NO_PHOTOS)) result = await send(asText, signal);
      else if (photo !== undefined && result.kind === 'delivered' && result.fileId !== undefined) {
        await learn(localDate, photo, result.fileId);
      }
      return result;
    },
  };
}

/** Days whose posters are kept in memory, some 0.1 MB each. */
const KEPT = 4;

/** Another bot's file_id, or one that a server of our own has lost. */
const FILE_UNKNOWN = /wrong (remote )?file|file identifier|file reference|FILE_REFERENCE|wrong type of the web page/i;
/** A group may allow words and not photos. */
const NO_PHOTOS = /CHAT_SEND_(PHOTOS|MEDIA)_FORBIDDEN|not enough rights to send photos/i;

function isRefusal(result: SendResult, description: RegExp): boolean {
  return result.kind === 'refused' && result.code === 400 && description.test(result.description);
}

function posterOf(payload: Readonly<Record<string, unknown>>): string | undefined {
  const { photo } = payload;
  if (typeof photo !== 'object' || photo === null || !('poster' in photo)) return undefined;
  return typeof photo.poster === 'string' ? photo.poster : undefined;
}
