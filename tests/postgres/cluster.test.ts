import { expect, it } from 'vitest';
import { runCluster } from '../../bench/cluster/run.ts';
import { createRandom } from '../../src/random.ts';
import { goodFiles, temporaryFolder } from '../knowledge/folders.ts';

// The full run: npm run -s simulate -- cluster --pace 400 --campaign 100000
it('replicas behind a webhook, killed and cut off, lose no question, keep the order and one pace', async () => {
  const PACE = 100;
  const { crowd, campaign } = await runCluster({
    replicas: 2,
    updates: 160,
    chats: 30,
    perSecond: PACE,
    latencyMs: 5,
    againMs: [0, 100, 200],
    knowledge: await temporaryFolder(goodFiles()),
    questions: ['电梯多久检修', '停车多少钱', '停车位够不够'],
    trouble: { killEveryMs: 500, cutEveryMs: 1_000, restartMs: 300, kills: 2 },
    campaign: 0,
    random: createRandom(20_260_302),
    report: () => {},
  });
  process.stdout.write(`${JSON.stringify(crowd)}\n`);
  expect(crowd).toMatchObject({ asked: 160, unanswered: 0, unexplained: 0, outOfOrder: 0 });
  expect(crowd.repeated).toBeLessThanOrEqual(crowd.inTheAir);
  // Counted where they arrive: on a busy machine calls that left apart arrive together.
  expect(crowd.mostASecond).toBeLessThanOrEqual(PACE);
  expect(campaign).toBeUndefined();
}, 180_000);
