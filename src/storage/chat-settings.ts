import type { Kysely } from 'kysely';
import { UNREFUSED } from './slogan-refusals.ts';
import type { Tables } from './tables.ts';

export interface ChatSettings {
  /** Whether unaddressed questions are answered too. */
  readonly ambient: boolean;
  /** HH:MM; null: not subscribed. */
  readonly sloganTime: string | null;
  /** By name; null: the bot's. */
  readonly timeZone: string | null;
  readonly sloganTopic: number | null;
  readonly sloganForm: 'text' | 'poster';
  /** Whether a model may be asked what answers. */
  readonly model: boolean;
}

/** False when the chat isn't known. */
export async function changeSettings(
  db: Kysely<Tables>,
  chatId: number,
  { ambient, sloganTime, timeZone, sloganTopic, sloganForm, model }: Partial<ChatSettings>,
  now: number,
): Promise<boolean> {
  const again = typeof sloganTime === 'string' || sloganTopic !== undefined;
  const result = await db
    .updateTable('chats')
    .set({
      ...(ambient === undefined ? {} : { ambient: ambient ? 1 : 0 }),
      ...(sloganTime === undefined ? {} : { slogan_time: sloganTime }),
      ...(timeZone === undefined ? {} : { time_zone: timeZone }),
      ...(sloganTopic === undefined ? {} : { slogan_topic: sloganTopic }),
      ...(sloganForm === undefined ? {} : { slogan_form: sloganForm }),
      ...(model === undefined ? {} : { model: model ? 1 : 0 }),
      ...(again ? UNREFUSED : {}),
      updated_at: now,
    })
    .where('id', '=', chatId)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}
