import type { Kysely } from 'kysely';
import { writeDocumentsOff } from './chat-choices.ts';
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
  /** Whether answers come in short. */
  readonly short: boolean;
  /** The ids of documents that do not answer there. */
  readonly documentsOff: readonly string[];
  /** Nobody is answered there until then, in milliseconds since 1970; null: everybody is. */
  readonly silentUntil: number | null;
}

/** As `silentUntil`: for good. */
export const FOR_GOOD = Number.MAX_SAFE_INTEGER;

/** False when the chat isn't known. */
export async function changeSettings(
  db: Kysely<Tables>,
  chatId: number,
  changed: Partial<ChatSettings>,
  now: number,
): Promise<boolean> {
  const { ambient, sloganTime, timeZone, sloganTopic, sloganForm, model, short, documentsOff, silentUntil } = changed;
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
      ...(short === undefined ? {} : { short: short ? 1 : 0 }),
      ...(documentsOff === undefined ? {} : { documents_off: writeDocumentsOff(documentsOff) }),
      ...(silentUntil === undefined ? {} : { silent_until: silentUntil }),
      ...(again ? UNREFUSED : {}),
      updated_at: now,
    })
    .where('id', '=', chatId)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}
