import type { Answer } from '../answering/answer.ts';
import type { Desk } from '../asking/desk.ts';
import type { AskingDeps } from '../asking/worker.ts';
import type { Engine } from '../engine.ts';
import type { NewPointing } from '../storage/decided-update.ts';
import type { PointingReply } from '../storage/pointings.ts';
import type { Store } from '../storage/store.ts';
import { answerEdit, answerReply } from './answer-reply.ts';
import type { BotContext } from './context.ts';
import type { QuestionPlace } from './reply.ts';

/** A question that a model is asked about before it is answered, as it is kept meanwhile. */
export interface Job {
  readonly version: 1;
  /** A reply to the question, or an edit of the one that it got before it was edited. */
  readonly kind: 'reply' | 'edit';
  readonly place: QuestionPlace;
  readonly question: string;
  readonly quoted?: true | undefined;
  readonly within?: string | undefined;
  readonly before?: string | undefined;
}

/** What is answered at once; or what is to be asked first, and what is replied when nobody says anything. */
export interface Decided {
  readonly answer: Answer;
  readonly pointing?: NewPointing;
}

/** Answers a question, or has a model asked about it where one is configured, the chat wants it, and the answer is doubtful. */
export async function decideAnswer(ctx: BotContext, job: Job, desk: Desk | undefined): Promise<Decided> {
  const { answerer } = ctx.engine;
  const { question, within, before, place } = job;
  const asked = { within, before };
  const without = answerer.answer(question, asked);
  if (!desk) return { answer: without };
  const { chatId, messageId } = place;
  const considered = await desk.consider({ answerer, question, asked, without, chatId });
  if (considered.kind === 'at-once') return { answer: considered.answer };
  const thread = place.threadId === undefined ? {} : { message_thread_id: place.threadId };
  ctx.decision.after.push(() => ctx.api.sendChatAction(chatId, 'typing', thread));
  return { answer: without, pointing: { chatId, questionId: messageId, job } };
}

/** How the worker reads jobs, and what becomes of them. */
export function jobDesk({ answers }: Pick<Store, 'answers'>, engine: () => Engine): AskingDeps['desk'] {
  return {
    taskOf(job) {
      const { version, question, within, before } = job as Job;
      return version === 1 ? { question, asked: { within, before } } : undefined;
    },
    async replyOf(job, answer): Promise<PointingReply> {
      const { kind, place, question: text, quoted } = job as Job;
      if (kind === 'reply') return answerReply(place, { text, quoted }, answer, engine());
      const known = await answers.byQuestion(place.chatId, place.messageId);
      return known ? answerEdit(place, known.content, answer, engine()) : { outgoing: [], answers: [], unanswered: [] };
    },
  };
}
