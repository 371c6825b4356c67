import type { Answer } from '../answering/answer.ts';
import type { Engine } from '../engine.ts';
import { answerMessages } from '../messages/answer.ts';
import { exampleFor } from '../messages/examples.ts';
import { localeOf } from '../messages/locale.ts';
import type { Message } from '../messages/message.ts';
import type { PointingReply } from '../storage/pointings.ts';
import { contentOf, type QuestionPlace, replyRows } from './reply.ts';

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
  const { chatId, messageId, person, threadId, languageCode } = place;
  const messages = messagesFor(answer, engine, languageCode);
  const asked = { question: text.slice(0, LONGEST_BEFORE), person, thread: threadId };
  const content: AnswerContent = { ...contentOfAnswer(answer, messages.length), ...(quoted ? {} : { asked }) };
  return {
    outgoing: replyRows(place, messages, { answers: true }),
    answers: [{ chatId, questionId: messageId, content }],
    unanswered: !quoted && (answer.outcome === 'related' || isUncovered(answer)) ? [text] : [],
  };
}

/** The edit of our answer to a question that was edited: nothing where it says the same, or can't be done by an edit. */
export function answerEdit(place: QuestionPlace, known: unknown, answer: Answer, engine: Engine): PointingReply {
  const { chatId, messageId, languageCode } = place;
  const messages = messagesFor(answer, engine, languageCode);
  const content = contentOfAnswer(answer, messages.length);
  const { asked: _, ...before } = known as AnswerContent;
  const [first] = messages;
  const isSame = JSON.stringify(content) === JSON.stringify(before);
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
  languageCode: string | undefined,
): readonly Message[] {
  const locale = localeOf(languageCode);
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
