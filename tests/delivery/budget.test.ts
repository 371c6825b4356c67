import { describe, expect, it } from 'vitest';
import { createBudget } from '../../src/delivery/budget.ts';
import { createPace, PACE_LIMITS } from '../../src/delivery/pace.ts';
import { createVirtualClock } from './virtual-clock.ts';

function create() {
  const clock = createVirtualClock(1_000_000);
  const pace = createPace(PACE_LIMITS);
  const said: string[] = [];
  const say = (_: object, message: string) => said.push(message);
  const log = { info: say, warn: say, error: say };
  let open = true;
  const budget = createBudget({ pace, now: clock.now, timers: clock.timers, log, isOpen: () => open });
  const left: { readonly what: number | 'look-up'; readonly at: number }[] = [];
  const lost: (number | 'look-up')[] = [];
  const note = (what: number | 'look-up') => (admitted: boolean) =>
    admitted ? left.push({ what, at: clock.now() - 1_000_000 }) : lost.push(what);
  return {
    clock,
    pace,
    said,
    left,
    lost,
    shut: () => {
      open = false;
    },
    courtesy: (asker: number) => void budget.courtesy(asker).then(note(asker)),
    lookUp: () => void budget.lookUp().then(note('look-up')),
  };
}

function mostInASecond(times: readonly number[]): number {
  return Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + 1_000).length));
}

describe('the budget of calls beside the outbox', () => {
  it('lets a courtesy out at once', async () => {
    const { clock, courtesy, left } = create();
    courtesy(1);
    await clock.settle();
    expect(left).toEqual([{ what: 1, at: 0 }]);
  });

  it('keeps a thousand presses to twenty calls a second, and drops what finds no room', async () => {
    const { clock, courtesy, left, lost, said } = create();
    for (let i = 0; i < 1_000; i++) courtesy(i % 100);
    await clock.advance(10_000);
    expect(mostInASecond(left.map(({ at }) => at))).toBe(10);
    expect(left.length).toBeGreaterThan(25);
    expect(left.length + lost.length).toBe(1_000);
    expect(said).toHaveLength(1);
  });

  it('serves one asker after another: who presses much waits for themselves', async () => {
    const { clock, courtesy, left, lost } = create();
    for (let i = 0; i < 500; i++) courtesy(1);
    for (let asker = 2; asker <= 10; asker++) courtesy(asker);
    await clock.advance(10_000);
    expect(left.filter(({ what }) => what !== 1)).toHaveLength(9);
    expect(new Set(lost)).toEqual(new Set([1]));
    expect(Math.max(...left.flatMap(({ what, at }) => (what === 1 ? [] : [at])))).toBeLessThan(1_200);
  });

  it('gives way to answers: a full outbox leaves room for few courtesies', async () => {
    const { clock, pace, courtesy, left, lost } = create();
    pace.busy(true);
    for (let asker = 0; asker < 30; asker++) courtesy(asker);
    await clock.advance(4_000);
    expect(mostInASecond(left.map(({ at }) => at))).toBe(3);
    expect(left.length + lost.length).toBe(30);
    pace.busy(false);
    courtesy(1);
    await clock.settle();
    expect(left.at(-1)).toMatchObject({ what: 1, at: 4_000 });
  });

  it('lets look-ups go ahead of both', async () => {
    const { clock, pace, courtesy, lookUp, left } = create();
    for (let chat = 1; chat <= 30; chat++) pace.sent(chat, 'reply', clock.now());
    await clock.advance(650);
    courtesy(1);
    for (let i = 0; i < 3; i++) lookUp();
    await clock.advance(399);
    expect(left).toEqual([]);
    await clock.advance(1);
    expect(pace.allowance(clock.now()).total).toBeLessThanOrEqual(27);
    await clock.advance(100);
    expect(left.map(({ what }) => what)).toEqual(['look-up', 'look-up', 'look-up', 1]);
  });

  it('looks for room twenty times a second, however many press', async () => {
    const { clock, courtesy } = create();
    for (let asker = 0; asker < 500; asker++) courtesy(asker);
    const before = clock.runs();
    await clock.advance(1_000);
    expect(clock.runs() - before).toBeLessThan(40);
  });

  it('keeps nobody waiting long for a look-up that finds no room', async () => {
    const { clock, pace, lookUp, lost } = create();
    for (let chat = 1; chat <= 30; chat++) pace.sent(chat, 'reply', clock.now());
    for (let i = 0; i < 3; i++) lookUp();
    await clock.advance(600);
    expect(lost).toEqual(['look-up', 'look-up', 'look-up']);
  });

  it('never exceeds the pace together with the outbox', async () => {
    const { clock, pace, courtesy, lookUp, left } = create();
    const sent: number[] = [];
    for (let i = 0; i < 600; i++) {
      for (let asker = 0; asker < 3; asker++) courtesy(asker);
      if (i % 4 === 0) lookUp();
      const { total } = pace.allowance(clock.now());
      for (let chat = 0; chat < Math.min(total, i % 3); chat++) {
        pace.sent(i * 3 + chat, 'reply', clock.now());
        sent.push(clock.now() - 1_000_000);
      }
      await clock.advance(10);
    }
    const direct = left.flatMap(({ what, at }) => (what === 'look-up' ? [at] : [at, at]));
    expect(mostInASecond([...sent, ...direct])).toBeLessThanOrEqual(30);
    expect(left.some(({ what }) => what !== 'look-up')).toBe(true);
  });

  it('lets nothing out while Telegram asks everybody to slow down', async () => {
    const { clock, courtesy, lookUp, left, lost, shut } = create();
    shut();
    courtesy(1);
    lookUp();
    await clock.advance(5_000);
    expect(left).toEqual([]);
    expect(lost).toHaveLength(2);
  });
});
