import type { Kysely } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import type { Trx } from './tables.ts';

/** Refusals are forgotten after so many days without one. */
const FORGOTTEN_AFTER = 7;
const DAY = 86_400_000;

export async function addSloganRefusals(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('chats')
    .addColumn('slogan_refusals', types.integer, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('chats').addColumn('slogan_refused_day', types.integer).execute();
}

/** A topic that is closed for a day costs a day's slogan and no more: it is switched off when refused on `days` days. */
export async function countSloganRefusal(
  trx: Trx,
  chatId: number,
  { reason, days }: { readonly reason: string; readonly days: number },
  now: number,
): Promise<void> {
  const today = Math.floor(now / DAY);
  const chat = await trx
    .selectFrom('chats')
    .select(['slogan_refusals', 'slogan_refused_day'])
    .where('id', '=', chatId)
    .executeTakeFirst();
  if (!chat || chat.slogan_refused_day === today) return;
  const isRecent = chat.slogan_refused_day !== null && Math.abs(today - chat.slogan_refused_day) <= FORGOTTEN_AFTER;
  const counted = isRecent ? chat.slogan_refusals + 1 : 1;
  await trx
    .updateTable('chats')
    .set({
      slogan_refusals: counted,
      slogan_refused_day: today,
      ...(counted >= days ? { slogan_off: reason } : {}),
      updated_at: now,
    })
    .where('id', '=', chatId)
    .execute();
}

/** What a chat looks like whose slogan nobody refuses. */
export const UNREFUSED = { slogan_off: null, slogan_refusals: 0, slogan_refused_day: null } as const;

/** Something got through to a topic, or it was opened again: if the slogan goes there, it goes out again. */
export async function forgetSloganRefusals(trx: Trx, chatId: number, topic: number | null): Promise<void> {
  await trx
    .updateTable('chats')
    .set(UNREFUSED)
    .where('id', '=', chatId)
    .where('slogan_topic', topic === null ? 'is' : '=', topic)
    .where('slogan_refusals', '>', 0)
    .execute();
}
