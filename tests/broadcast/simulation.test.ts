import { expect, it } from 'vitest';
import { shippedEngine } from '../shipped.ts';
import { settle } from './simulation/population.ts';
import { simulate } from './simulation/simulation.ts';

const CHANGES = Date.UTC(2026, 9, 3);

it('gives every chat its slogan once a day, whatever fails and whenever the process dies', async () => {
  const { library } = await shippedEngine();
  const figures = await simulate({
    inhabitants: settle(600, ['Australia/Lord_Howe', 'Asia/Shanghai', 'America/New_York'], ['08:30', '02:10']),
    library,
    start: CHANGES,
    days: 1,
    kills: 12,
    failing: 0.05,
    seed: 7,
    longestSleepMs: 5 * 60_000,
  });
  const { sent, unknown, failed, expired, missed } = figures.tally;
  expect(sent + unknown + failed + expired + missed).toBe(figures.pairs);
  expect(figures.pairs).toBeGreaterThan(550);
  expect(sent).toBeGreaterThan(0.9 * (figures.pairs - missed));
  expect(figures.kills).toBeGreaterThan(5);
  expect(figures.maxPerSecond).toBeLessThanOrEqual(30);
  expect(figures.refusedByPace).toBe(0);
  expect(new Set(figures.summaries).size).toBe(figures.summaries.length);
});
