import { isAdmin } from './admins.ts';
import { type Allowance, isSetting } from './allowance.ts';
import type { BotContext } from './context.ts';
import type { LookUps } from './look-ups.ts';
import { isJoin } from './membership.ts';

/** The commands that only admins may give in a group. */
const ADMINS_COMMANDS: ReadonlySet<string> = new Set(['settings', 'subscribe', 'unsubscribe']);

/** Asks ahead what the handlers of an update will ask; what is over its allowance is not asked for. */
export function lookAhead(ctx: BotContext, allowance: Allowance, lookUps: LookUps): Promise<unknown> | undefined {
  if (ctx.chat?.type === 'private') return undefined;
  if (ctx.message && ctx.addressed?.kind === 'command' && ADMINS_COMMANDS.has(ctx.addressed.name)) {
    return allowance.take(ctx) === 'granted' ? isAdmin(ctx, lookUps) : undefined;
  }
  if (isSetting(ctx)) return allowance.spend(ctx, 'setting') === 'granted' ? isAdmin(ctx, lookUps) : undefined;
  if (ctx.myChatMember && isJoin(ctx.myChatMember)) return lookAround(ctx, allowance, lookUps);
  return undefined;
}

function lookAround(ctx: BotContext, allowance: Allowance, lookUps: LookUps): Promise<unknown> | undefined {
  if (!ctx.chat || ctx.myChatMember?.new_chat_member.status === 'administrator') return undefined;
  if (allowance.spend(ctx, 'join') !== 'granted') return undefined;
  return Promise.all([lookUps.maySpeak(ctx.update, ctx.chat.id), lookUps.seesEverything(ctx.update)]);
}
