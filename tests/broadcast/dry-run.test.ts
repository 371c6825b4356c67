import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forecast } from '../../src/broadcast/forecast.ts';
import { openStore, type Store } from '../../src/storage/store.ts';
import { call } from '../cli/run.ts';
import { shippedEngine } from '../shipped.ts';
import { settle, subscribe } from './simulation/population.ts';

const SILENT = { info() {}, warn() {}, error() {} };
let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-dry-run-'));
  store = await openStore({ url: `sqlite:${join(folder, 'wence.db')}`, now: Date.now, log: SILENT });
  await subscribe(store, settle(60, ['Asia/Shanghai', 'America/New_York'], ['08:30', '01:20']));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe('a dry run', () => {
  it('says who would get what and when, each chat once, and changes nothing', async () => {
    const { library } = await shippedEngine();
    const seen: number[] = [];
    const found = await forecast({
      subscribers: store.subscribers,
      library,
      timeZone: 'Asia/Shanghai',
      // New York's clocks go back in this night: its 01:20 comes twice, and counts once.
      from: Date.parse('2026-10-31T16:00Z'),
      until: Date.parse('2026-11-01T16:00Z'),
      log: SILENT,
      onChat: ({ chatId }) => seen.push(chatId),
    });
    expect(
      found.map(({ occurrence: { at, slot, localDate }, chats }) => [
        new Date(at).toISOString(),
        slot.time,
        localDate,
        chats,
      ]),
    ).toEqual([
      ['2026-10-31T17:20:00.000Z', '01:20', '2026-11-01', 15],
      ['2026-11-01T00:30:00.000Z', '08:30', '2026-11-01', 15],
      ['2026-11-01T05:20:00.000Z', '01:20', '2026-11-01', 15],
      ['2026-11-01T13:30:00.000Z', '08:30', '2026-11-01', 15],
    ]);
    expect(new Set(seen).size).toBe(60);
    expect(new Set(found.map(({ slogan }) => slogan?.words)).size).toBe(1);
    expect(await store.campaigns.latest('slogan', 5)).toEqual([]);
    expect((await store.outbox.depth()).broadcasts).toBe(0);
  });

  it('makes no database where there is none, and does not send', async () => {
    expect(await call(['broadcast', '--dry-run', '--database', `sqlite:${join(folder, 'none.db')}`])).toMatchObject({
      stderr: expect.stringContaining('没有'),
    });
    expect(await call(['broadcast'])).toMatchObject({ stderr: expect.stringContaining('--dry-run') });
    expect(await call(['broadcast', '--dry-run', '--at', '明天早上'])).toMatchObject({
      stderr: expect.stringContaining('不是时刻'),
    });
  });

  it('prints a table on standard output', async () => {
    const { stdout } = await call([
      'broadcast',
      '--dry-run',
      '--at',
      '2026-11-22T00:00+08:00',
      '--database',
      `sqlite:${join(folder, 'wence.db')}`,
    ]);
    expect(stdout).toContain('11-22 08:30    15');
    expect(stdout).toContain('2026-11-22 08:30 Asia/Shanghai');
    expect(stdout).toContain('共 60 条');
  });
});
