import { describe, expect, it } from 'vitest';
import { asksDenied, asksWhether, denies, qualifiersIn } from '../../src/text/forms.ts';
import { governingWord } from '../../src/text/governing.ts';
import { namesIn } from '../../src/text/names.ts';

describe('a question that denies', () => {
  it.each([
    '哪些地区没有开展试点',
    '考核不看什么',
    '哪些规定外企可以不遵守',
    '没被选上做试点的省份有哪些',
    'which areas are not in the pilot',
  ])('%s', (question) => expect(asksDenied(question)).toBe(true));

  it.each([
    '有没有体检',
    '合同跟谁签',
    '职业体系那几个方面分别说说',
    '工信部后头还有啥动作没',
    '这次能不能独资',
    '不知道考核看什么',
    '还有什么别的方式',
    '外企没啥信心了吧',
    '上头今年还有啥安排没得',
    '凭啥不公开账目，哪条规定的',
    '先放开云计算而不是新闻，为的什么',
  ])('but not %s', (question) => expect(asksDenied(question)).toBe(false));

  it('needs a clause that denies', () => {
    expect(denies('不设股比限制')).toBe(true);
    expect(denies('不断优化营商环境，外资比例持续提升')).toBe(false);
  });
});

describe('a question for a yes or a no', () => {
  it.each(['体检是免费的吧', '成都也在试点里吗', '是不是全国都取消', '外资能控股了没？'])('%s', (question) =>
    expect(asksWhether(question)).toBe(true),
  );
  it.each(['哪些地区开展试点', '什么时候发布的？'])('but not %s', (question) =>
    expect(asksWhether(question)).toBe(false),
  );

  it('may say more than a clause does', () => {
    expect(qualifiersIn('体检是免费的吧')).toEqual(['免费']);
    expect(qualifiersIn('全部标语列出来')).toEqual([]);
  });
});

describe('names', () => {
  it('are found whole, with what they name', () => {
    expect(namesIn('银行业外资限制取消没').map(({ kind, name }) => [kind, name])).toEqual([['trade', '银行业']]);
    expect(namesIn('成都的医生').map(({ kind, name }) => [kind, name])).toEqual([
      ['place', '成都'],
      ['profession', '医生'],
    ]);
  });
});

describe('the word that governs an answer line', () => {
  const line = (text: string, said: string) => {
    const start = text.indexOf(said);
    return governingWord(text, { start, end: start + said.length });
  };

  it.each([
    ['试点方案突破了外资股比不得超过50%的限制。', '外资股比不得超过50%的限制', undefined],
    ['试点方案突破了外资股比超过一半的限制。', '外资股比超过一半的限制', '突破'],
    ['通告取消甲、乙，以及丙的限制。', '丙的限制', '取消'],
    ['通告取消甲的限制，乙另有规定。', '乙另有规定', undefined],
    ['发布平台（网络出版除外）开放。', '发布平台', '除外'],
    ['在试点地区取消甲的限制。', '取消甲的限制', undefined],
  ])('%s: of 「%s」', (text, said, word) => {
    expect(line(text, said)).toBe(word);
  });
});
