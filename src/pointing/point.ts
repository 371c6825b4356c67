import type { Answer } from '../answering/answer.ts';
import type { Answerer } from '../answering/answerer.ts';
import type { Asked } from '../answering/asked.ts';
import type { Offer } from '../answering/offer.ts';
import type { Pointed } from '../answering/pointed.ts';
import { believed } from './belief.ts';
import { type Doubtful, doubtful, isQuestion } from './doubtful.ts';
import { type Prompt, promptOf } from './prompt.ts';

/** Puts a prompt to whoever reads it; undefined when no reply is to be had. Does not reject. */
export type AskReader = (prompt: Prompt, offer: Offer) => Promise<string | undefined>;

/** A question, what is answered, and how that came about. */
export interface Considered {
  readonly answer: Answer;
  /** What is answered when nobody reads. */
  readonly without: Answer;
  /** Why somebody was asked; undefined when nobody was. */
  readonly why: Doubtful | undefined;
  readonly offer?: Offer;
  readonly reply?: string | undefined;
  /** Undefined when nothing of the reply is believed. */
  readonly pointed?: Pointed | undefined;
}

export interface PointOptions {
  /** Also where the answer is sure: to measure by. */
  readonly always?: boolean;
}

/** Answers a question, and where the answer is doubtful, by what a reader points at. */
export async function answerByReader(
  { answer, pointing }: Pick<Answerer, 'answer' | 'pointing'>,
  question: string,
  asked: Asked,
  ask: AskReader,
  { always = false }: PointOptions = {},
): Promise<Considered> {
  const without = answer(question, asked);
  const why = doubtful(question, asked, without) ?? (always && isQuestion(without) ? 'unsure' : undefined);
  if (why === undefined) return { answer: without, without, why };
  const offer = pointing.offer(question, asked, without);
  if (offer.passages.length === 0) return { answer: without, without, why: undefined };
  const reply = await ask(promptOf(offer), offer);
  const pointed = reply === undefined ? undefined : believed(reply, offer);
  const given = pointed ? pointing.answer(offer, pointed, without) : without;
  return { answer: given, without, why, offer, reply, pointed };
}
