import type { Kysely, Selectable } from 'kysely';
import { type AnswerRecord, writeAnswers } from './answers.ts';
import { inBatches } from './batches.ts';
import type { ColumnTypes } from './column-types.ts';
import type { DecidedUpdate, NewPointing } from './decided-update.ts';
import { readObject } from './json.ts';
import { insertRows, type OutgoingRow } from './outbox-row.ts';
import type { Parts } from './parts.ts';
import type { Tables, Trx } from './tables.ts';
import type { Turns } from './turns.ts';
import { noteUnanswered } from './unanswered.ts';

/**
 * Questions that somebody is asked about before they are answered. They come in by `Updates.commit`, each with the reply that
 * it gets when nobody says anything, and end in the outbox:
 *
 * waiting → asked (claimed) → ended: the row goes and its reply enters the outbox, in one transaction
 *
 * What one person is told in one chat keeps its order: a reply waits, ready, for those before it.
 */
export interface Pointings {
  /** Claims up to `most` rows that wait, the oldest first, and those that were claimed `heldMs` ago and never ended. */
  claim(most: number, heldMs: number): Promise<readonly Pointing[]>;
  /**
   * Ends a row with this reply, or with its own. False when it was ended before, or gave way to another: then nothing is
   * written. `remember` is kept under its key.
   */
  end(id: number, reply?: PointingReply, remember?: Remembered): Promise<boolean>;
  /** Ends all rows with their own replies: there is nobody to ask. Returns how many. */
  endAll(): Promise<number>;
  /** Takes back what was claimed and never ended; for the only worker, when it starts. */
  recover(): Promise<void>;
  /** The job of the latest row of a person in a chat. */
  latest(chatId: number, asker: number): Promise<unknown>;
  /** Whether a question of theirs still waits. */
  isOpen(chatId: number, questionId: number): Promise<boolean>;
  /** What was replied to what had the same key; kept for 30 days. */
  recall(key: string): Promise<string | undefined>;
}

export interface PointingReply {
  readonly outgoing: readonly OutgoingRow[];
  readonly answers: readonly AnswerRecord[];
  readonly unanswered: readonly string[];
}

export interface Pointing {
  /** The update's: a row's own number may be given to another once it is gone. */
  readonly id: number;
  readonly chatId: number;
  readonly job: unknown;
  readonly createdAt: number;
}

export interface Remembered {
  readonly key: string;
  readonly reply: string;
}

export async function createPointingTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('pointings')
    .addColumn('id', types.serial, (c) => c.primaryKey())
    .addColumn('chat_id', types.integer, (c) => c.notNull())
    .addColumn('question_id', types.integer, (c) => c.notNull())
    .addColumn('asker', types.integer, (c) => c.notNull())
    .addColumn('update_id', types.integer, (c) => c.notNull())
    .addColumn('job', 'text')
    .addColumn('reply', 'text', (c) => c.notNull())
    .addColumn('created_at', types.integer, (c) => c.notNull())
    .addColumn('claimed_at', types.integer)
    .execute();
  await db.schema.createIndex('pointings_asker').on('pointings').columns(['chat_id', 'asker', 'id']).execute();
  await db.schema.createIndex('pointings_created').on('pointings').column('created_at').execute();
  await db.schema.createIndex('pointings_update').on('pointings').column('update_id').unique().execute();
  await db.schema
    .createTable('remembered')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('reply', 'text', (c) => c.notNull())
    .addColumn('created_at', types.integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('remembered_created').on('remembered').column('created_at').execute();
  await db.schema
    .alterTable('chats')
    .addColumn('model', types.integer, (c) => c.notNull().defaultTo(1))
    .execute();
}

