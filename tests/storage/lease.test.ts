import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/storage/store.ts';

const silent = { info() {}, warn() {}, error() {} };
/** Some forty times as fast as in life. */
const leaseLimits = { beatMs: 50, deadMs: 400, lookMs: 10 };

async function createPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'wence-lease-'));
  const stores: Store[] = [];
  const path = join(folder, 'wence.db');
  onTestFinished(async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  });
  return {
    path,
    async open() {
      const store = await openStore({ url: `sqlite:${path}`, now: Date.now, log: silent, leaseLimits });
      stores.push(store);
      return store;
    },
  };
}

/** A process that is gone, in the place of the one that has the lease. */
function kill(path: string, changes: { readonly pid?: number; readonly pidsOf?: string }): void {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  const { pid = spawnSync(process.execPath, ['-e', '']).pid, pidsOf } = changes;
  database.prepare('update leases set holder = ?, pid = ?').run('gone', pid);
  if (pidsOf !== undefined) database.prepare('update leases set pids_of = ?').run(pidsOf);
  database.close();
}

const refused = { code: 'in-use', message: expect.stringMatching(/正由另一个问策使用。.*DATABASE_URL/) };

it('a second one is refused while the first lives, however long it waits, and not once it has let go', async () => {
  const place = await createPlace();
  const [first, second] = [await place.open(), await place.open()];
  const lease = await first.lease();
  const began = performance.now();
  await expect(second.lease()).rejects.toMatchObject(refused);
  expect(performance.now() - began).toBeLessThan(leaseLimits.deadMs);
  await sleep(leaseLimits.deadMs);
  await expect(second.lease()).rejects.toMatchObject(refused);
  await lease.release();
  await (await second.lease()).release();
});

it('of many that come at once one gets it', async () => {
  const place = await createPlace();
  const stores: Store[] = [];
  for (let i = 0; i < 5; i++) stores.push(await place.open());
  const results = await Promise.allSettled(stores.map((store) => store.lease()));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'fulfilled') await result.value.release();
});

it('that of a process of this machine which is gone is taken at once', async () => {
  const place = await createPlace();
  const [first, second] = [await place.open(), await place.open()];
  const lease = await first.lease();
  kill(place.path, {});
  const began = performance.now();
  const taken = await second.lease();
  expect(performance.now() - began).toBeLessThan(leaseLimits.deadMs);
  await expect(lease.lost).rejects.toMatchObject(refused);
  await taken.release();
});

it('that of a process elsewhere which is gone is taken after its time, and whose number is ours too', async () => {
  for (const changes of [{ pidsOf: 'another machine' }, { pid: process.pid }]) {
    const place = await createPlace();
    const [first, second] = [await place.open(), await place.open()];
    await first.lease();
    kill(place.path, changes);
    const began = performance.now();
    const taken = await second.lease();
    const waited = performance.now() - began;
    expect(waited).toBeGreaterThan(leaseLimits.deadMs - 50);
    await taken.release();
  }
});

it('whoever waits can be called off', async () => {
  const place = await createPlace();
  const [first, second] = [await place.open(), await place.open()];
  await first.lease();
  kill(place.path, { pidsOf: 'another machine' });
  const stopping = new AbortController();
  const waiting = second.lease(stopping.signal);
  stopping.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});

it('a database that is locked for a while costs nobody the lease', async () => {
  const place = await createPlace();
  const first = await place.open();
  const lease = await first.lease();
  const other = new DatabaseSync(place.path, { timeout: 5_000 });
  other.exec('begin immediate');
  await sleep(leaseLimits.beatMs * 2);
  other.exec('rollback');
  other.close();
  const beat = await Promise.race([lease.lost, sleep(leaseLimits.beatMs * 4, 'kept')]);
  expect(beat).toBe('kept');
  await lease.release();
});
