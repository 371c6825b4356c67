import type { Bot } from 'grammy';
import { inlineResults } from '../messages/inline.ts';
import type { BotContext } from './context.ts';
import type { HandlerDeps } from './deps.ts';

/** Telegram shows fifty at most; nobody looks at more than these. */
const RESULTS = 20;
/** In seconds. The same words find the same quotes for everybody, until the knowledge changes. */
const CACHED = 300;

/** `@bot 外资 IDC` in any chat: quotes to insert. */
export function handleInline(bot: Bot<BotContext>, { allowance }: HandlerDeps): void {
  bot.on('inline_query', (ctx) => {
    if (allowance.spend(ctx, 'inline') !== 'granted') return;
    const { answerer, library } = ctx.engine;
    const found = answerer.search(ctx.inlineQuery.query, RESULTS);
    const { words, language } = ctx.locale;
    const button = { text: words.askInPrivate, start_parameter: 'inline' };
    // All but the button is the same for everybody; what Telegram keeps for all has the button of most readers.
    const other = { cache_time: CACHED, is_personal: language !== 'zh-Hans', button };
    ctx.decision.after.push(() =>
      ctx.answerInlineQuery(inlineResults(found, library, ctx.me.username, ctx.locale.today), other),
    );
  });
}
