import type { Bot } from 'grammy';
import { answerMessages } from '../messages/answer.ts';
import { topicCard } from '../messages/browse.ts';
import { parsePayload } from '../messages/callback.ts';
import { commandList, sourcesMessages } from '../messages/cards.ts';
import { exampleFor } from '../messages/examples.ts';
import { messageOf, messagesOf } from '../messages/message.ts';
import { topicsOf } from '../messages/source-line.ts';
import type { BotContext } from './context.ts';
import type { HandlerDeps } from './deps.ts';
import { answerQuestion, questionOf } from './questions.ts';
import { reply } from './reply.ts';

type Handler = (ctx: BotContext, text: string) => void | Promise<void>;

/** Commands of the bot's own, and those that documents bring. Unknown ones are another bot's business, or a slip. */
export function handleCommands(bot: Bot<BotContext>, deps: HandlerDeps): void {
  const own: Readonly<Record<string, Handler>> = {
    start(ctx, payload) {
      const key = parsePayload(payload);
      const { answerer, library } = ctx.engine;
      const opened = key === undefined ? undefined : answerer.open(key);
      if (opened) return reply(ctx, answerMessages(opened, library, ctx.locale));
      const { words, label } = ctx.locale;
      const username = ctx.chat?.type === 'private' ? undefined : ctx.me.username;
      const example = exampleFor(answerer.examples, ctx.locale);
      return reply(ctx, messagesOf(words.start(topicsOf(library).map(label), example, username)));
    },
    help(ctx) {
      const { library } = ctx.engine;
      reply(ctx, messagesOf(ctx.locale.words.help(commandList(library, ctx.locale), ctx.me.username)));
    },
    ask(ctx) {
      const { words } = ctx.locale;
      const text = words.askPrompt(exampleFor(ctx.engine.answerer.examples, ctx.locale));
      reply(ctx, [{ ...messageOf(text), prompt: words.askPlaceholder }]);
    },
    sources(ctx) {
      const { library, outlines } = ctx.engine;
      reply(ctx, sourcesMessages(library, outlines, ctx.locale, deps.desk));
    },
  };

  bot.on('message', async (ctx, next) => {
    const { addressed, engine } = ctx;
    if (addressed?.kind !== 'command') return next();
    const asked = questionOf(addressed, engine.library);
    if (asked) return answerQuestion(ctx, asked, deps);
    const { name, text } = addressed;
    const handler = Object.hasOwn(own, name) ? own[name] : undefined;
    if (handler) return handler(ctx, text);
    const document = engine.library.documents.find(({ command }) => command?.name === name);
    if (document) reply(ctx, [topicCard(document, engine.outlines.of(document), ctx.locale)]);
    else if (ctx.chat.type === 'private') reply(ctx, [messageOf(ctx.locale.words.unknownCommand)]);
  });
}
