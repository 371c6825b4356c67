import type { Update } from '@grammyjs/types';
import { Bot } from 'grammy';
import { localTime } from '../broadcast/schedule.ts';
import { UNBOUNDED } from '../delivery/budget.ts';
import { createAllowance, limitCommands, limitPresses } from './allowance.ts';
import { handleButtons } from './buttons.ts';
import { applyChoices } from './choices.ts';
import { handleCommands } from './commands.ts';
import { BotContext, type Decision } from './context.ts';
import type { BotDeps } from './deps.ts';
import { handleEdits } from './edits.ts';
import { handleGapButtons, handleGaps } from './gaps.ts';
import { createFetch } from './http.ts';
import { handleInline } from './inline.ts';
import { handleKeeperButtons, handleKeeping } from './keeping.ts';
import { lookAhead, mayAsk } from './look-ahead.ts';
import { createLookUps } from './look-ups.ts';
import { handleMembership } from './membership.ts';
import { handleQuestions } from './questions.ts';
import { askerOf, seenChat } from './seen.ts';
import { handleSettings } from './settings.ts';
import { handleSlogan } from './slogan.ts';
import { handleStats } from './stats.ts';

export interface WenceBot {
  readonly bot: Bot<BotContext>;
  /** Decides what an update comes to; sends nothing but what a decision needs to be known (who is an admin). */
  decide(update: Update): Promise<Decision>;
  /** Asks ahead what deciding it will need to know; undefined when that is nothing. Never rejects. */
  prepare(update: Update): Promise<unknown> | undefined;
}

/** In seconds, for calls that somebody waits for: who is an admin, what a button shows. */
const CALL_SECONDS = 10;

/** The bot, and the order in which an update meets its parts. */
export function createBot(given: BotDeps): WenceBot {
  const { token, apiRoot, fetch = createFetch(), budget = UNBOUNDED } = given;
  const bot = new Bot<BotContext>(token, { client: { apiRoot, timeoutSeconds: CALL_SECONDS, fetch } });
  const allowance = createAllowance(given);
  const deps = { ...given, allowance, lookUps: createLookUps(bot.api, given.now, budget) };
  handleMembership(bot, deps);
  handleInline(bot, deps);
  applyChoices(bot, deps);
  limitPresses(bot, allowance);
  handleKeeperButtons(bot, deps);
  handleGapButtons(bot, deps);
  handleButtons(bot, deps);
  handleEdits(bot, deps);
  limitCommands(bot, allowance);
  handleGaps(bot, deps);
  handleStats(bot, deps);
  handleKeeping(bot, deps);
  handleSettings(bot, deps);
  handleSlogan(bot, deps);
  handleCommands(bot, deps);
  handleQuestions(bot, deps);

  const handle = bot.middleware();
  const contextOf = (update: Update): BotContext => {
    const { date } = localTime(deps.timeZone, deps.now());
    return new BotContext(update, bot.api, bot.botInfo, deps.engine(), date);
  };

  return {
    bot,
    async decide(update) {
      const ctx = contextOf(update);
      ctx.decision.chat = seenChat(ctx);
      ctx.decision.asker = askerOf(ctx);
      await handle(ctx, async () => {});
      return ctx.decision;
    },
    prepare: (update) => (mayAsk(update, bot.botInfo) ? lookAhead(contextOf(update), deps) : undefined),
  };
}
