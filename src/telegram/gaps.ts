import type { Bot } from 'grammy';
import { documentKey } from '../answering/key.ts';
import { DAY } from '../durations.ts';
import type { Engine } from '../engine.ts';
import { type Draft, draftKey, findDraft, nextDraft } from '../gaps/drafts.ts';
import { clausesFor, type Gap, gapsOf, questionsOf } from '../gaps/gaps.ts';
import { type Callback, parseCallback } from '../messages/callback.ts';
import { GAPS, gapCard, suggestionCard, withheldLesson } from '../messages/gaps.ts';
import { KEEPER } from '../messages/keeper.ts';
import { type Message, messageOf } from '../messages/message.ts';
import type { Store } from '../storage/store.ts';
import { isOwner } from './admins.ts';
import type { BotContext } from './context.ts';
import type { BotDeps, Keeping, Learned } from './deps.ts';
import { acknowledge, contentOf, reply } from './reply.ts';

type GapDeps = Pick<BotDeps, 'owners' | 'store' | 'now' | 'log'> & Keeping;

/** So many days are looked back, so many questions looked at, and so many gaps shown. */
const DAYS = 90;
const LOOKED_AT = 2_000;
const SHOWN = 10;

/** `/gaps`: what people asked in vain, for owners. */
export function handleGaps(bot: Bot<BotContext>, { keeping, ...deps }: BotDeps): void {
  if (!keeping) return;
  bot.on('message', async (ctx, next) => {
    const { addressed } = ctx;
    if (addressed?.kind !== 'command' || addressed.name !== 'gaps' || ctx.chat.type !== 'private') return next();
    if (!isOwner(ctx, deps)) return reply(ctx, [messageOf(KEEPER.ownersOnly)]);
    const messages = await gapMessages(deps.store, ctx.engine, deps.now());
    reply(ctx, messages.length > 0 ? messages : [messageOf(GAPS.none)]);
  });
}

/** A head and a card for each of the most frequent gaps; nothing where there are none. */
export async function gapMessages(
  { unanswered }: Pick<Store, 'unanswered'>,
  { library, answerer }: Engine,
  now: number,
): Promise<readonly Message[]> {
  const noted = await unanswered.list(now - DAYS * DAY, LOOKED_AT);
  const gaps = gapsOf(noted, { library, answerer, most: SHOWN });
  if (gaps.length === 0) return [];
  const cards = gaps.map((gap: Gap) => gapCard(gap, clausesFor(gap, answerer)));
  return [messageOf(GAPS.head(gaps.length, DAYS)), ...cards];
}

/** What an owner says of a gap with their thumb. */
export function handleGapButtons(bot: Bot<BotContext>, { keeping, ...others }: BotDeps): void {
  if (!keeping) return;
  const deps = { ...others, ...keeping };
  bot.on('callback_query:data', async (ctx, next) => {
    const callback = parseCallback(ctx.callbackQuery.data);
    if (callback?.kind !== 'teach' && callback?.kind !== 'gap' && callback?.kind !== 'suggestion') return next();
    if (!isOwner(ctx, deps)) return acknowledge(ctx, KEEPER.ownersOnly);
    if (callback.kind === 'suggestion') return pressSuggestion(ctx, callback, deps);
    const noted = await deps.store.unanswered.list(deps.now() - DAYS * DAY, LOOKED_AT);
    const questions = questionsOf(noted, callback.key);
    if (!questions) return acknowledge(ctx, GAPS.gone);
    acknowledge(ctx, callback.kind === 'gap' && callback.act === 'drop' ? undefined : GAPS.checking);
    later(ctx, () => settle(ctx, callback, questions, deps), deps);
  });
}

/** The first phrasing that is drafted for a document. */
export function firstSuggestion(engine: Engine, document: string): Message {
  return suggestionCard(documentKey(document), keyed(nextDraft(document, undefined, engine)));
}

function pressSuggestion(
  ctx: BotContext,
  { key, draft, take }: Extract<Callback, { kind: 'suggestion' }>,
  deps: GapDeps,
): void {
  const { engine } = ctx;
  const document = engine.library.documents.find(({ id }) => documentKey(id) === key)?.id;
  const found = document === undefined ? undefined : findDraft(document, draft, engine);
  if (document === undefined || !found) {
    acknowledge(ctx, GAPS.gone);
    return;
  }
  const { question } = found;
  acknowledge(ctx, take ? GAPS.checking : undefined);
  const work = async () => {
    const next = keyed(nextDraft(document, draft, engine));
    if (!take) return suggestionCard(key, next);
    const learned = await deps.learn({ key: found.key, list: 'ask', questions: [question] });
    const said = learned.outcome === 'learned' ? GAPS.learned(question, learned.title) : whyNot(question, learned);
    return suggestionCard(key, next, said);
  };
  later(ctx, work, deps);
}

function keyed(draft: Draft | undefined) {
  return draft && { key: draftKey(draft.question), question: draft.question, quote: draft.quote };
}

/** Does what was pressed once it is committed, and shows what came of it in the place of the card. */
function later(ctx: BotContext, work: () => Promise<Message>, { log }: Pick<GapDeps, 'log'>): void {
  ctx.decision.onCommit.push(() => {
    work()
      .catch((err: unknown) => {
        log.warn({ err }, '没能照管理员点的改问法');
        return messageOf(GAPS.failed);
      })
      .then((message) => replace(ctx, message))
      .catch((err: unknown) => log.warn({ err }, '没能告诉管理员问法改得怎么样'));
  });
}

async function settle(
  { engine }: BotContext,
  callback: Extract<Callback, { kind: 'teach' | 'gap' }>,
  questions: readonly [string, ...string[]],
  { store, learn }: GapDeps,
): Promise<Message> {
  const [question] = questions;
  const done = async (said: string) => {
    await store.unanswered.forget(questions);
    return messageOf(said);
  };
  if (callback.kind === 'gap' && callback.act === 'drop') return done(GAPS.dropped(question));
  if (callback.kind === 'teach') {
    const { key, target, force } = callback;
    const learned = await learn({ key: target, list: 'ask', questions }, { force });
    if (learned.outcome === 'withheld') return withheldLesson(key, target, question, learned.questions);
    if (learned.outcome === 'learned') return done(GAPS.learned(question, learned.title));
    return messageOf(whyNot(question, learned));
  }
  const [nearest] = engine.answerer.nearest(question, 1);
  if (!nearest) return done(GAPS.dropped(question));
  const learned = await learn({ key: nearest.key, list: 'not', questions });
  return learned.outcome === 'learned' ? done(GAPS.missed(question)) : messageOf(whyNot(question, learned));
}

function whyNot(question: string, learned: Exclude<Learned, { outcome: 'learned' }>): string {
  switch (learned.outcome) {
    case 'gone':
      return GAPS.gone;
    case 'taken':
      return GAPS.taken(question, learned.title);
    case 'unreadable':
      return GAPS.unreadable(learned.path);
    case 'withheld':
      return GAPS.withheld(question, learned.questions);
    case 'broken':
      return GAPS.broken;
  }
}

/** A message in the place of the card whose button was pressed. */
async function replace(ctx: BotContext, message: Message): Promise<void> {
  const { text, ...other } = contentOf(message);
  await ctx.editMessageText(text, { ...other, entities: [...other.entities] } as Parameters<
    typeof ctx.editMessageText
  >[1]);
}
