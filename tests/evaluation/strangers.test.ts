import { describe, expect, it } from 'vitest';
import { createStrangers } from '../../src/evaluation/strangers.ts';
import { shippedEngine } from '../shipped.ts';

describe('questions about something else', () => {
  it('name what the library never mentions where they named what it is about, and nothing else changes', async () => {
    const { library } = await shippedEngine();
    const strange = createStrangers(library, ['火锅底料哪里买', '怎么办']);
    expect(strange('社区年底看什么', 0)).toBe('火锅年底看什么');
    expect(strange('社区年底看什么', 0)).toBe(strange('社区年底看什么', 0));
    expect(strange('张春飞是谁', 0)).toBeUndefined();
  });

  it('are none where nothing strange is known', async () => {
    const { library } = await shippedEngine();
    expect(createStrangers(library, [])('社区年底看什么', 0)).toBeUndefined();
  });
});
