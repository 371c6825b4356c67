import type { Bot } from 'grammy';
import type { Answer } from '../answering/answer.ts';
import { leansOn } from '../answering/parts.ts';
import { smallTalk } from '../answering/small-talk.ts';
import { HOUR, MINUTE } from '../durations.ts';
import type { Library } from '../knowledge/document.ts';
import { exampleFor } from '../messages/examples.ts';
import { messageOf } from '../messages/message.ts';
import type { Addressed } from './addressing.ts';
import { readAnswerContent } from './answer-content.ts';
import { answerReply, LONGEST_BEFORE } from './answer-reply.ts';
import { decideAnswer, type Job, readJob } from './asking.ts';
import type { BotContext } from './context.ts';
import type { BotDeps, HandlerDeps } from './deps.ts';
import { type QuestionPlace, reply, topicOf } from './reply.ts';

/** An unaddressed message is answered only from this confidence on. */
const AMBIENT_CONFIDENCE = 0.9;

/** Questions in private, by mention or reply, and, where an admin wants it, whatever is said in a group. */
export function handleQuestions(bot: Bot<BotContext>, deps: HandlerDeps): void {
  const { allowance } = deps;
  bot.on('message', async (ctx) => {
    const { addressed } = ctx;
    if (addressed?.kind === 'question') {
      // Looked for where it may matter: a message that stands alone needs no look into the store.
      const isAlone = addressed.quoted || !leansOn(addressed.text);
      const before = isAlone ? undefined : await questionBefore(ctx, deps);
      return answerQuestion(ctx, { ...addressed, before }, deps);
    }
    if (addressed?.kind === 'wordless') return sayWhatIsRead(ctx, addressed.what, deps);
    if (addressed?.kind !== 'ambient') return;
    if (!ctx.settings?.ambient || allowance.spend(ctx, 'look') !== 'granted') return;
    const answer = ctx.engine.answerer.answer(addressed.text);
    if (answer.outcome !== 'answered' || answer.confidence < AMBIENT_CONFIDENCE) return;
    const place = placeOf(ctx);
    if (place && allowance.take(ctx) === 'granted') say(ctx, place, answer, addressed);
  });
}

export interface Question {
  readonly text: string;
  /** Somebody else's words, of which nothing is kept. */
  readonly quoted?: true | undefined;
  /** The only document to answer from. */
  readonly within?: string | undefined;
  /** The question before it. */
  readonly before?: string | undefined;
}

/** What a message asks of us: by itself, by `/ask`, or by a document's command with something to look for. */
export function questionOf(addressed: Addressed | undefined, library: Library): Question | undefined {
  if (addressed?.kind === 'question') return addressed;
  if (addressed?.kind !== 'command' || addressed.text === '') return undefined;
  const { name, text, quoted } = addressed;
  if (name === 'ask') return { text, quoted };
  const document = library.documents.find(({ command }) => command?.name === name);
  return document && { text, quoted, within: document.id };
}

/** Answers a question that was put to us. */
export async function answerQuestion(
  ctx: BotContext,
  { text, quoted, within, before }: Question,
  { allowance, desk }: HandlerDeps,
): Promise<void> {
  if (ctx.chat?.type !== 'private' && isIdle(text)) return;
  const granted = allowance.take(ctx);
  if (granted === 'once') reply(ctx, [messageOf(ctx.locale.words.tooMany)]);
  const place = placeOf(ctx);
  if (granted !== 'granted' || !place) return;
  const job: Job = { version: 1, kind: 'reply', place, question: text, quoted, within, before };
  const { answer, pointing } = await decideAnswer(ctx, job, ctx.isNarrowed ? undefined : desk);
  say(ctx, place, answer, { text, quoted });
  ctx.decision.pointing = pointing;
}

/** One short word to whoever sent a voice message, a photo or a forward, in private. */
function sayWhatIsRead(ctx: BotContext, what: 'forward' | 'media', { allowance }: HandlerDeps): void {
  if (allowance.spend(ctx, 'wordless') !== 'granted') return;
  const { words } = ctx.locale;
  const example = exampleFor(ctx.engine.answerer.examples, ctx.locale);
  reply(ctx, [messageOf(what === 'forward' ? words.readsNoForwards : words.readsWords(example))]);
}

/** Where the message at hand stands, and whose it is. */
export function placeOf({ chat, msg, from, settings }: BotContext): QuestionPlace | undefined {
  if (!chat || !msg) return undefined;
  return {
    chatId: chat.id,
    messageId: msg.message_id,
    ...topicOf(msg),
    person: from?.id,
    languageCode: from?.language_code,
    ...(settings?.short ? { short: true } : {}),
  };
}

function say(ctx: BotContext, place: QuestionPlace, answer: Answer, question: Question): void {
  const { decision, engine } = ctx;
  const { outgoing, answers, unanswered } = answerReply(place, question, answer, engine);
  decision.outgoing.push(...outgoing);
  decision.answers.push(...answers);
  decision.unanswered.push(...unanswered);
}

/** How long one's own question is what the next one leans on, and how long a quoted answer is. */
const OWN_MS = 2 * MINUTE;
const QUOTED_MS = HOUR;
/** What was asked before: where a message replies to an answer of ours, or follows one's own question closely. */
async function questionBefore(
  ctx: BotContext,
  { store, now }: Pick<BotDeps, 'store' | 'now'>,
): Promise<string | undefined> {
  const { chat, msg } = ctx;
  if (!chat || !msg) return undefined;
  const asked = (content: unknown) => readAnswerContent(content)?.asked;
  const replied = msg.reply_to_message && (await store.answers.byMessage(chat.id, msg.reply_to_message.message_id));
  if (replied && replied.createdAt >= now() - QUOTED_MS) return asked(replied.content)?.question;
  const { person, thread } = askerIn(ctx);
  if (person === undefined) return undefined;
  const waiting = readJob(await store.pointings.latest(chat.id, person));
  if (waiting && waiting.place.threadId === thread) return waiting.question.slice(0, LONGEST_BEFORE);
  const recent = await store.answers.since(chat.id, now() - OWN_MS);
  return recent.map(({ content }) => asked(content)).find((one) => one?.person === person && one.thread === thread)
    ?.question;
}

function askerIn({ from, msg }: BotContext) {
  return { person: from?.id, thread: msg?.is_topic_message ? msg.message_thread_id : undefined };
}

/** "Thanks" and "+1" need no answer in a group. Told by the words alone, before anything is looked for. */
export function isIdle(text: string): boolean {
  const talk = text.length <= LONGEST_TALK ? smallTalk(text) : undefined;
  return talk === 'thanks' || talk === 'acknowledgement';
}

/** In UTF-16 units. */
const LONGEST_TALK = 200;
