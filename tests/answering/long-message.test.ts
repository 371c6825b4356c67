import { describe, expect, it } from 'vitest';
import { shippedEngine } from '../shipped.ts';

const CHATTER = [
  '昨天晚上我们楼里开了个会，大家七嘴八舌说了很多。',
  '老王说他家楼下的垃圾桶总是满的，物业来了也没用。',
  '后来又说到停车的事，有人占了消防通道，叫了半天没人挪。',
  '小李家孩子上学的事也提了，说学校门口太堵。',
  '我在旁边听着，顺便记了几条，准备回头整理。',
  '隔壁单元的电梯又坏了，修了三天还没好。',
];

function chatter(units: number): string {
  let text = '';
  for (let i = 0; text.length < units; i++) text += CHATTER[i % CHATTER.length];
  return text;
}

describe('the question in a long message', () => {
  it.each([
    [0, 600],
    [600, 0],
    [600, 300],
    [300, 2_000],
    [1_800, 1_800],
    [3_900, 0],
  ])('stands behind %i units and before %i', async (before, after) => {
    const { answerer } = await shippedEngine();
    const message = `${chatter(before)}社区工作者有体检吗？${chatter(after)}`;
    const answer = answerer.answer(message);
    expect(answer.outcome).toBe('answered');
    expect(answer.outcome === 'answered' && answer.quotes[0].text).toContain('体检');
  });

  it('is found without a question mark, and among others that the texts say nothing of', async () => {
    const { answerer } = await shippedEngine();
    const plain = answerer.answer(`${chatter(700)}想问社区工作者有体检吗。${chatter(300)}`);
    expect(plain.outcome).toBe('answered');
    const mixed = `${chatter(900)}明天几点停水？电梯什么时候修好？${chatter(400)}社区工作者有体检吗？谁家的车？${chatter(900)}`;
    expect(answerer.answer(mixed)).toMatchObject({ outcome: 'answered' });
  });

  it('nothing is read into a story without one', async () => {
    const { answerer } = await shippedEngine();
    for (const units of [300, 1_000, 4_000]) expect(answerer.answer(chatter(units)).outcome).not.toBe('answered');
  });
});
