import type { Update } from '@grammyjs/types';
import { Bot } from 'grammy';
import { localeOf } from '../messages/locale.ts';
import { addressed } from './addressing.ts';
import { createAllowance, limitCommands } from './allowance.ts';
import { handleButtons } from './buttons.ts';
import { handleCommands } from './commands.ts';
import { type BotContext, type Decision, newDecision } from './context.ts';
import type { BotDeps } from './deps.ts';
import { handleEdits } from './edits.ts';
import { handleInline } from './inline.ts';
import { handleMembership } from './membership.ts';
import { handleQuestions } from './questions.ts';
import { seenChat } from './seen.ts';
import { handleSettings } from './settings.ts';
import { handleSlogan } from './slogan.ts';

export interface WenceBot {
  readonly bot: Bot<BotContext>;
  /** Decides what an update comes to; sends nothing but what a decision needs to be known (who is an admin). */
  decide(update: Update): Promise<Decision>;
}

/** In seconds, for calls that somebody waits for: who is an admin, what a button shows. */
const CALL_SECONDS = 10;

/** The bot, and the order in which an update meets its parts. */
export function createBot(deps: BotDeps): WenceBot {
  const bot = new Bot<BotContext>(deps.token, { client: { apiRoot: deps.apiRoot, timeoutSeconds: CALL_SECONDS } });
  const decisions = new WeakMap<Update, Decision>();

  bot.use(async (ctx, next) => {
    const decision = decisions.get(ctx.update) ?? newDecision();
    decision.chat = seenChat(ctx);
    const message = ctx.message ?? ctx.editedMessage;
    Object.assign(ctx, {
      decision,
      engine: deps.engine(),
      locale: localeOf(ctx.from?.language_code),
      addressed: message && addressed(message, ctx.me),
    });
    await next();
  });
  const allowance = createAllowance(deps);
  handleMembership(bot, deps);
  handleInline(bot);
  handleButtons(bot, deps, allowance);
  handleEdits(bot, deps, allowance);
  limitCommands(bot, allowance);
  handleSettings(bot, deps);
  handleSlogan(bot, deps);
  handleCommands(bot, allowance);
  handleQuestions(bot, deps, allowance);

  return {
    bot,
    async decide(update) {
      const decision = newDecision();
      decisions.set(update, decision);
      await bot.handleUpdate(update);
      return decision;
    },
  };
}
