import type { Kysely, Selectable } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { readObject } from './json.ts';
import { insertRows, type OutgoingRow } from './outbox-row.ts';
import type { Parts } from './parts.ts';
import type { Tables } from './tables.ts';

/** Something an owner sent that is to become a draft. */
export interface Job {
  /** Of the update that brought it: a repeated update is the same job. */
  readonly id: number;
  readonly chatId: number;
  readonly messageId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly content:
    | { readonly kind: 'file'; readonly fileId: string; readonly name: string }
    | { readonly kind: 'text'; readonly text: string };
}

/** What owners sent and nobody has read yet. It is safe here before Telegram is told that it arrived. */
export interface Inbox {
  put(job: Job): Promise<void>;
  /** Earliest first. */
  waiting(): Promise<readonly Job[]>;
  /** Makes a job ours. False while another process has it that lives. */
  claim(id: number): Promise<boolean>;
  /**
   * Takes jobs away and puts what is said of them into the outbox, in one transaction. Writes nothing when the first of them,
   * which was claimed, has gone over to another process meanwhile.
   */
  end(ids: readonly number[], said: readonly OutgoingRow[]): Promise<void>;
}

/** Jobs that are looked at at a time; an album has ten. */
const MOST = 200;

export function createInbox({ db, transact, now, turns, replica }: Parts): Inbox {
  // A process that is alone is in no list of those that live.
  const me = replica?.id ?? '';
  return {
    async put({ id, chatId, messageId, at, content }) {
      await db
        .insertInto('inbox')
        .values({ id, chat_id: chatId, message_id: messageId, at, content: JSON.stringify(content), claimed_by: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async waiting() {
      const rows = await db.selectFrom('inbox').selectAll().orderBy('id').limit(MOST).execute();
      return rows.flatMap((row) => jobOf(row) ?? []);
    },
    async claim(id) {
      const claimed = await db
        .updateTable('inbox')
        .set({ claimed_by: me })
        .where('id', '=', id)
        .where(({ eb, or, selectFrom }) =>
          or([
            eb('claimed_by', 'is', null),
            eb('claimed_by', '=', me),
            eb('claimed_by', 'not in', selectFrom('replicas').select('replicas.id')),
          ]),
        )
        .executeTakeFirst();
      return Number(claimed.numUpdatedRows) > 0;
    },
    end: ([first = 0, ...others], said) =>
      transact(async (trx) => {
        const ended = await trx
          .deleteFrom('inbox')
          .where('id', '=', first)
          .where('claimed_by', '=', me)
          .executeTakeFirst();
        if (Number(ended.numDeletedRows) === 0) return;
        for (const id of others) await trx.deleteFrom('inbox').where('id', '=', id).execute();
        await insertRows(
          trx,
          said.map((row) => ({ row })),
          now(),
          turns,
        );
      }),
  };
}

/** Undefined: the row was damaged. */
function jobOf({ id, chat_id, message_id, at, content }: Selectable<Tables['inbox']>): Job | undefined {
  const read = readObject(content) as Job['content'] | undefined;
  return read && { id, chatId: chat_id, messageId: message_id, at, content: read };
}

export async function createInboxTable(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('inbox')
    .addColumn('id', types.integer, (c) => c.primaryKey())
    .addColumn('chat_id', types.integer, (c) => c.notNull())
    .addColumn('message_id', types.integer, (c) => c.notNull())
    .addColumn('at', types.integer, (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('claimed_by', 'text')
    .execute();
}
