import type { Kysely } from 'kysely';
import type { ColumnTypes } from './column-types.ts';

/** How a chat wants to be answered: in short, without some documents, or not at all for a while. */
export async function addChatChoices(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('chats')
    .addColumn('short', types.integer, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('chats').addColumn('documents_off', 'text').execute();
  await db.schema.alterTable('chats').addColumn('silent_until', types.integer).execute();
}

/** The ids of documents that do not answer in a chat, as they are kept: null for none. */
export function writeDocumentsOff(ids: readonly string[]): string | null {
  return ids.length > 0 ? JSON.stringify(ids) : null;
}

export function readDocumentsOff(kept: string | null): readonly string[] {
  if (kept === null) return [];
  try {
    const parsed: unknown = JSON.parse(kept);
    return Array.isArray(parsed) ? parsed.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
