import { createHmac, randomBytes } from 'node:crypto';
import type { Db } from './tables.ts';

/** People are known to the store by a keyed hash alone; without this database's own key it can't be told whose it is. */
export interface People {
  keyOf(userId: number): string;
}

const KEY = 'people-key';
/** 128 bits of the hash: no two people will meet in it. */
const LENGTH = 22;

export async function openPeople(db: Db, newKey: () => string = randomKey): Promise<People> {
  const key = await readKey(db, newKey);
  return {
    keyOf: (userId) => createHmac('sha256', key).update(String(userId)).digest('base64url').slice(0, LENGTH),
  };
}

function randomKey(): string {
  return randomBytes(32).toString('base64url');
}

async function readKey(db: Db, newKey: () => string): Promise<string> {
  // Inserted first and read after: two programs that open a new database at once end up with the same key.
  await db
    .insertInto('meta')
    .values({ key: KEY, value: newKey() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const { value } = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirstOrThrow();
  return value;
}
