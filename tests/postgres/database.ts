import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { PREFIX } from './prefix.ts';

/** An empty database on the server of this run. */
export interface Database {
  readonly url: string;
  readonly name: string;
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Whoever is still connected is cut off. */
  drop(): Promise<void>;
  /** Empties every table, which is quicker than another database, and keeps this one for the next who asks. */
  giveBack(): Promise<void>;
}

const spare: Database[] = [];

/** One that was given back, with its tables, or a new one without. */
export async function borrowDatabase(): Promise<Database> {
  return spare.pop() ?? (await createDatabase());
}

export async function createDatabase(): Promise<Database> {
  const name = newName();
  await onServer((client) => client.query(`create database ${name}`));
  const url = urlOf(name);
  const database: Database = {
    url,
    name,
    async query(sql, values = []) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    drop: () => onServer((client) => client.query(`drop database if exists ${name} with (force)`)),
    async giveBack() {
      await database.query(EMPTY);
      spare.push(database);
    },
  };
  return database;
}

const EMPTY = `do $$ declare t record; begin
  for t in select tablename as name from pg_tables
    where schemaname = 'public' and tablename not like 'migrations%' order by tablename = 'campaigns' loop
    execute format('delete from %I', t.name);
  end loop;
  for t in select sequencename as name from pg_sequences where schemaname = 'public' loop
    execute format('alter sequence %I restart', t.name);
  end loop;
end $$`;

/** Runs something as the server's owner. */
export async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function newName(): string {
  return `${PREFIX}${randomBytes(6).toString('hex')}`;
}

function urlOf(name: string): string {
  const url = new URL(inject('postgres'));
  url.pathname = `/${name}`;
  return url.href;
}
