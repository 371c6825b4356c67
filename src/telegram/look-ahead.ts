import type { Update, UserFromGetMe } from '@grammyjs/types';
import { parseCallback } from '../messages/callback.ts';
import { type Addressed, addressed } from './addressing.ts';
import { isAdmin, isDeaf } from './admins.ts';
import { isSetting } from './allowance.ts';
import type { BotContext } from './context.ts';
import type { HandlerDeps } from './deps.ts';
import { isJoin } from './membership.ts';

/** The commands that only admins may give in a group. */
const ADMINS_COMMANDS: ReadonlySet<string> = new Set(['settings', 'subscribe', 'unsubscribe', 'stop']);

/**
 * Whether deciding an update may need a look-up. Most are questions: what is no admin's command, press or membership needs
 * none. Who does not know who we are takes every command for one.
 */
export function mayAsk({ message, callback_query, my_chat_member }: Update, me?: UserFromGetMe): boolean {
  if (callback_query !== undefined || my_chat_member !== undefined) return true;
  if (message && me) return isForAdmins(addressed(message, me));
  return message?.text?.startsWith('/') ?? message?.caption?.startsWith('/') ?? false;
}

function isForAdmins(about: Addressed | undefined): boolean {
  return about?.kind === 'command' && ADMINS_COMMANDS.has(about.name);
}

/** Asks ahead what the handlers of an update will ask; what is over its allowance is not asked for. */
export function lookAhead(ctx: BotContext, deps: HandlerDeps): Promise<unknown> | undefined {
  const { allowance, lookUps } = deps;
  if (ctx.chat?.type === 'private') return undefined;
  const { addressed: about } = ctx;
  if (ctx.message && about?.kind === 'command' && isForAdmins(about)) {
    if (allowance.take(ctx) !== 'granted') return undefined;
    return about.name === 'settings' ? lookForCard(ctx, deps) : isAdmin(ctx, lookUps);
  }
  if (isSetting(ctx)) return allowance.spend(ctx, 'setting') === 'granted' ? lookForCard(ctx, deps) : undefined;
  if (ctx.myChatMember && isJoin(ctx.myChatMember)) return lookAround(ctx, deps);
  return undefined;
}

/** Where ambient answers are on, or are to be, the card tells whether we see what is said. */
async function lookForCard(ctx: BotContext, { store, lookUps }: HandlerDeps): Promise<void> {
  if (!ctx.chat || !(await isAdmin(ctx, lookUps))) return;
  const callback = parseCallback(ctx.callbackQuery?.data ?? '');
  const change = callback?.kind === 'setting' ? callback.change : undefined;
  // A database that refuses just now shows when the update is decided.
  const chat = await store.chats.get(ctx.chat.id).catch(() => undefined);
  const isAmbient = change === 'ambient' || chat?.settings.ambient === true;
  if (isAmbient && change !== 'quiet') await isDeaf(ctx, lookUps);
}

function lookAround(ctx: BotContext, { allowance, lookUps }: HandlerDeps): Promise<unknown> | undefined {
  if (!ctx.chat || ctx.myChatMember?.new_chat_member.status === 'administrator') return undefined;
  if (allowance.spend(ctx, 'join') !== 'granted') return undefined;
  return Promise.all([lookUps.maySpeak(ctx.update, ctx.chat.id), lookUps.seesEverything(ctx.update)]);
}
