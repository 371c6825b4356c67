import type { Parts } from './parts.ts';

/** A few words that are kept under a name: what was done that is not to be done again. */
export interface Marks {
  get(name: string): Promise<string | undefined>;
  /** Puts `after` where `before` stands (undefined: nothing); of several that try at once one succeeds. */
  replace(name: string, before: string | undefined, after: string): Promise<boolean>;
}

export function createMarks({ db }: Parts): Marks {
  return {
    async get(name) {
      const found = await db.selectFrom('meta').select('value').where('key', '=', keyOf(name)).executeTakeFirst();
      return found?.value;
    },
    async replace(name, before, after) {
      if (before === undefined) {
        const inserted = await db
          .insertInto('meta')
          .values({ key: keyOf(name), value: after })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .returning('key')
          .executeTakeFirst();
        return inserted !== undefined;
      }
      const updated = await db
        .updateTable('meta')
        .set({ value: after })
        .where('key', '=', keyOf(name))
        .where('value', '=', before)
        .executeTakeFirst();
      return Number(updated.numUpdatedRows) > 0;
    },
  };
}

function keyOf(name: string): string {
  return `mark:${name}`;
}
