import { describe, expect, it } from 'vitest';
import { createAnalyzer, type Terms } from '../../src/phrasings/analysis.ts';
import { createFuzzyMatcher } from '../../src/phrasings/fuzzy.ts';
import { createPhrasebook, type Phrasing } from '../../src/phrasings/phrasebook.ts';
import { createVocabulary } from '../../src/phrasings/vocabulary.ts';

const [CONTRACT, CHECKUP, CAP] = [0, 1, 2];
const PHRASINGS: readonly (readonly [target: number, text: string, near?: true])[] = [
  [CONTRACT, '劳动合同跟谁签'],
  [CONTRACT, '谁跟社区工作者签劳动合同'],
  [CONTRACT, '签合同的单位是街道吗'],
  [CONTRACT, '劳动合同签几年', true],
  [CHECKUP, '有没有体检'],
  [CHECKUP, '定期组织体检吗'],
  [CAP, '外资股比限制取消了哪些'],
];

const analyzer = createAnalyzer([]);
const read = (text: string) => analyzer.questions([text])[0] as Terms;
const vocabulary = createVocabulary();
const phrasings = PHRASINGS.map(([target, text, near = false]): Phrasing => {
  const terms = read(text);
  return { target, near, types: terms.types, core: terms.core, encoded: vocabulary.learn(terms) };
});
const phrasebook = createPhrasebook(phrasings, vocabulary);

function compare(question: string) {
  const terms = read(question);
  return new Map(phrasebook.compare(terms, vocabulary.encode(terms)));
}

describe('createPhrasebook', () => {
  it('a phrasing itself is wholly alike, and its target the most alike', () => {
    const found = compare('劳动合同跟谁签');
    expect(found.get(CONTRACT)?.likeness).toBeCloseTo(1, 4);
    expect(found.get(CONTRACT)?.fuzzy).toBeGreaterThan(0.95);
    expect(found.get(CHECKUP)?.likeness ?? 0).toBe(0);
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
    expect(near?.likeness).toBeLessThan(1);
  });

  it('targets that share no term are missing', () => {
    expect([...compare('体检').keys()]).toEqual([CHECKUP]);
  });

  it('nothing learned makes a difference between two times of asking', () => {
    expect(compare('签合同的街道')).toEqual(compare('签合同的街道'));
  });
});

describe('createFuzzyMatcher', () => {
  const matcher = createFuzzyMatcher(['劳动合同跟谁签', '定期组织体检', 'foreign ownership']);

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
    const [best] = createFuzzyMatcher([long]).match(long.repeat(100), [0]);
    expect(best?.likeness).toBeGreaterThan(0.95);
    expect(matcher.match('\ud800', [0, 1, 2])).toEqual([]);
  });
});