export function createPointings({ db, transact, now, turns }: Parts): Pointings {
  return {
    claim: (most, heldMs) =>
      transact(async (trx) => {
        const at = now();
        const waiting = await trx
          .selectFrom('pointings')
          .select('id')
          .where(({ eb, or }) => or([eb('claimed_at', 'is', null), eb('claimed_at', '<=', at - heldMs)]))
          // What is ready waits for the one before it; left alone, its end was lost.
          .where(({ eb, or }) => or([eb('job', 'is not', null), eb('created_at', '<=', at - heldMs)]))
          .orderBy('id')
          .limit(most)
          .execute();
        if (waiting.length === 0) return [];
        const claimed = await trx
          .updateTable('pointings')
          .set({ claimed_at: at })
          .where(
            'id',
            'in',
            waiting.map(({ id }) => id),
          )
          // Another process may have been quicker.
          .where(({ eb, or }) => or([eb('claimed_at', 'is', null), eb('claimed_at', '<=', at - heldMs)]))
          .returningAll()
          .execute();
        return claimed.toSorted((a, b) => a.id - b.id).map(pointingOf);
      }),
    end: (id, reply, remember) =>
      transact(async (trx) => {
        const row = await trx
          .selectFrom('pointings')
          .select(['chat_id', 'asker'])
          .where('update_id', '=', id)
          .executeTakeFirst();
        if (!row) return false;
        await hold(trx, [row.chat_id]);
        const ended = await trx
          .updateTable('pointings')
          .set({ job: null, ...(reply ? { reply: JSON.stringify(reply) } : {}) })
          .where('update_id', '=', id)
          .where('job', 'is not', null)
          .executeTakeFirst();
        const isEnded = Number(ended.numUpdatedRows) > 0;
        if (isEnded && remember) await keep(trx, remember, now());
        await release(trx, row.chat_id, row.asker, now(), turns);
        return isEnded;
      }),
    endAll: () =>
      transact(async (trx) => {
        const rows = await trx.updateTable('pointings').set({ job: null }).returning(['chat_id', 'asker']).execute();
        const each = new Map(rows.map((row) => [`${row.chat_id} ${row.asker}`, row]));
        for (const { chat_id, asker } of each.values()) await release(trx, chat_id, asker, now(), turns);
        return rows.length;
      }),
    async recover() {
      await db.updateTable('pointings').set({ claimed_at: null }).execute();
    },
    async latest(chatId, asker) {
      const found = await db
        .selectFrom('pointings')
        .select('job')
        .where('chat_id', '=', chatId)
        .where('asker', '=', asker)
        .where('job', 'is not', null)
        .orderBy('id', 'desc')
        .executeTakeFirst();
      return found?.job == null ? undefined : readObject(found.job);
    },
    async isOpen(chatId, questionId) {
      const found = await db
        .selectFrom('pointings')
        .select('id')
        .where('chat_id', '=', chatId)
        .where('question_id', '=', questionId)
        .executeTakeFirst();
      return found !== undefined;
    },
    async recall(key) {
      const found = await db.selectFrom('remembered').select('reply').where('key', '=', key).executeTakeFirst();
      return found?.reply;
    },
  };
}

/**
 * Puts aside what is asked about, and what else the same people are told in the same chats meanwhile. Returns the updates
 * without what was put aside.
 */
export async function putAside(
  trx: Trx,
  fresh: readonly DecidedUpdate[],
  now: number,
  turns: Turns,
): Promise<readonly DecidedUpdate[]> {
  const chats = new Set(fresh.flatMap((update) => chatOf(update) ?? []));
  const busy = await busyIn(trx, [...chats]);
  const left: DecidedUpdate[] = [];
  for (const update of fresh) {
    const chatId = chatOf(update);
    const asker = update.asker ?? chatId;
    if (chatId === undefined || asker === undefined || !(update.pointing || busy.has(`${chatId} ${asker}`))) {
      left.push(update);
      continue;
    }
    if (!update.pointing?.replaces || (await drop(trx, update.pointing))) {
      await insert(trx, update, chatId, asker, now);
      if (update.pointing && update.pointing.job === undefined) await release(trx, chatId, asker, now, turns);
      busy.add(`${chatId} ${asker}`);
    }
    left.push({ ...update, outgoing: [], answers: [], unanswered: [] });
  }
  return left;
}

