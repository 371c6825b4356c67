import fc from 'fast-check';
import Fuse from 'fuse.js';
import { describe, expect, it } from 'vitest';
import { type Evidence, evidenceOf, WIDTH } from '../../src/phrasings/evidence.ts';
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

/** By target: those given, and those that only a part of a word finds. */
function compare(question: string, targets = [CONTRACT, CHECKUP, CAP]): ReadonlyMap<number, Evidence> {
  const rows = new Float64Array(targets.length * WIDTH);
  const { fuzzy, strays } = phrasebook.compare(ask(question), targets, rows);
  const evidence = (row: number) => evidenceOf(rows.slice(row * WIDTH, (row + 1) * WIDTH));
  const found = new Map(targets.map((target, row) => [target, { ...evidence(row), fuzzy: fuzzy(target) }]));
  const nothing = evidenceOf(new Float64Array(WIDTH));
  for (const [target, likeness] of strays()) found.set(target, { ...nothing, fuzzy: likeness });
  return found;
}

describe('createPhrasebook', () => {
  it('a phrasing itself is wholly alike, and its target the most alike', () => {
    const found = compare('劳动合同跟谁签');
    expect(found.get(CONTRACT)?.likeness).toBeCloseTo(1, 4);
    expect(found.get(CONTRACT)?.wording).toBeCloseTo(1, 4);
    expect(found.get(CONTRACT)?.fuzzy).toBeGreaterThan(0.95);
    expect(found.get(CHECKUP)?.likeness).toBe(0);
  });

  it('the two after the best support it, where there are any that are like the question', () => {
    const { likeness = 0, support = 0 } = compare('签劳动合同的单位').get(CONTRACT) ?? {};
    expect(likeness).toBeGreaterThan(support);
    expect(support).toBeGreaterThan(0);
    expect(compare('foreign ownership').get(CAP)?.support).toBe(0);
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
  const texts = ['劳动合同跟谁签', '定期组织体检', 'foreign ownership'];
  const matcher = matcherOf(texts);

  it.each([
    ['劳动合铜跟谁签', 0],
    ['定期组只体检', 1],
    ['foriegn ownership', 2],
  ])('%s is mistyped and found', (question, phrasing) => {
    const others = [0, 1, 2].filter((one) => one !== phrasing);
    expect(matcher.most(question, [0, 1, 2])).toBeGreaterThan(0.4);
    expect(matcher.most(question, others)).toBe(0);
  });

  it('among phrasings with Latin letters a part of a word is enough; nothing else can share one', () => {
    expect(matcher.latin('foriegn ownership').map(({ phrasing }) => phrasing)).toEqual([2]);
    expect(matcher.latin('定期组织体检')).toEqual([]);
  });

  it('of a long question the beginning counts, as far as Bitap holds it', () => {
    const long = '定期组织体检和关爱活动'.repeat(4);
    expect(matcherOf([long]).most(long.repeat(100), [0])).toBeGreaterThan(0.95);
    expect(matcher.most('\ud800', [0, 1, 2])).toBe(0);
  });

  it('leaves out only phrasings that Fuse.js finds no more alike', () => {
    const unit = fc.constantFrom(...'合同跟谁签ab1 ');
    const text = fc.string({ unit, minLength: 1, maxLength: 12 });
    const options = { includeScore: true, ignoreLocation: true, ignoreFieldNorm: true, minMatchCharLength: 2 };
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 8 }), (question, phrasings) => {
        fc.pre(question.trim() !== '');
        const [best] = new Fuse(phrasings, { ...options, threshold: 0.6 }).search(question);
        const most = matcherOf(phrasings).most(question, [...phrasings.keys()]);
        expect(most).toBeCloseTo(1 - (best?.score ?? 1), 10);
      }),
      { numRuns: 500 },
    );
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
