import { isAnonymousAdmin } from './addressing.ts';
import type { BotContext } from './context.ts';

/** Whether whoever wrote or pressed may change a chat's settings: in private everybody, in groups its admins. */
export async function isAdmin(ctx: BotContext): Promise<boolean> {
  if (ctx.chat?.type === 'private') return true;
  const written = ctx.message ?? ctx.editedMessage;
  if (written && isAnonymousAdmin(written)) return true;
  if (!ctx.chat || !ctx.from || written?.sender_chat) return false;
  // Whoever can't be looked up is nobody we obey.
  const member = await ctx.getChatMember(ctx.from.id).catch(() => undefined);
  return member?.status === 'creator' || member?.status === 'administrator';
}