/** All of a chat's rows end with their own replies: the chat is about to get another number. */
export async function endPointingsIn(
  trx: Trx,
  chatId: number,
  { now, turns }: { readonly now: number; readonly turns: Turns },
): Promise<void> {
  const rows = await trx
    .updateTable('pointings')
    .set({ job: null })
    .where('chat_id', '=', chatId)
    .returning('asker')
    .execute();
  for (const asker of new Set(rows.map((row) => row.asker))) await release(trx, chatId, asker, now, turns);
}

/** Where all that an update brings forth goes; undefined when that is nothing, or goes to several. */
function chatOf({ pointing, outgoing }: DecidedUpdate): number | undefined {
  if (pointing) return pointing.chatId;
  const [first] = outgoing;
  return first && outgoing.every(({ chatId }) => chatId === first.chatId) ? first.chatId : undefined;
}

async function busyIn(trx: Trx, chats: readonly number[]): Promise<Set<string>> {
  const rows = await hold(trx, chats);
  return new Set(rows.map(({ chat_id, asker }) => `${chat_id} ${asker}`));
}

/**
 * Locks the rows of these chats until the transaction ends, where several processes share the database: two that end neighbours
 * at once would each leave the other's for later. An update that changes nothing does that in either database.
 */
async function hold(trx: Trx, chats: readonly number[]) {
  const held: { readonly chat_id: number; readonly asker: number }[] = [];
  for (const batch of inBatches(chats)) {
    const rows = await trx
      .updateTable('pointings')
      .set((eb) => ({ created_at: eb.ref('created_at') }))
      .where('chat_id', 'in', batch)
      .returning(['chat_id', 'asker'])
      .execute();
    held.push(...rows);
  }
  return held;
}

async function drop(trx: Trx, { chatId, questionId }: NewPointing): Promise<boolean> {
  const dropped = await trx
    .deleteFrom('pointings')
    .where('chat_id', '=', chatId)
    .where('question_id', '=', questionId)
    .executeTakeFirst();
  return Number(dropped.numDeletedRows) > 0;
}

async function insert(trx: Trx, update: DecidedUpdate, chatId: number, asker: number, now: number): Promise<void> {
  const { updateId, outgoing, answers = [], unanswered = [], pointing } = update;
  const reply: PointingReply = { outgoing, answers, unanswered };
  await trx
    .insertInto('pointings')
    .values({
      chat_id: chatId,
      question_id: pointing?.questionId ?? 0,
      asker,
      update_id: updateId,
      job: pointing?.job === undefined ? null : JSON.stringify(pointing.job),
      reply: JSON.stringify(reply),
      created_at: now,
      claimed_at: null,
    })
    .execute();
}

/** What is ready goes into the outbox, up to the first that is not. */
async function release(trx: Trx, chatId: number, asker: number, now: number, turns: Turns): Promise<void> {
  const rows = await trx
    .selectFrom('pointings')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('asker', '=', asker)
    .orderBy('id')
    .execute();
  for (const { id, job, reply, update_id } of rows) {
    if (job !== null) return;
    const deleted = await trx.deleteFrom('pointings').where('id', '=', id).executeTakeFirst();
    if (Number(deleted.numDeletedRows) === 0) continue;
    const { outgoing, answers, unanswered } = (readObject(reply) as PointingReply | undefined) ?? NO_REPLY;
    await insertRows(
      trx,
      outgoing.map((row) => ({ row, updateId: update_id, asker })),
      now,
      turns,
    );
    await writeAnswers(trx, answers, now);
    await noteUnanswered(trx, unanswered, now);
  }
}

/** A row that was damaged. */
const NO_REPLY: PointingReply = { outgoing: [], answers: [], unanswered: [] };

async function keep(trx: Trx, { key, reply }: Remembered, now: number): Promise<void> {
  await trx
    .insertInto('remembered')
    .values({ key, reply, created_at: now })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ reply, created_at: now }))
    .execute();
}

function pointingOf({ update_id, chat_id, job, created_at }: Selectable<Tables['pointings']>): Pointing {
  return { id: update_id, chatId: chat_id, job: job === null ? undefined : readObject(job), createdAt: created_at };
}
