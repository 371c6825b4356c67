import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/store.ts';
import { describeStore, silent, type TestDatabase } from './store-suite.ts';

describeStore('SQLite', createFile);

async function createFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'wence-store-'));
  return {
    open: (options) => openStore({ url: `sqlite:${folder}/data/wence.db`, ...options }),
    destroy: () => rm(folder, { recursive: true }),
  };
}

it('SQLite opens in memory too, leaving no file', async () => {
  const store = await openStore({ url: 'sqlite::memory:', now: () => 0, log: silent });
  await store.updates.commit([{ updateId: 1, outgoing: [] }]);
  expect(await store.updates.known([1, 2])).toEqual(new Set([1]));
  await store.close();
  await expect(stat(':memory:')).rejects.toThrow('ENOENT');
});
