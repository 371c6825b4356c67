import { z } from 'zod';
import type { Answer } from '../answering/answer.ts';
import type { Desk } from '../asking/desk.ts';
import type { AskingDeps } from '../asking/worker.ts';
import type { Engine } from '../engine.ts';
import type { NewPointing } from '../storage/decided-update.ts';
import type { PointingReply } from '../storage/pointings.ts';
import type { Store } from '../storage/store.ts';
import { answerEdit, answerReply } from './answer-reply.ts';
import type { BotContext } from './context.ts';

const jobSchema = z.object({
  version: z.literal(1),
  /** A reply to the question, or an edit of the one that it got before it was edited. */
  kind: z.enum(['reply', 'edit']),
  place: z.object({
    chatId: z.int(),
    messageId: z.int(),
    threadId: z.int().optional(),
    person: z.int().optional(),
    languageCode: z.string().optional(),
    short: z.boolean().optional(),
  }),
  question: z.string(),
  quoted: z.literal(true).optional(),
  within: z.string().optional(),
  before: z.string().optional(),
});

/** A question that a model is asked about before it is answered, as it is kept meanwhile. */
export type Job = Readonly<z.output<typeof jobSchema>>;

/** What was kept; undefined when there was none, or it was written by a version that is not this one. */
export function readJob(kept: unknown): Job | undefined {
  return jobSchema.safeParse(kept).data;
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
    taskOf(kept) {
      const job = readJob(kept);
      return job && { question: job.question, asked: { within: job.within, before: job.before } };
    },
    async replyOf(kept, answer): Promise<PointingReply> {
      const job = readJob(kept);
      if (!job) return NO_REPLY;
      const { kind, place, question: text, quoted } = job;
      if (kind === 'reply') return answerReply(place, { text, quoted }, answer, engine());
      const known = await answers.byQuestion(place.chatId, place.messageId);
      return known ? answerEdit(place, known.content, answer, engine()) : NO_REPLY;
    },
  };
}

const NO_REPLY: PointingReply = { outgoing: [], answers: [], unanswered: [] };
