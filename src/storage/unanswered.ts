import type { Kysely } from 'kysely';
import { maskPersonal } from '../text/personal.ts';
import { inBatches } from './batches.ts';
import type { ColumnTypes } from './column-types.ts';
import type { Parts } from './parts.ts';
import type { Trx } from './tables.ts';

export async function addDislikes(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('unanswered')
    .addColumn('disliked', types.integer, (c) => c.notNull().defaultTo(0))
    .execute();
}

/**
 * What was asked and could not be answered, or got an answer that somebody disliked: the words alone, no person, no chat, and no number of anybody's. Noted by
 * `Updates.commit`.
 */
export interface Unanswered {
  /** Those asked since then, most often asked first. */
  list(since: number, limit: number): Promise<readonly UnansweredQuestion[]>;
  /** For questions that are answered now. */
  forget(questions: readonly string[]): Promise<void>;
}

export interface UnansweredQuestion {
  readonly question: string;
  /** How often it was asked in vain; 0 where it was only disliked. */
  readonly count: number;
  /** How often its answer got a 👎. */
  readonly disliked: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export function createUnanswered({ db, transact }: Parts): Unanswered {
  return {
    async list(since, limit) {
      const found = await db
        .selectFrom('unanswered')
        .selectAll()
        .where('last_at', '>=', since)
        .orderBy(({ eb }) => eb('count', '+', eb.ref('disliked')), 'desc')
        .orderBy('last_at', 'desc')
        .orderBy('question')
        .limit(limit)
        .execute();
      return found.map(({ question, count, disliked, first_at, last_at }) => ({
        question,
        count,
        disliked,
        firstAt: first_at,
        lastAt: last_at,
      }));
    },
    async forget(questions) {
      await transact(async (trx) => {
        for (const batch of inBatches(questions.map(plain))) {
          await trx.deleteFrom('unanswered').where('question', 'in', batch).execute();
        }
      });
    },
  };
}

/** Counts each question once for each time it stands in the list. */
export function noteUnanswered(trx: Trx, questions: readonly string[], now: number): Promise<void> {
  return note(trx, questions, 'count', now);
}

/** The same for questions whose answer got a 👎. */
export function noteDisliked(trx: Trx, questions: readonly string[], now: number): Promise<void> {
  return note(trx, questions, 'disliked', now);
}

async function note(trx: Trx, questions: readonly string[], column: 'count' | 'disliked', now: number): Promise<void> {
  const counts = new Map<string, number>();
  // In the same order everywhere, so that no two processes wait for each other.
  for (const question of questions.map(plain).toSorted()) {
    if (question !== '') counts.set(question, (counts.get(question) ?? 0) + 1);
  }
  const rows = [...counts].map(([question, times]) => {
    return { question, count: 0, disliked: 0, [column]: times, first_at: now, last_at: now };
  });
  for (const batch of inBatches(rows)) {
    await trx
      .insertInto('unanswered')
      .values(batch)
      .onConflict((conflict) =>
        conflict.column('question').doUpdateSet((eb) => ({
          count: eb('unanswered.count', '+', eb.ref('excluded.count')),
          disliked: eb('unanswered.disliked', '+', eb.ref('excluded.disliked')),
          last_at: eb.ref('excluded.last_at'),
        })),
      )
      .execute();
  }
}

/** UTF-16 units of a question that are kept. */
const LONGEST = 200;
/** Of more than this nothing could be kept. */
const LOOKED_AT = 4_096;

/**
 * One line, at most 200 UTF-16 units, never half a character, and no number of a person's: masked before it is cut, so
 * that none is cut in two. PostgreSQL refuses U+0000, which is no white space.
 */
function plain(question: string): string {
  const line = maskPersonal(question.slice(0, LOOKED_AT)).replaceAll('\u0000', ' ').replace(/\s+/gu, ' ').trim();
  return line
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')
    .trim();
}
