import { describe, expect, it } from 'vitest';
import { createCorrector } from '../../src/text/corrector.ts';
import { spellOut } from '../../src/text/latin-pinyin.ts';

const TEXT =
  '社区工作者的薪酬待遇由街道办事处确定。外资企业可以申请电信业务开放试点，互联网数据中心业务取消外资股比限制。' +
  '社会工作者职业资格考试。岗位等级。外商投资。内容分发网络。';

const frequencies = {
  character: (code: number) => TEXT.split(String.fromCharCode(code)).length - 1,
  pair: (first: number, second: number) => TEXT.split(String.fromCharCode(first, second)).length - 1,
};
const corrector = createCorrector(frequencies);

/** All proposals, in place. */
function proposed(question: string): readonly string[] {
  return corrector
    .corrections(question)
    .map(({ start, end, text }) => question.slice(0, start) + text + question.slice(end));
}

describe('the corrector', () => {
  it.each([
    ['外资点信业务', '外资电信业务', 'one homophone'],
    ['新酬待遇', '薪酬待遇', 'at the beginning'],
    ['街道办事储', '街道办事处', 'at the end'],
    ['数据种心', '数据中心', 'zhong for zhong'],
    ['数据宗心', '数据中心', 'zong for zhong'],
    ['设区工作者', '社区工作者', 'a common word'],
    ['岗位等鸡', '岗位等级', 'another'],
    ['外资企业申清', '外资企业申请', 'qing for qing'],
    ['电业信务', '电信业务', 'swapped'],
    ['薪酬侍遇', '薪酬待遇', 'looks alike'],
  ])('reads %s as %s (%s)', (question, meant) => {
    expect(proposed(question)).toContain(meant);
  });

  it('proposes for two neighbours, too', () => {
    expect(corrector.corrections('电新叶务试点')).toEqual([
      { start: 0, end: 2, text: '电信' },
      { start: 1, end: 2, text: '信' },
      { start: 2, end: 3, text: '业' },
    ]);
    expect(proposed('按蓝试点')).toEqual([]);
  });

  it.each(['社区工作者的薪酬待遇', '外资企业可以申请电信业务', '互联网数据中心业务', '', 'IDC', '。'])(
    'leaves %s alone',
    (question) => {
      expect(proposed(question)).toEqual([]);
    },
  );
});

describe('pinyin in Latin letters', () => {
  const spelled = (question: string) => spellOut(question, frequencies, (word) => word === 'idc');

  it.each([
    ['dianxin', '电信'],
    ['waizi dianxin yewu', '外资电信业务'],
    ['shequ gongzuozhe de xinchou', '社区工作者的薪酬'],
    ['shujuzhongxin', '数据中心'],
    ['互联网shujuzhongxin业务', '互联网数据中心业务'],
  ])('spells %s as %s', (question, meant) => {
    expect(spelled(question)).toBe(meant);
  });

  it.each(['idc', 'hello world', 'cdn', 'what is this', 'bot'])('leaves %s alone', (question) => {
    expect(spelled(question)).toBe(question);
  });
});
