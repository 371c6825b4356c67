import { createHash } from 'node:crypto';
import {
  type Dialect,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import { storeErrorOf } from './postgres-errors.ts';

/**
 * Connections of one process; one more listens. A server allows a hundred unless told otherwise, so some fifteen
 * replicas fit, and a process makes better use of few: what it does is short.
 */
const CONNECTIONS = 5;
/** In milliseconds. What the store asks takes a few; a statement that takes longer than this is in trouble. */
const LONGEST_STATEMENT_MS = 30_000;
const CONNECT_MS = 5_000;
const IDLE_MS = 60_000;

/** A 64-bit integer: ids and times here stay below 2^53, as Telegram promises of its ids. */
const INT8 = 20;

/** One PostgreSQL database for Kysely. Nothing is connected until the first query. */
export function openPostgres(url: string, place: string): Dialect {
  const pool = new pg.Pool({ ...connectionTo(url), max: CONNECTIONS, idleTimeoutMillis: IDLE_MS });
  // A connection that dies while nobody uses it is replaced; whoever uses it is told by the query.
  pool.on('error', () => {});
  // One that dies in the very moment in which it is handed over has no other listener yet, and would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool: guardedPool(pool, place) });
}

/** How every connection of ours is made. */
export function connectionTo(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'wence',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    statement_timeout: LONGEST_STATEMENT_MS,
    // A process that stops in the middle of a transaction holds its locks no longer than this.
    idle_in_transaction_session_timeout: LONGEST_STATEMENT_MS,
    // The server may be gone without a word.
    query_timeout: LONGEST_STATEMENT_MS + CONNECT_MS,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 && format !== 'binary'
          ? Number
          : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
}

/** A pool whose faults are StoreErrors. */
function guardedPool(pool: pg.Pool, place: string): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    async connect() {
      try {
        const client = await pool.connect();
        const known = clients.get(client) ?? guardedClient(client, place);
        clients.set(client, known);
        return known;
      } catch (cause) {
        throw storeErrorOf(cause, place, 'away');
      }
    },
    end: () => pool.end(),
  };
}

function guardedClient(client: pg.PoolClient, place: string): PostgresPoolClient {
  let broken = false;
  // While it is in somebody's hands its faults are not the pool's.
  client.on('error', () => {
    broken = true;
  });
  const query = async <R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    try {
      const parameters = values.map(acceptable);
      // What has no parameters (begin, commit, migrations) is not worth preparing.
      const named = parameters.length > 0 ? { name: nameOf(text) } : {};
      return (await client.query({ ...named, text, values: parameters })) as unknown as PostgresQueryResult<R>;
    } catch (cause) {
      const error = storeErrorOf(cause, place);
      broken ||= error.code === 'away' || error.code === 'conflict';
      throw error;
    }
  };
  return {
    // Kysely also declares a cursor here, which nobody asks for.
    query: query as PostgresPoolClient['query'],
    release: (destroy = false) => client.release(destroy || broken),
  };
}

const names = new Map<string, string>();

/** Each statement is parsed once a connection. There are fewer than 200, counting each size of multi-row insert. */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha1').update(text).digest('base64url');
  names.set(text, known);
  return known;
}

/** PostgreSQL holds every character in a text but U+0000. */
function acceptable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value;
}
