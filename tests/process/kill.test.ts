import { expect, it } from 'vitest';
import { runKills } from '../../bench/kills.ts';
import { createRandom } from '../../src/random.ts';
import { goodFiles, temporaryFolder } from '../knowledge/folders.ts';

// The full run: npm run simulate -- kills --times 100
it('killed again and again while people ask, it loses no question and repeats only what was in the air', {
  timeout: 180_000,
}, async ({ signal }) => {
  const knowledge = await temporaryFolder(goodFiles());
  const figures = await runKills({
    times: 6,
    knowledge,
    questions: ['电梯多久检修', '停车多少钱', '电梯的事都有哪些', '停车位够不够', '今天停水吗'],
    random: createRandom(20_260_101),
    // Out of time, it leaves no bot behind.
    signal,
  });
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(figures.kills).toBe(6);
  expect(figures.asked).toBeGreaterThan(50);
  expect(figures).toMatchObject({ unanswered: 0, unexplained: 0 });
  expect(figures.repeated).toBeLessThanOrEqual(figures.inTheAir);
});
