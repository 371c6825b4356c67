import { sql } from 'kysely';
import type { EffectContext } from './chat-effect.ts';
import { readObject } from './json.ts';
import { isOpen } from './open-rows.ts';
import { endPointingsIn } from './pointings.ts';
import type { Trx } from './tables.ts';

/**
 * A group that became a supergroup has a new id: every row follows. Doing it again changes nothing, so the service
 * messages of both chats and a refused send may each ask for it.
 */
export async function migrateChat(trx: Trx, from: number, to: number, context: EffectContext): Promise<void> {
  if (from === to) return;
  await moveChat(trx, from, to, context.now);
  await dropHello(trx, to);
  await endPointingsIn(trx, from, context);
  await moveOutbox(trx, from, to);
  await moveAnswers(trx, from, to);
  await moveFeedback(trx, from, to);
  for (const key of context.allowances.rekey(from, to)) {
    await trx.deleteFrom('allowances').where('key', '=', key).execute();
  }
}

async function moveChat(trx: Trx, from: number, to: number, now: number): Promise<void> {
  const old = await trx.selectFrom('chats').selectAll().where('id', '=', from).executeTakeFirst();
  if (!old) return;
  const young = await trx.selectFrom('chats').selectAll().where('id', '=', to).executeTakeFirst();
  if (!young) {
    await trx
      .updateTable('chats')
      .set({ id: to, type: 'supergroup', updated_at: now })
      .where('id', '=', from)
      .execute();
    return;
  }
  // Both have been seen: the new one's looks, and the settings that people made in the old one unless made anew.
  const chosen = young.slogan_time === null ? old : young;
  await trx
    .updateTable('chats')
    .set({
      ambient: Math.max(old.ambient, young.ambient),
      model: Math.min(old.model, young.model),
      short: Math.max(old.short, young.short),
      documents_off: young.documents_off ?? old.documents_off,
      silent_until: young.silent_until ?? old.silent_until,
      slogan_time: chosen.slogan_time,
      slogan_form: chosen.slogan_form,
      slogan_off: chosen.slogan_off,
      slogan_refusals: chosen.slogan_refusals,
      slogan_refused_day: chosen.slogan_refused_day,
      time_zone: young.time_zone ?? old.time_zone,
      language_code: young.language_code ?? old.language_code,
      updated_at: now,
    })
    .where('id', '=', to)
    .execute();
  await trx.deleteFrom('chats').where('id', '=', from).execute();
}

/**
 * The hello that waits under the new number: the group was greeted under its old one. It is the only notice to a group
 * that an update brings forth; others, put into the outbox by themselves, stay.
 */
async function dropHello(trx: Trx, to: number): Promise<void> {
  await trx
    .deleteFrom('outbox')
    .where('chat_id', '=', to)
    .where(isOpen)
    .where('kind', '=', 'notice')
    .where('update_id', 'is not', null)
    .where('state', '=', 'pending')
    .execute();
}

async function moveOutbox(trx: Trx, from: number, to: number): Promise<void> {
  await keepOneDeliveryEach(trx, from, to);
  // Message numbers of a group mean nothing in its supergroup: what still waits replies to nothing, rather than to a
  // stranger's message that happens to have that number.
  const waiting = await trx
    .selectFrom('outbox')
    .select(['id', 'payload'])
    .where('chat_id', '=', from)
    .where(isOpen)
    .where('state', '=', 'pending')
    .execute();
  for (const { id, payload } of waiting) {
    const { reply_parameters: dropped, ...kept } = readObject(payload) ?? {};
    if (dropped === undefined) continue;
    await trx
      .updateTable('outbox')
      .set({ payload: JSON.stringify(kept) })
      .where('id', '=', id)
      .execute();
  }
  await trx
    .updateTable('outbox')
    .set({ chat_id: to, question_id: sql<number | null>`-abs(question_id)` })
    .where('chat_id', '=', from)
    .execute();
}

/** Where both ids are to get, or got, the same campaign, one of the two deliveries is dropped, a waiting one first. */
async function keepOneDeliveryEach(trx: Trx, from: number, to: number): Promise<void> {
  const pairs = await trx
    .selectFrom('outbox as a')
    .innerJoin('outbox as b', 'a.campaign_id', 'b.campaign_id')
    .where('a.chat_id', '=', from)
    .where('b.chat_id', '=', to)
    .where('a.campaign_id', 'is not', null)
    .select(['a.id as old', 'a.state as oldState', 'b.id as young', 'b.state as youngState'])
    .execute();
  for (const pair of pairs) {
    if (pair.oldState === 'pending') await trx.deleteFrom('outbox').where('id', '=', pair.old).execute();
    else if (pair.youngState === 'pending') await trx.deleteFrom('outbox').where('id', '=', pair.young).execute();
    else await trx.updateTable('outbox').set({ campaign_id: null }).where('id', '=', pair.old).execute();
  }
}

/** Kept under negative numbers, which no message of the supergroup can have. */
async function moveAnswers(trx: Trx, from: number, to: number): Promise<void> {
  // A group that was itself moved here may have both numbers; then its own counts.
  await trx
    .deleteFrom('answers')
    .where('chat_id', '=', from)
    .where('question_id', 'in', (eb) =>
      eb
        .selectFrom('answers')
        .select(sql<number>`-question_id`.as('moved'))
        .where('chat_id', '=', from)
        .where('question_id', '>', 0),
    )
    .execute();
  await trx
    .deleteFrom('answers')
    .where('chat_id', '=', to)
    .where('question_id', 'in', (eb) =>
      eb.selectFrom('answers').select(sql<number>`-abs(question_id)`.as('moved')).where('chat_id', '=', from),
    )
    .execute();
  await trx
    .updateTable('answers')
    .set({ chat_id: to, question_id: sql<number>`-abs(question_id)`, message_id: sql<number | null>`-abs(message_id)` })
    .where('chat_id', '=', from)
    .execute();
}

async function moveFeedback(trx: Trx, from: number, to: number): Promise<void> {
  await trx
    .deleteFrom('feedback')
    .where('chat_id', '=', to)
    .where('message', 'in', (eb) =>
      eb.selectFrom('feedback').select(sql<string>`'-' || message`.as('moved')).where('chat_id', '=', from),
    )
    .execute();
  await trx
    .updateTable('feedback')
    .set({ chat_id: to, message: sql<string>`'-' || message` })
    .where('chat_id', '=', from)
    .execute();
}
