import { StoreError, type StoreErrorCode } from './store-error.ts';

/** By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html: the whole code, or its class. */
const CODES: ReadonlyMap<string, StoreErrorCode> = new Map([
  // Of the connection, and of a server that shuts down, starts up, or has no room for us.
  ['08', 'away'],
  ['57P01', 'away'],
  ['57P02', 'away'],
  ['57P03', 'away'],
  ['57P05', 'away'],
  ['25P03', 'away'],
  ['53300', 'away'],
  // A database that takes no connections just now.
  ['55000', 'away'],
  ['28', 'denied'],
  ['3D000', 'missing'],
  ['42501', 'denied'],
  // Two that waited for each other, or a statement prepared before a later version changed the table.
  ['40001', 'conflict'],
  ['40P01', 'conflict'],
  ['0A000', 'conflict'],
  ['26000', 'conflict'],
  ['25006', 'read-only'],
  ['53100', 'full'],
  ['53', 'away'],
  ['57014', 'away'],
  ['55P03', 'locked'],
  ['58', 'io'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
]);

/** Of the system, and what pg itself says when there is no code. */
const LOST = /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET)/;
const LOST_WORDS = /timeout|terminated|discarded|not queryable|connection (error|ended)|closed the connection/i;

/** What node-postgres throws as a StoreError that names the database. */
export function storeErrorOf(cause: unknown, place: string, otherwise: StoreErrorCode = 'failed'): StoreError {
  if (cause instanceof StoreError) return cause;
  return new StoreError(codeOf(cause) ?? otherwise, place, cause);
}

function codeOf(cause: unknown): StoreErrorCode | undefined {
  if (!(cause instanceof Error)) return undefined;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (LOST.test(code)) return 'away';
  if (/^[0-9A-Z]{5}$/.test(code)) return CODES.get(code) ?? CODES.get(code.slice(0, 2));
  return LOST_WORDS.test(cause.message) ? 'away' : undefined;
}
