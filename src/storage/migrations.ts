import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { addChatChoices } from './chat-choices.ts';
import type { ColumnTypes } from './column-types.ts';
import { createOriginals, createStoredDocuments } from './documents.ts';
import { createDraftTables } from './drafts.ts';
import { createFirstTables } from './first-tables.ts';
import { createInboxTable } from './inbox.ts';
import { createLeases } from './lease.ts';
import { createPauses } from './pauses.ts';
import { createPointingTables } from './pointings.ts';
import { storeErrorOf } from './postgres-errors.ts';
import { createReplicas } from './replicas.ts';
import { createRetention, indexLatestAnswers } from './retention.ts';
import { addSloganRefusals } from './slogan-refusals.ts';
import { StoreError } from './store-error.ts';
import type { Db } from './tables.ts';
import { addTurns } from './turns.ts';
import { addDislikes } from './unanswered.ts';

/**
 * Brings the tables up to this version, in one transaction.
 *
 * @throws StoreError `newer` when a later version of the program has migrated this database
 */
export async function migrate(db: Db, types: ColumnTypes, place: string): Promise<void> {
  const migrations = migrationsFor(types);
  if (await isNewer(db, Object.keys(migrations))) throw new StoreError('newer', place);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw storeErrorOf(error, place);
}

const TABLE = 'migrations';

/** By name, in the order in which they run. One that was released is never edited: the next one amends it. */
function migrationsFor(types: ColumnTypes): Readonly<Record<string, Migration>> {
  return {
    '0001-first-tables': { up: (db) => createFirstTables(db, types) },
    '0002-pauses': { up: (db) => createPauses(db, types) },
    '0003-retention': { up: createRetention },
    '0004-turns': { up: (db) => addTurns(db, types) },
    '0005-replicas': { up: (db) => createReplicas(db, types) },
    '0006-leases': { up: (db) => createLeases(db, types) },
    '0007-pointing': { up: (db) => createPointingTables(db, types) },
    '0008-slogan-refusals': { up: (db) => addSloganRefusals(db, types) },
    '0009-dislikes': { up: (db) => addDislikes(db, types) },
    '0010-chat-choices': { up: (db) => addChatChoices(db, types) },
    '0011-documents': { up: (db) => createStoredDocuments(db, types) },
    '0012-drafts': {
      async up(db) {
        await createDraftTables(db, types);
        await createInboxTable(db, types);
        await createOriginals(db, types);
      },
    },
    '0013-latest-answers': { up: indexLatestAnswers },
  };
}

async function isNewer(db: Db, known: readonly string[]): Promise<boolean> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === TABLE)) return false;
  const done = await (db as unknown as Kysely<{ migrations: { name: string } }>)
    .selectFrom(TABLE)
    .select('name')
    .execute();
  return done.some(({ name }) => !known.includes(name));
}
