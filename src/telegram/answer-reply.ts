import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../answering/answer.ts';
import type { Engine } from '../engine.ts';
import { answerMessages } from '../messages/answer.ts';
import { exampleFor } from '../messages/examples.ts';
import { localeOf } from '../messages/locale.ts';
import type { Message } from '../messages/message.ts';
import type { PointingReply } from '../storage/pointings.ts';
import { maskPersonal } from '../text/personal.ts';
import { type AnswerContent, readAnswerContent } from './answer-content.ts';
import { contentOf, type QuestionPlace, replyRows } from './reply.ts';

/** In UTF-16 units: of a longer question the beginning. */
export const LONGEST_BEFORE = 200;

/** `quoted`: somebody else's words, of which nothing is kept. */
export interface AskedText {
  readonly text: string;
  readonly quoted?: true | undefined;
}

/** The reply to a question, with what is kept of it. */
export function answerReply(
  place: QuestionPlace,
  { text, quoted }: AskedText,
  answer: Answer,
  engine: Engine,
): PointingReply {
  const { chatId, messageId, person, threadId } = place;
  const messages = messagesFor(answer, engine, place);
  const asked = { question: maskPersonal(text).slice(0, LONGEST_BEFORE), person, thread: threadId };
  const content: AnswerContent = { ...contentOfAnswer(answer, messages.length), ...(quoted ? {} : { asked }) };
  return {
    outgoing: replyRows(place, messages, { answers: true }),
    answers: [{ chatId, questionId: messageId, content }],
    unanswered: !quoted && (answer.outcome === 'related' || isUncovered(answer)) ? [text] : [],
  };
}

/** The edit of our answer to a question that was edited: nothing where it says the same, or can't be done by an edit. */
export function answerEdit(place: QuestionPlace, known: unknown, answer: Answer, engine: Engine): PointingReply {
  const { chatId, messageId } = place;
  const messages = messagesFor(answer, engine, place);
  const content = contentOfAnswer(answer, messages.length);
  const { asked: _, ...before } = readAnswerContent(known) ?? { messages: 0 };
  const [first] = messages;
  const isSame = isDeepStrictEqual(content, before);
  // What takes several messages can't take the place of one, nor the other way round: better the old answer.
  if (isSame || !first || content.messages !== 1 || before.messages !== 1)
    return { outgoing: [], answers: [], unanswered: [] };
  const payload = contentOf(first);
  return {
    outgoing: [{ chatId, kind: 'reply', method: 'editMessageText', payload, questionId: messageId }],
    answers: [{ chatId, questionId: messageId, content }],
    unanswered: [],
  };
}

function messagesFor(
  answer: Answer,
  { answerer, library }: Engine,
  { languageCode, short }: QuestionPlace,
): readonly Message[] {
  const locale = { ...localeOf(languageCode), ...(short ? { short } : {}) };
  const isEmpty = answer.outcome === 'unanswered' && answer.reason === 'empty';
  return answerMessages(answer, library, locale, isEmpty ? exampleFor(answerer.examples, locale) : undefined);
}

function contentOfAnswer(answer: Answer, messages: number): AnswerContent {
  const key = answer.outcome === 'answered' ? answer.key : null;
  return { version: 1, outcome: answer.outcome, key, related: answer.related.map((related) => related.key), messages };
}

function isUncovered(answer: Answer): boolean {
  return answer.outcome === 'unanswered' && (answer.reason === 'uncovered' || answer.reason === 'unsure');
}
