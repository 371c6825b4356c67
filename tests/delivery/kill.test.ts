import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { UNPACED } from './fixture.ts';

const KILLS = 12;

it('loses nothing when it is killed at random moments, and repeats only what was in the air', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wence-kill-'));
  const [database, journal, confirmations] = ['wence.db', 'journal', 'confirmations'].map((name) => join(folder, name));
  const run = (...more: readonly string[]) => start([database ?? '', journal ?? '', confirmations ?? '', ...more]);
  expect(await once(await run('finish'), 'exit')).toEqual([0, null]);
  for (let kill = 0; kill < KILLS; kill++) {
    const child = await run();
    await sleep(Math.random() * 100);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    expect(await gone).toEqual([null, 'SIGKILL']);
  }
  const last = await run('finish');
  expect(await once(last, 'exit')).toEqual([0, null]);

  const lines = async (path: string | undefined) =>
    (await readFile(path ?? '', 'utf8')).trimEnd().split('\n').map(Number);
  const arrivals = await lines(journal);
  const confirmed = (await lines(confirmations)).at(-1) ?? 0;
  const rows = rowsIn(database ?? '');
  await rm(folder, { recursive: true });

  const updates = Map.groupBy(rows, ({ update_id }) => update_id);
  for (let id = 1; id <= confirmed; id++) expect(updates.get(id)).toHaveLength(2);
  for (const own of updates.values()) expect(own).toHaveLength(2);

  const times = Map.groupBy(arrivals, (id) => id);
  const repeated = rows.filter(({ id }) => (times.get(id)?.length ?? 0) > 1);
  for (const { id, state, ambiguities } of rows) {
    const count = times.get(id)?.length ?? 0;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(1 + ambiguities);
    // Interrupted three times, a row is left alone.
    if (state !== 'sent') expect([state, ambiguities]).toEqual(['unknown', 2]);
  }
  expect(repeated.length).toBeLessThanOrEqual(KILLS * UNPACED.concurrency);
  for (const own of Map.groupBy(rows, ({ chat_id }) => chat_id).values()) {
    const first = own.flatMap(({ id }) => (times.has(id) ? [arrivals.indexOf(id)] : []));
    expect(first).toEqual(first.toSorted((a, b) => a - b));
  }
  expect(rows.length).toBeGreaterThan(KILLS);
  process.stderr.write(
    `kill -9: ${KILLS} kills, ${rows.length} messages, ${repeated.length} repeated, ${rows.filter(({ state }) => state === 'unknown').length} unknown\n`,
  );
});

/** Comes back once the child is at work. */
async function start(parameters: readonly string[]): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'kill-child.ts');
  const child = spawn(process.execPath, [script, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the child ended at once: ${code}`)));
  gone.catch(() => {});
  await Promise.race([once(child.stdout, 'data'), gone]);
  return child;
}

interface Row {
  readonly id: number;
  readonly update_id: number;
  readonly chat_id: number;
  readonly state: string;
  readonly ambiguities: number;
}

function rowsIn(path: string): readonly Row[] {
  const database = new DatabaseSync(path, { readOnly: true });
  expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const rows = database.prepare('select id, update_id, chat_id, state, ambiguities from outbox order by id').all();
  database.close();
  return rows as unknown as readonly Row[];
}
