import { type Bot, GrammyError } from 'grammy';
import type { Answered } from '../answering/answer.ts';
import { documentKey, keyOf } from '../answering/key.ts';
import { answerMessages } from '../messages/answer.ts';
import { entryCard, sectionCard, topicCard } from '../messages/browse.ts';
import { type Callback, isKeepers, type KeeperCallback, parseCallback } from '../messages/callback.ts';
import type { Message } from '../messages/message.ts';
import { originalView } from '../messages/original.ts';
import { readAnswerContent } from './answer-content.ts';
import type { BotContext } from './context.ts';
import type { BotDeps, HandlerDeps } from './deps.ts';
import { acknowledge, contentOf, reply } from './reply.ts';

/** Buttons below our messages. What a press shows takes the place of the message, but a related question is asked anew. */
export function handleButtons(bot: Bot<BotContext>, deps: HandlerDeps): void {
  bot.on('callback_query:data', async (ctx, next) => {
    const callback = parseCallback(ctx.callbackQuery.data);
    if (callback?.kind === 'setting') return next();
    const isOurs = callback && !isKeepers(callback);
    if (!isOurs || isOutOfReach(ctx) || !(await press(ctx, callback, deps))) {
      acknowledge(ctx, ctx.locale.words.gone);
    }
  });
}

/** A message that was deleted or is too old comes without its date: it can't be changed, nor its topic be known. */
function isOutOfReach({ callbackQuery }: BotContext): boolean {
  return callbackQuery?.message === undefined || callbackQuery.message.date === 0;
}

/** False when what the button is about is no longer there. */
async function press(
  ctx: BotContext,
  callback: Exclude<Callback, KeeperCallback | { kind: 'setting' }>,
  deps: HandlerDeps,
): Promise<boolean> {
  if (callback.kind === 'topic' || callback.kind === 'section') {
    const card = cardOf(ctx, callback);
    if (card) show(ctx, card);
    return card !== undefined;
  }
  const { answerer, library } = ctx.engine;
  const opened = answerer.open(callback.key);
  if (!opened) return false;
  switch (callback.kind) {
    case 'ask':
      askAnew(ctx, opened, deps);
      return true;
    case 'original':
      show(ctx, originalView(opened, callback.paragraph, ctx.locale));
      return true;
    case 'back': {
      // The buttons stood below the last of several messages.
      const related = await relatedBefore(ctx, opened, deps);
      const message = answerMessages({ ...opened, related }, library, ctx.locale).at(-1);
      if (message) show(ctx, message);
      return true;
    }
    case 'vote':
      await vote(ctx, callback.key, callback.vote, deps);
      return true;
  }
}

/** The card of a document, of a section or of an entry of an outline; undefined when there is none of that key. */
function cardOf({ engine, locale }: BotContext, { kind, key }: Extract<Callback, { kind: 'topic' | 'section' }>) {
  const { library, outlines } = engine;
  if (kind === 'topic') {
    const document = library.documents.find(({ id }) => documentKey(id) === key);
    return document && topicCard(document, outlines.of(document), locale);
  }
  for (const document of library.documents) {
    for (const section of document.sections) {
      if (keyOf({ kind: 'section', document, section }) === key) return sectionCard(document, section, locale);
    }
  }
  const found = outlines.find(key);
  return found && entryCard(found.document, found.entry, locale);
}

function askAnew(ctx: BotContext, opened: Answered, { allowance }: HandlerDeps): void {
  const granted = allowance.take(ctx);
  acknowledge(ctx, granted === 'granted' ? undefined : ctx.locale.words.tooMany);
  if (granted === 'granted') reply(ctx, answerMessages(opened, ctx.engine.library, ctx.locale));
}

/** The related questions that stood below the answer when it was given. */
async function relatedBefore(ctx: BotContext, opened: Answered, { store }: BotDeps): Promise<Answered['related']> {
  const { chat, msg } = ctx;
  const known = chat && msg && (await store.answers.byMessage(chat.id, msg.message_id));
  const content = readAnswerContent(known?.content);
  if (!content || content.key !== opened.key) return opened.related;
  return content.related.flatMap((key) => ctx.engine.answerer.relate(key) ?? []);
}

async function vote(ctx: BotContext, key: string, given: 'up' | 'down', { store }: BotDeps): Promise<void> {
  const { chat, msg, from, decision, locale } = ctx;
  if (!chat || !msg || !from) return;
  const known = given === 'down' ? await store.answers.byMessage(chat.id, msg.message_id) : undefined;
  decision.press = {
    chatId: chat.id,
    message: msg.message_id,
    person: store.people.keyOf(from.id),
    point: key,
    vote: given,
    question: readAnswerContent(known?.content)?.asked?.question,
  };
  decision.after.push(({ vote: standing }) => ctx.answerCallbackQuery({ text: locale.words.voted(standing) }));
}

/** Puts a message in the place of the one whose button was pressed, and says so when that can't be done any more. */
export function show(ctx: BotContext, message: Message): void {
  ctx.decision.after.push(async () => {
    const { text, ...other } = contentOf(message);
    const options = { ...other, entities: [...other.entities] } as Parameters<typeof ctx.editMessageText>[1];
    const shown = await ctx.editMessageText(text, options).then(() => true, isAsShown);
    await ctx.answerCallbackQuery(shown ? {} : { text: ctx.locale.words.gone });
  });
}

/** Two quick presses of one button: the second finds the message as it should be. */
function isAsShown(cause: unknown): boolean {
  return cause instanceof GrammyError && cause.description.includes('message is not modified');
}
