import type { Bot } from 'grammy';
import type { Answer } from '../answering/answer.ts';
import { smallTalk } from '../answering/small-talk.ts';
import type { Library } from '../knowledge/document.ts';
import { answerMessages } from '../messages/answer.ts';
import { messageOf } from '../messages/message.ts';
import type { Addressed } from './addressing.ts';
import type { Allowance } from './allowance.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { reply } from './reply.ts';

/** An unaddressed message is answered only from this confidence on. */
const AMBIENT_CONFIDENCE = 0.9;

/** Questions in private, by mention or reply, and, where an admin wants it, whatever is said in a group. */
export function handleQuestions(bot: Bot<BotContext>, { store, now }: BotDeps, allowance: Allowance): void {
  bot.on('message', async (ctx) => {
    const { addressed } = ctx;
    if (addressed?.kind === 'question') {
      answerQuestion(ctx, { text: addressed.text, before: await questionBefore(ctx, { store, now }) }, allowance);
      return;
    }
    if (addressed?.kind !== 'ambient') return;
    const chat = await store.chats.get(ctx.chat.id);
    if (!chat?.settings.ambient || allowance.spend(ctx, 'look') !== 'granted') return;
    const answer = ctx.engine.answerer.answer(addressed.text);
    if (answer.outcome !== 'answered' || answer.confidence < AMBIENT_CONFIDENCE) return;
    if (allowance.take(ctx) === 'granted') say(ctx, answer, addressed.text);
  });
}

export interface Question {
  readonly text: string;
  /** The only document to answer from. */
  readonly within?: string | undefined;
  /** The question before it. */
  readonly before?: string | undefined;
}

/** What a message asks of us: by itself, by `/ask`, or by a document's command with something to look for. */
export function questionOf(addressed: Addressed | undefined, library: Library): Question | undefined {
  if (addressed?.kind === 'question') return addressed;
  if (addressed?.kind !== 'command' || addressed.text === '') return undefined;
  const { name, text } = addressed;
  if (name === 'ask') return { text };
  const document = library.documents.find(({ command }) => command?.name === name);
  return document && { text, within: document.id };
}

/** Answers a question that was put to us. */
export function answerQuestion(ctx: BotContext, question: Question, allowance: Allowance): void {
  const { text, within, before } = question;
  if (ctx.chat?.type !== 'private' && isIdle(text)) return;
  const granted = allowance.take(ctx);
  if (granted === 'once') reply(ctx, [messageOf(ctx.locale.words.tooMany)]);
  if (granted !== 'granted') return;
  const answer = ctx.engine.answerer.answer(text, { within, before });
  if (answer.outcome === 'related' || isUncovered(answer)) ctx.decision.unanswered.push(text);
  say(ctx, answer, text);
}

/** What is kept of an answer, for edits and buttons. */
export interface AnswerContent {
  readonly version: 1;
  readonly outcome: Answer['outcome'];
  /** Of the point or section that was quoted. */
  readonly key: string | null;
  readonly related: readonly string[];
  /** How many messages it took. */
  readonly messages: number;
  /** For a question that leans on this one. It is looked at for an hour at most, and then taken out. */
  readonly asked?: {
    readonly question: string;
    readonly person: number | undefined;
    readonly thread: number | undefined;
  };
}

export function contentOfAnswer(answer: Answer, messages: number): AnswerContent {
  const key = answer.outcome === 'answered' ? answer.key : null;
  return { version: 1, outcome: answer.outcome, key, related: answer.related.map((related) => related.key), messages };
}

function say(ctx: BotContext, answer: Answer, question: string): void {
  const messages = answerMessages(answer, ctx.engine.library, ctx.locale);
  reply(ctx, messages, { answers: true });
  const { chat, msg } = ctx;
  if (chat && msg) {
    const asked = { question: question.slice(0, LONGEST_BEFORE), ...askerIn(ctx) };
    const content: AnswerContent = { ...contentOfAnswer(answer, messages.length), asked };
    ctx.decision.answers.push({ chatId: chat.id, questionId: msg.message_id, content });
  }
}

/** In milliseconds: how long one's own question is what the next one leans on, and how long a quoted answer is. */
const OWN_MS = 120_000;
const QUOTED_MS = 3_600_000;
/** In UTF-16 units: of a longer question the beginning. */
const LONGEST_BEFORE = 200;

/** What was asked before: where a message replies to an answer of ours, or follows one's own question closely. */
async function questionBefore(
  ctx: BotContext,
  { store, now }: Pick<BotDeps, 'store' | 'now'>,
): Promise<string | undefined> {
  const { chat, msg } = ctx;
  if (!chat || !msg) return undefined;
  const asked = (content: unknown) => (content as AnswerContent).asked;
  const replied = msg.reply_to_message && (await store.answers.byMessage(chat.id, msg.reply_to_message.message_id));
  if (replied && replied.createdAt >= now() - QUOTED_MS) return asked(replied.content)?.question;
  const { person, thread } = askerIn(ctx);
  if (person === undefined) return undefined;
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

function isUncovered(answer: Answer): boolean {
  return answer.outcome === 'unanswered' && (answer.reason === 'uncovered' || answer.reason === 'unsure');
}
