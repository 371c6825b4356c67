import { StoreError } from './store-error.ts';
import type { Db, Trx } from './tables.ts';

/** Runs work as one transaction; it may be run again from its beginning. */
export type Transact = <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;

/** Of two transactions that wait for each other the database ends one, which then has a free way. */
const TIMES = 4;

export function createTransact(db: Db): Transact {
  return async (work) => {
    for (let left = TIMES - 1; ; left--) {
      try {
        return await db.transaction().execute(work);
      } catch (cause) {
        if (left === 0 || !(cause instanceof StoreError) || cause.code !== 'conflict') throw cause;
      }
    }
  };
}
