import { describe, expect, it } from 'vitest';
import { mistype, TYPOS } from '../../src/evaluation/typos.ts';

describe('mistyping', () => {
  it.each(TYPOS)('%s is the same every time and changes the question', (typo) => {
    const question = '社区工作者的薪酬由谁确定？';
    const mistyped = mistype(question, typo);
    expect(mistyped).toBe(mistype(question, typo));
    expect(mistyped).not.toBe(question);
    expect(mistyped.length - question.length).toBe({ drop: -1, double: 1 }[typo as string] ?? 0);
    const changed = Array.from(question).filter((character, at) => mistyped[at] !== character).length;
    if (typo === 'homophone1' || typo === 'shape') expect(changed).toBe(1);
    if (typo === 'homophone2') expect(changed).toBe(2);
  });

  it('leaves alone what has nothing to mistype', () => {
    for (const typo of TYPOS) expect(mistype('IDC?', typo)).toBe('IDC?');
  });
});
