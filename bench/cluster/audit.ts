import type pg from 'pg';
import type { Sent, Telegram } from './telegram.ts';

export interface CrowdFigures {
  readonly asked: number;
  /** Questions without an answer in the end; none, or something was lost. */
  readonly unanswered: number;
  /** Questions with more than one answer. */
  readonly repeated: number;
  /** Of these, such as no row of the outbox says was in the air; none, or something was done twice. */
  readonly unexplained: number;
  /** Sends that were in the air when a process was killed or nobody learnt their end. */
  readonly inTheAir: number;
  /** Chats in which an answer came before that to an earlier question. */
  readonly outOfOrder: number;
}

/** What became of every question: `asked` has the numbers of a chat's messages, in order. */
export async function auditCrowd(
  telegram: Telegram,
  database: pg.Client,
  asked: ReadonlyMap<number, readonly number[]>,
): Promise<CrowdFigures> {
  const { rows } = await database.query(
    `select chat_id, question_id from outbox where kind = 'reply' and (ambiguities > 0 or attempts > 1)`,
  );
  const inTheAir = new Set(rows.map(({ chat_id, question_id }) => `${chat_id} ${question_id}`));
  let [unanswered, repeated, unexplained, outOfOrder, all] = [0, 0, 0, 0, 0];
  for (const [chatId, questions] of asked) {
    const answers = telegram.sentTo(chatId);
    const counts = new Map<number | undefined, number>();
    for (const { replyTo } of answers) counts.set(replyTo, (counts.get(replyTo) ?? 0) + 1);
    for (const question of questions) {
      all++;
      const count = counts.get(question) ?? 0;
      if (count === 0) unanswered++;
      if (count < 2) continue;
      repeated++;
      if (!inTheAir.has(`${chatId} ${question}`)) unexplained++;
    }
    if (!isInOrder(answers)) outOfOrder++;
  }
  return { asked: all, unanswered, repeated, unexplained, inTheAir: inTheAir.size, outOfOrder };
}

/** By the first answer to each question. */
function isInOrder(answers: readonly Sent[]): boolean {
  const firsts = [...new Set(answers.map(({ replyTo }) => replyTo ?? 0))];
  return firsts.every((question, i) => i === 0 || question > (firsts[i - 1] ?? 0));
}

/** The most messages within any second. */
export function mostWithin(arrivals: readonly number[], ms: number): number {
  let most = 0;
  for (let from = 0, to = 0; to < arrivals.length; to++) {
    while ((arrivals[to] ?? 0) - (arrivals[from] ?? 0) >= ms) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
