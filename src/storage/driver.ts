import type { Dialect } from 'kysely';
import type { ColumnTypes } from './column-types.ts';
import { openSqlite } from './sqlite.ts';
import { StoreError } from './store-error.ts';

/** A kind of database: how to reach it, and how its columns are written. */
export interface Driver {
  readonly dialect: Dialect;
  readonly types: ColumnTypes;
  /** The database as its keeper knows it, without a password. */
  readonly place: string;
  /** Where several processes may work on it at once: its address, for a connection that listens. */
  readonly sharedAt?: string | undefined;
}

const SQLITE = 'sqlite:';
const POSTGRES = /^postgres(ql)?:\/\//;

/** How to reach the database that a URL names; opens a SQLite file, creating it and its folder. */
export async function driverFor(url: string): Promise<Driver> {
  if (POSTGRES.test(url)) {
    const place = placeOf(url);
    // Most bots have no server to talk to, and start sooner without what does.
    const { openPostgres } = await import('./postgres.ts');
    return {
      dialect: openPostgres(url, place),
      types: { integer: 'bigint', serial: 'bigserial', bytes: 'bytea' },
      place,
      sharedAt: url,
    };
  }
  const path = url.startsWith(SQLITE) ? url.slice(SQLITE.length).replace(/^\/\/(?=\/)/, '') : '';
  if (path === '') throw new StoreError('bad-url', withoutPassword(url));
  return {
    dialect: openSqlite({ path }),
    types: { integer: 'integer', serial: 'integer', bytes: 'blob' },
    place: path,
  };
}

/** Host and database, as a person names it. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) throw new StoreError('bad-url', withoutPassword(url));
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/.*@/, '//…@');
}
