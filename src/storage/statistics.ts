import { sql } from 'kysely';
import { othersTurn } from './batches.ts';
import { readJson } from './json.ts';
import type { Parts } from './parts.ts';

/** What was answered and how fast, for whoever counts: no person, no chat, no question. */
export interface Statistics {
  /** What is kept of each answer since then, as the caller wrote it, a page at a time, the oldest first, with others' turns in between. */
  answers(since: number): AsyncIterable<readonly { readonly content: unknown; readonly createdAt: number }[]>;
  /** Milliseconds from when a question was answered to when Telegram had the answer: of the latest ones since then. */
  waits(since: number): Promise<readonly number[]>;
}

const PAGE = 2_000;
const WAITS = 10_000;

export function createStatistics({ db }: Parts): Statistics {
  return {
    async *answers(since) {
      let [at, chat, question] = [since, Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
      for (;;) {
        const found = await db
          .selectFrom('answers')
          .select(['chat_id', 'question_id', 'content', 'created_at'])
          .where(sql<boolean>`(created_at, chat_id, question_id) > (${at}, ${chat}, ${question})`)
          .orderBy('created_at')
          .orderBy('chat_id')
          .orderBy('question_id')
          .limit(PAGE)
          .execute();
        yield found.map(({ content, created_at }) => ({ content: readJson(content), createdAt: created_at }));
        const last = found.at(-1);
        if (!last || found.length < PAGE) return;
        await othersTurn();
        [at, chat, question] = [last.created_at, last.chat_id, last.question_id];
      }
    },
    async waits(since) {
      const found = await db
        .selectFrom('outbox')
        .select(['created_at', 'finished_at'])
        .where('finished_at', '>=', since)
        .where('kind', '=', 'reply')
        .where('state', '=', 'sent')
        .where('question_id', 'is not', null)
        .orderBy('finished_at', 'desc')
        .limit(WAITS)
        .execute();
      return found.map(({ created_at, finished_at }) => Math.max(0, (finished_at ?? created_at) - created_at));
    },
  };
}
