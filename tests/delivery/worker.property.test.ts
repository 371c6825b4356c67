import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DELIVERY_LIMITS } from '../../src/delivery/limits.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import type { SendResult } from '../../src/delivery/outcome.ts';
import type { Timers } from '../../src/delivery/timers.ts';
import { laneOf, type OutboxRow } from '../../src/storage/outbox-row.ts';
import type { OutboxKind } from '../../src/storage/tables.ts';
import { openFile, refused, reply, START, statesIn } from './fixture.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** The group that becomes a supergroup in the middle of it all. */
const [OLD, NEW] = [-3, -1003];

type End = 'delivered' | 'lost' | 'doubtful' | 'too-many' | 'unreached' | 'kicked' | 'broken';

interface Story {
  readonly rows: readonly { chatId: number; kind: OutboxKind; after: number; lives: number | undefined }[];
  /** How calls end, one after another, and then all well. */
  readonly ends: readonly { end: End; ms: number }[];
  /** When the process dies, after the last time or the start. */
  readonly crashes: readonly number[];
}

const stories: fc.Arbitrary<Story> = fc.record({
  rows: fc.array(
    fc.record({
      chatId: fc.constantFrom(1, 2, 3, 4, -1, -2, OLD),
      kind: fc.constantFrom<OutboxKind>('reply', 'reply', 'notice', 'broadcast'),
      after: fc.constantFrom(0, 0, 0, 5, 700, 2_500),
      lives: fc.constantFrom(undefined, undefined, undefined, 4_000),
    }),
    { minLength: 1, maxLength: 70 },
  ),
  ends: fc.array(
    fc.record({
      end: fc.constantFrom<End>(
        'delivered',
        'delivered',
        'lost',
        'doubtful',
        'too-many',
        'unreached',
        'kicked',
        'broken',
      ),
      ms: fc.constantFrom(0, 0, 30, 900, 3_000),
    }),
    { maxLength: 60 },
  ),
  crashes: fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 3 }),
});

interface Call {
  readonly row: OutboxRow;
  readonly at: number;
  arrived: boolean;
  /** Whether the caller can't know. */
  doubtful: boolean;
}

it('every row ends once, in order, within the pace, and twice only after doubt', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(stories, tell), { numRuns: 40 });
});

async function tell(story: Story): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wence-property-'));
  const path = join(folder, 'wence.db');
  const clock = createVirtualClock(START);
  const log = { info() {}, warn() {}, error() {} };
  const calls: Call[] = [];
  const settled: number[] = [];
  const ends = [...story.ends];

  async function live() {
    let alive = true;
    const timers: Timers = { after: (ms, run) => clock.timers.after(ms, () => alive && run()) };
    const store = await openFile(path, clock, log);
    const flying = new Set<Call>();
    const worker = createOutbox({
      store,
      now: clock.now,
      timers,
      log,
      onSettled: ({ row }) => settled.push(row.id),
      async send(row) {
        const { end, ms } = ends.shift() ?? { end: 'delivered', ms: 0 };
        const arrived = (end === 'delivered' || end === 'doubtful') && row.chatId !== OLD;
        const call = { row, at: clock.now(), arrived, doubtful: end === 'doubtful' || end === 'lost' };
        calls.push(call);
        flying.add(call);
        if (ms > 0) await new Promise<void>((resolve) => timers.after(ms, resolve));
        flying.delete(call);
        return resultOf(end, row);
      },
    });
    await worker.start();
    return {
      store,
      worker,
      async die() {
        alive = false;
        for (const call of flying) call.doubtful = true;
        await store.close();
      },
    };
  }

  let process = await live();
  const crashes = [...story.crashes];
  for (const { chatId, kind, after, lives } of story.rows) {
    await clock.advance(after);
    const expiresAt = lives === undefined ? undefined : clock.now() + lives;
    await process.store.outbox.enqueue([reply(chatId, '答', { kind, expiresAt })]);
    process.worker.notify();
    if (after === 0) continue;
    const crash = crashes.shift();
    if (crash === undefined) continue;
    await clock.advance(crash);
    await process.die();
    process = await live();
  }
  for (let minutes = 0; minutes < 15; minutes++) {
    await clock.advance(60_000);
    const { replies, broadcasts, sending } = await process.store.outbox.depth();
    if (replies + broadcasts + sending === 0) break;
  }
  await process.die();
  const states = statesIn(path);
  await rm(folder, { recursive: true });

  check(story, states, calls);
  expect(new Set(settled).size).toBe(settled.length);
}

function resultOf(end: End, row: OutboxRow): SendResult {
  if (end === 'unreached') return { kind: 'unreached', reason: 'ENOTFOUND' };
  if (end === 'doubtful' || end === 'lost') return { kind: 'ambiguous', reason: 'ECONNRESET' };
  if (row.chatId === OLD) return refused(400, 'Bad Request: group chat was upgraded', { migrateToChatId: NEW });
  if (end === 'too-many') return refused(429, 'Too Many Requests: retry after 2', { retryAfter: 2 });
  if (end === 'kicked') return refused(403, 'Forbidden: bot was kicked from the group chat');
  if (end === 'broken') return refused(400, "Bad Request: can't parse entities");
  return { kind: 'delivered', messageId: row.id + 1_000 };
}

function check(story: Story, states: Readonly<Record<string, string>>, calls: readonly Call[]): void {
  expect(Object.keys(states)).toHaveLength(story.rows.length);
  for (const [id, state] of Object.entries(states)) {
    const own = calls.filter(({ row }) => row.id === Number(id));
    const arrived = own.filter((call) => call.arrived).length;
    const doubts = own.filter((call) => call.doubtful).length;
    expect(['sent', 'unknown', 'failed', 'expired']).toContain(state);
    expect(arrived).toBeLessThanOrEqual(1 + Math.min(2, doubts));
    if (own[0]?.row.kind === 'broadcast') expect(arrived).toBeLessThanOrEqual(1);
    if (state === 'sent') expect(arrived).toBeGreaterThan(0);
    if (state === 'unknown') expect(doubts).toBeGreaterThan(0);
  }
  const lanes = Map.groupBy(calls, ({ row }) => `${row.chatId} ${laneOf(row.kind)}`);
  for (const lane of lanes.values()) {
    const ids = lane.map(({ row }) => row.id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  }
  const { pace } = DELIVERY_LIMITS;
  // A restart knows of each row's latest try only, and Telegram counts what arrives only.
  const counted = story.crashes.length === 0 ? calls : calls.filter(({ arrived, doubtful }) => arrived && !doubtful);
  expect(most(counted, 1_000)).toBeLessThanOrEqual(pace.all.count);
  for (const [chatId, own] of Map.groupBy(counted, ({ row }) => row.chatId)) {
    expect(most(own, 3_000)).toBeLessThanOrEqual(pace.chat.count);
    if (chatId < 0) expect(most(own, 60_000)).toBeLessThanOrEqual(pace.group.count);
  }
}

function most(calls: readonly Call[], ms: number): number {
  return Math.max(0, ...calls.map(({ at }) => calls.filter((call) => call.at >= at && call.at < at + ms).length));
}
