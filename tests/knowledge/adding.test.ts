import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { withClause, withPhrasings } from '../../src/knowledge/adding.ts';
import { sectionSchema } from '../../src/knowledge/schema.ts';

const SECTION = `id: a
title: 节
points:
  # 一句话
  - id: p
    title: 点
    quote: 原文
    ask:
      - 先问的
      - 乙
    not: [差一点]
  - id: q
    title: 又一点
    quote: 原文
    ask: [只有一问]
`;
const sectionOf = (text = '') => sectionSchema.parse(load(text));

describe('a phrasing is added', () => {
  it.each([
    ['a list in lines', 'p', 'ask', ['先问的', '乙', '新: 问']],
    ['a list in one line', 'p', 'not', ['差一点', '新: 问']],
    ['a list of one', 'q', 'ask', ['只有一问', '新: 问']],
    ['a list that was not there', 'q', 'not', ['新: 问']],
  ] as const)('to %s', (_, point, list, expected) => {
    const text = withPhrasings(SECTION, { section: 'a', point, list, phrasings: ['新: 问'] });
    const added = sectionOf(text).points.find(({ id }) => id === point)?.[list];
    expect(added?.toSorted()).toEqual([...expected].toSorted());
    expect(text).toContain('# 一句话');
    const others = (one: string | undefined) => sectionOf(one).points.filter(({ id }) => id !== point);
    expect(others(text)).toEqual(others(SECTION));
  });

  it('to a section of a questions.yaml, and to no point that is not there', () => {
    const whole = `sections:\n${SECTION.replace(/^(?=.)/gm, '  ').replace('  id: a', '- id: a')}`;
    const addition = { section: 'a', point: 'p', list: 'ask', phrasings: ['新问'] } as const;
    expect(withPhrasings(whole, addition)).toContain('- 新问\n');
    expect(withPhrasings(whole, { ...addition, section: 'b' })).toBeUndefined();
    expect(withPhrasings(whole, { ...addition, point: 'z' })).toBeUndefined();
  });
});

it('clauses come one below the other, each with what it quotes to the letter', () => {
  const one = { section: '大家问过的', id: 'c-1', title: '第一条', quote: '应当：\n一、"先"办' };
  const first = withClause(undefined, one, 'ask', ['yes', '- 怎么办']);
  const both = withClause(first, { ...one, id: 'c-2', quote: '另一条 #1' }, 'not', ['别的']);
  expect(sectionOf(both)).toMatchObject({
    of: 'clauses',
    points: [
      { id: 'c-1', quote: one.quote, ask: ['yes', '- 怎么办'], not: [] },
      { id: 'c-2', quote: '另一条 #1', ask: [], not: ['别的'] },
    ],
  });
});
