import { describe, expect, it } from 'vitest';
import { createFuzzyMatcher, someLatin } from '../../src/phrasings/fuzzy.ts';
import { createPhrasebook } from '../../src/phrasings/phrasebook.ts';
import { readingOf } from './reading.ts';

const [CONTRACT, CHECKUP, CAP] = [0, 2, 4];
const { reading, ask } = readingOf([
  {
    passage: '甲',
    ask: ['劳动合同跟谁签', '谁跟社区工作者签劳动合同', '签合同的单位是街道吗'],
    not: ['劳动合同签几年'],
  },
  { passage: '乙', ask: ['有没有体检', '定期组织体检吗'] },
  { passage: '丙', ask: ['外资股比限制取消了哪些', 'foreign ownership'] },
]);
const phrasebook = createPhrasebook(reading);
const compare = (question: string, targets = [CONTRACT, CHECKUP, CAP]) => phrasebook.compare(ask(question), targets);

describe('createPhrasebook', () => {
  it('a phrasing itself is wholly alike, and its target the most alike', () => {
    const found = compare('劳动合同跟谁签');
    expect(found.get(CONTRACT)?.likeness).toBeCloseTo(1, 4);
    expect(found.get(CONTRACT)?.wording).toBeCloseTo(1, 4);
    expect(found.get(CONTRACT)?.fuzzy).toBeGreaterThan(0.95);
    expect(found.get(CHECKUP)?.likeness).toBe(0);
  });

  it('the best three of a target are in order; a target without a third has none', () => {
    const { likeness = 0, second = 0, third = 0 } = compare('签劳动合同的单位').get(CONTRACT) ?? {};
    expect(likeness).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
    expect(third).toBeGreaterThan(0);
    expect(compare('体检').get(CHECKUP)?.third).toBe(0);
  });

  it('a near miss counts against its target and never for it', () => {
    const near = compare('劳动合同签几年').get(CONTRACT);
    expect(near?.nearMiss).toBeCloseTo(1, 4);
    expect(near?.nearWording).toBeCloseTo(1, 4);
    expect(near?.likeness).toBeLessThan(1);
  });

  it('only the targets that are asked for are compared', () => {
    expect([...compare('体检', [CHECKUP]).keys()]).toEqual([CHECKUP]);
    expect(compare('劳动合同跟谁签', [CHECKUP]).get(CHECKUP)).toMatchObject({ likeness: 0, nearMiss: 0 });
  });

  it('where nothing shares a term, what has a mistyped word of it is found all the same', () => {
    expect(compare('foriegn ownershp', []).get(CAP)?.fuzzy).toBeGreaterThan(0.4);
    expect(compare('嘅', []).size).toBe(0);
  });

  it('nothing learned makes a difference between two times of asking', () => {
    expect(compare('签合同的街道')).toEqual(compare('签合同的街道'));
  });
});

describe('createFuzzyMatcher', () => {
  const matcherOf = (texts: readonly string[]) => {
    const text = (phrasing: number) => texts[phrasing] as string;
    return createFuzzyMatcher({ size: texts.length, text });
  };
  const matcher = matcherOf(['劳动合同跟谁签', '定期组织体检', 'foreign ownership']);

  it.each([
    ['劳动合铜跟谁签', 0],
    ['定期组只体检', 1],
    ['foriegn ownership', 2],
  ])('%s is mistyped and found', (question, phrasing) => {
    const [best] = matcher.match(question, [0, 1, 2]);
    expect(best?.phrasing).toBe(phrasing);
    expect(best?.likeness).toBeGreaterThan(0.4);
  });

  it('looks among the phrasings that it is given only', () => {
    expect(matcher.match('定期组织体检', [2, 1]).map(({ phrasing }) => phrasing)).toEqual([1]);
    expect(matcher.match('定期组织体检', [0])).toEqual([]);
  });

  it('given none, looks among those with Latin letters: nothing else can share a part of a word', () => {
    expect(matcher.match('foriegn ownership', undefined).map(({ phrasing }) => phrasing)).toEqual([2]);
    expect(matcher.match('定期组织体检', undefined)).toEqual([]);
  });

  it('of a long question the beginning counts, as far as Bitap holds it', () => {
    const long = '定期组织体检和关爱活动'.repeat(4);
    const [best] = matcherOf([long]).match(long.repeat(100), [0]);
    expect(best?.likeness).toBeGreaterThan(0.95);
    expect(matcher.match('\ud800', [0, 1, 2])).toEqual([]);
  });
});

describe('someLatin', () => {
  const textOf = (phrasing: number) => (phrasing % 2 === 0 ? '外资' : 'IDC'.toLowerCase());

  it.each([0, 1, 60, 199, 200, 201, 5_000, 100_000])('of %i phrasings takes at most a hundred', (size) => {
    const some = someLatin({ size, text: textOf });
    expect(some.length).toBeLessThanOrEqual(100);
    expect(some.length).toBeGreaterThanOrEqual(Math.min(50, Math.floor(size / 2)));
    expect(some.every((phrasing) => phrasing % 2 === 1)).toBe(true);
  });

  it('takes them from all over', () => {
    const some = someLatin({ size: 10_000, text: textOf });
    expect(some.filter((phrasing) => phrasing >= 5_000).length).toBe(some.length / 2);
  });
});
