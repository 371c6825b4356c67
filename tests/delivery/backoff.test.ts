import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, createBench, DELIVERED, later, reply } from './fixture.ts';

describe('a database that somebody else holds', () => {
  let bench: Bench;
  let other: DatabaseSync;
  beforeEach(async () => {
    bench = await createBench();
    await bench.worker.start();
    other = new DatabaseSync(bench.path);
  });
  afterEach(async () => {
    other.close();
    await bench.close();
  });

  it('makes the worker wait, forgets no end of a send, and sends nothing twice', async () => {
    bench.answer(() => later(bench.clock, 1_000, DELIVERED));
    await bench.enqueue(reply(1, '甲'), reply(1, '乙'), reply(2, '丙'));
    other.exec('begin immediate');
    await bench.clock.advance(120_000);
    expect(bench.texts()).toEqual(['甲', '丙']);
    expect(bench.states()).toEqual({ 1: 'sending', 2: 'pending', 3: 'sending' });
    expect(bench.said).toHaveLength(2);
    expect(bench.said[0]).toMatch(/正被另一个程序占用.*消息都留着/);
    other.exec('rollback');
    await bench.clock.advance(10_000);
    expect(bench.texts()).toEqual(['甲', '丙', '乙']);
    expect(bench.settled.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  it('does not hold up a shutdown for ever', async () => {
    bench.answer(() => later(bench.clock, 1_000, DELIVERED));
    await bench.enqueue(reply(1, '甲'));
    other.exec('begin immediate');
    let over = false;
    void bench.worker.drain(10_000).then(() => {
      over = true;
    });
    await bench.clock.advance(9_000);
    expect(over).toBe(false);
    await bench.clock.advance(10_000);
    expect(over).toBe(true);
    expect(bench.said.at(-1)).toContain('没有记下');
    other.exec('rollback');
  });
});
