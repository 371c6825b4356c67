import type { Selectable } from 'kysely';
import { inBatches } from './batches.ts';
import { readJson } from './json.ts';
import type { Parts } from './parts.ts';
import type { Tables, Trx } from './tables.ts';

/** Which message of ours answers which of theirs. Kept for 30 days; written by `Updates.commit`. */
export interface Answers {
  byQuestion(chatId: number, questionId: number): Promise<Answer | undefined>;
  byMessage(chatId: number, messageId: number): Promise<Answer | undefined>;
  /** Those of a chat since a moment, the latest first. */
  since(chatId: number, moment: number): Promise<readonly Answer[]>;
}

/** What was answered to a message of theirs; a later one for the same message takes its place. */
export interface AnswerRecord {
  readonly chatId: number;
  readonly questionId: number;
  /** JSON of the caller's own shape; let it carry a version. */
  readonly content: unknown;
}

export interface Answer extends AnswerRecord {
  /** Our message, once it was sent. */
  readonly messageId?: number | undefined;
  readonly createdAt: number;
}

export function createAnswers({ db }: Parts): Answers {
  async function oneBy(column: 'question_id' | 'message_id', chatId: number, id: number): Promise<Answer | undefined> {
    const found = await db
      .selectFrom('answers')
      .selectAll()
      .where('chat_id', '=', chatId)
      .where(column, '=', id)
      .executeTakeFirst();
    return found && answerOf(found);
  }

  return {
    byQuestion: (chatId, questionId) => oneBy('question_id', chatId, questionId),
    byMessage: (chatId, messageId) => oneBy('message_id', chatId, messageId),
    async since(chatId, moment) {
      const found = await db
        .selectFrom('answers')
        .selectAll()
        .where('chat_id', '=', chatId)
        .where('created_at', '>=', moment)
        .orderBy('created_at', 'desc')
        .limit(MOST_RECENT)
        .execute();
      return found.map(answerOf);
    },
  };
}

/** Of a busy chat, no more are looked at. */
const MOST_RECENT = 20;

export async function writeAnswers(trx: Trx, answers: readonly AnswerRecord[], now: number): Promise<void> {
  const latest = new Map(answers.map((answer) => [`${answer.chatId} ${answer.questionId}`, answer]));
  for (const batch of inBatches([...latest.values()])) {
    await trx
      .insertInto('answers')
      .values(
        batch.map(({ chatId, questionId, content }) => ({
          chat_id: chatId,
          question_id: questionId,
          content: JSON.stringify(content),
          created_at: now,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['chat_id', 'question_id']).doUpdateSet((eb) => ({
          content: eb.ref('excluded.content'),
          created_at: eb.ref('excluded.created_at'),
        })),
      )
      .execute();
  }
}

function answerOf(found: Selectable<Tables['answers']>): Answer {
  return {
    chatId: found.chat_id,
    questionId: found.question_id,
    messageId: found.message_id ?? undefined,
    content: readJson(found.content),
    createdAt: found.created_at,
  };
}
