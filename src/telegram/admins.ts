import { isAnonymousAdmin } from './addressing.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import type { LookUps } from './look-ups.ts';

/** Whether whoever wrote or pressed may change a chat's settings: in private everybody, in groups its admins. */
export async function isAdmin(ctx: BotContext, lookUps: LookUps): Promise<boolean> {
  if (ctx.chat?.type === 'private') return true;
  const written = ctx.message ?? ctx.editedMessage;
  if (written && isAnonymousAdmin(written)) return true;
  if (!ctx.chat || !ctx.from || written?.sender_chat) return false;
  // Whoever can't be looked up is nobody we obey.
  return (await lookUps.isAdmin(ctx.update, ctx.chat.id, ctx.from.id)) === true;
}

/**
 * Whether we see only what is addressed to us in a group: privacy mode is on, and we are no admin. False also when that
 * can't be learnt, since it would be said in vain.
 */
export async function isDeaf({ chat, me, update }: BotContext, lookUps: LookUps): Promise<boolean> {
  if (!chat || chat.type === 'private') return false;
  const seesAll = (await lookUps.seesEverything(update)) ?? me.can_read_all_group_messages;
  return !seesAll && (await lookUps.amAdmin(update, chat.id, me.id)) === false;
}

/** Whether it is an owner of the bot who speaks to it alone. */
export function isOwner({ from, chat }: BotContext, { owners }: Pick<BotDeps, 'owners'>): boolean {
  return chat?.type === 'private' && from !== undefined && owners.includes(from.id);
}
