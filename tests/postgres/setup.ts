import { startPostgres } from 'local-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { PREFIX } from './prefix.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server on which the tests may make databases. */
    readonly postgres: string;
  }
}

/** One server a run: that of TEST_DATABASE_URL, or one of our own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide('postgres', given);
    return () => dropAll(given);
  }
  const server = await startPostgres({ careless: true, settings: { max_connections: '200' } });
  project.provide('postgres', server.url);
  return server.close;
}

/** A server that goes on after us is left as it was. */
async function dropAll(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select datname from pg_database where datname like $1', [`${PREFIX}%`]);
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  await client.end();
}
