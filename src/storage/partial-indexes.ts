import type { Kysely, sql } from 'kysely';

type PartialIndex = readonly [name: string, columns: readonly string[], only: ReturnType<typeof sql<boolean>>];

/** Indexes of some rows of a table only. */
export async function createPartialIndexes(
  db: Kysely<unknown>,
  table: string,
  indexes: readonly PartialIndex[],
): Promise<void> {
  for (const [name, columns, only] of indexes) {
    await db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
      .where(only)
      .execute();
  }
}
