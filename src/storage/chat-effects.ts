import type { ChatEffect, EffectContext } from './chat-effect.ts';
import { migrateChat } from './chat-migration.ts';
import { changeSettings } from './chat-settings.ts';
import { pauseChat } from './pauses.ts';
import { countSloganRefusal, forgetSloganRefusals, UNREFUSED } from './slogan-refusals.ts';
import type { Trx } from './tables.ts';

export async function applyEffects(trx: Trx, effects: readonly ChatEffect[], context: EffectContext): Promise<void> {
  for (const effect of effects) await applyEffect(trx, effect, context);
}

/** Days of "chat not found" are forgotten after so many without one, in days. */
const FORGOTTEN_AFTER = 7;
const DAY = 86_400_000;

async function applyEffect(trx: Trx, effect: ChatEffect, context: EffectContext): Promise<void> {
  const { now, seen } = context;
  switch (effect.kind) {
    case 'deactivate':
      seen.forget(effect.chatId);
      return deactivate(trx, effect.chatId, effect.reason, now);
    case 'not-found':
      seen.forget(effect.chatId);
      return countNotFound(trx, effect.chatId, effect.days, now);
    case 'slogan-off':
      return countSloganRefusal(trx, effect.chatId, effect, now);
    case 'topic-works':
      return forgetSloganRefusals(trx, effect.chatId, effect.topic);
    case 'restore':
      await trx
        .updateTable('chats')
        .set({ active: 1, inactive_reason: null, inactive_at: null, ...UNREFUSED, updated_at: now })
        .where('id', '=', effect.chatId)
        .execute();
      return;
    case 'pause':
      return pauseChat(trx, effect.chatId, effect.until);
    case 'settings':
      await changeSettings(trx, effect.chatId, effect.settings, now);
      return;
    case 'migrate':
      seen.forget(effect.from);
      seen.forget(effect.to);
      return migrateChat(trx, effect.from, effect.to, context);
  }
}

async function deactivate(trx: Trx, chatId: number, reason: string, now: number): Promise<void> {
  await trx
    .updateTable('chats')
    // What the group is called is no business of ours any more.
    .set({ active: 0, inactive_reason: reason, inactive_at: now, title: null, updated_at: now })
    .where('id', '=', chatId)
    .where('active', '=', 1)
    .execute();
}

async function countNotFound(trx: Trx, chatId: number, days: number, now: number): Promise<void> {
  const today = Math.floor(now / DAY);
  const chat = await trx
    .selectFrom('chats')
    .select(['not_found_days', 'not_found_day'])
    .where('id', '=', chatId)
    .executeTakeFirst();
  if (!chat || chat.not_found_day === today) return;
  const recent = chat.not_found_day !== null && today - chat.not_found_day <= FORGOTTEN_AFTER;
  const counted = recent ? chat.not_found_days + 1 : 1;
  await trx
    .updateTable('chats')
    .set({ not_found_days: counted, not_found_day: today, updated_at: now })
    .where('id', '=', chatId)
    .execute();
  if (counted >= days) await deactivate(trx, chatId, 'chat-not-found', now);
}
