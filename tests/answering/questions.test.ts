import { beforeAll, describe, expect, it } from 'vitest';
import type { Answerer } from '../../src/answering/answerer.ts';
import { shippedEngine } from '../shipped.ts';

let answerer: Answerer;
beforeAll(async () => {
  answerer = (await shippedEngine()).answerer;
});

/** A question, and words that its first quote holds. */
type Row = readonly [question: string, words: string];

const COMMUNITY: readonly Row[] = [
  ['社区工作者跟哪家单位签劳动合同？', '原则上由街道（乡镇）与社区工作者依法签订劳动合同'],
  ['我在居委会上班，公积金给不给交', '缴存住房公积金'],
  ['社区工作者的工资标准谁来定', '科学设定社区工作者薪酬构成和岗位等级薪酬标准'],
  ['干得好的社工有机会考公务员吗', '招录（聘）公务员、事业单位工作人员'],
  ['社区干部能去大学当老师吗', '担任特聘导师'],
  ['这份意见一共多少条措施', '6个部分、17条措施'],
  ['意见是哪两个办公厅印发的', '中共中央办公厅、国务院办公厅印发'],
  ['社区工作者考核主要考什么', '以政治素质、工作实绩和居民群众满意度为重点'],
  ['有没有给社区工作者做体检的安排', '定期组织体检和关爱活动'],
  ['两代表一委员是怎么说的', '“两代表一委员”'],
  ['社区书记要不要做经济责任审计', '经济责任审计'],
  ['培训都用什么教学方法', '案例教学、模拟教学、现场观摩'],
  ['社区工作者要重点训练哪些能力', '群众工作、组织动员、依法办事、矛盾调解'],
  ['干不好会不会被清退，退出机制怎么说', '退出机制'],
  ['哪些部门要一起推进这项工作', '政法、机构编制、教育、财政、人力资源社会保障'],
  ['起草的时候坚持问题导向是什么意思', '坚持问题导向'],
  ['以前哪些文件对这支队伍提过要求', '2017年'],
  ['怎么给社区减负', '减负'],
  ['社区工作者国家职业标准', '国家职业标准'],
  ['支持社工考证吗', '全国社会工作者职业资格考试'],
];

const TELECOM: readonly Row[] = [
  ['外资可以独资做物联网平台吗', '外资企业可独资提供物联网平台服务'],
  ['哪些地区先搞试点', '北京市服务业扩大开放综合示范区'],
  ['现在有多少家外资企业获准经营电信业务', '1926家外资企业'],
  ['数据中心机架这几年涨了多少', '年复合增长率超过30%'],
  ['工信部哪天发的通告', '4月10日'],
  ['王志勤是谁', '中国信息通信研究院副院长王志勤'],
  ['张春飞担任什么职务', '中国信息通信研究院政策与经济研究所所长张春飞'],
  ['通告取消了IDC、CDN等哪些业务的股比限制', '互联网数据中心（IDC）'],
  ['网络视听业务放开了吗', '除外'],
  ['自贸区开放了几项增值电信业务', '10项增值电信业务中的8项'],
  ['外企进来以后归谁监管', '监督管理'],
  ['内外资一致是啥意思', '“内外资一致”'],
  ['IDC对外资还有持股比例限制没有', '不设股比限制'],
  ['为什么挑这四个地方先试', '资源禀赋和制度优势'],
  ['下一步工信部打算干什么', '下一步，工业和信息化部将对标高标准经贸规则'],
  ['报道是哪几位记者写的', '王悦阳 张辛欣 张晓洁'],
  ['海南在不在试点范围里', '海南自由贸易港'],
  ['外商投资企业要不要先拿批复', '试点批复'],
];

const FORGIVEN: readonly Row[] = [
  ['社區工作者的勞動合同同邊個簽', '依法签订劳动合同'],
  ['外資持股比例上限仲有冇', '股比'],
  ['資料中心外商可以百分之百持股嗎', '不设股比限制'],
  ['社區工作者有冇得驗身', '体检'],
  ['外资　ＩＤＣ　股比', '股比限制'],
  ['社区工做者住房公积金', '住房公积金'],
  ['which areas are in the pilot', '海南自由贸易港'],
  ['how many foreign companies are licensed', '1926家'],
  ['foreign ownership cap on data centers', '股比限制'],
  ['who signs the labour contract with community workers', '签订劳动合同'],
  ['森林防火的标语', '森林草原防火 人人有责'],
  ['标语是谁做的', '人民日报社全国平媒公益广告制作中心'],
];

describe.each([
  ['about community workers', COMMUNITY],
  ['about the telecom pilot', TELECOM],
  ['in other scripts, spellings and tongues, and about the slogans', FORGIVEN],
])('a question %s is answered with the words that tell it', (_, rows) => {
  it.each(rows)('%s', (question, words) => {
    expect(answerer.answer(question).outcome).toBe('answered');
    expect(firstQuote(question)).toContain(words);
  });
});

describe('the answer line is the part of the quote that answers by itself', () => {
  it.each([
    ['数据中心机架这几年涨了多少', '超过30%'],
    ['工信部哪天发的通告', '4月10日'],
    ['王志勤是谁', '中国信息通信研究院副院长'],
    ['报道是哪几位记者写的', '王悦阳 张辛欣 张晓洁'],
    ['海南在不在试点范围里', '海南自由贸易港'],
    ['自贸区开放了几项增值电信业务', '在自由贸易试验区开放了10项增值电信业务中的8项'],
    ['現在有多少家外資企業獲准經營電信業務', '1926家外资企业获准在华经营电信业务'],
  ])('%s → %s', (question, words) => {
    const answer = answerer.answer(question);
    expect(answer.outcome === 'answered' && answer.answer).toBe(words);
    expect(firstQuote(question)).toContain(words);
  });
});

describe('of points that quote the same', () => {
  it.each([
    ['Which areas join the telecom pilot?', '率先试点的地区名单'],
    ['哪些地方先试点', '率先试点的地区名单'],
    ['上海有哪些区域在试点', '上海的试点区域'],
  ])('%s gets the one whose line has all that is asked for: %s', (question, title) => {
    expect(answerer.answer(question)).toMatchObject({ outcome: 'answered', title });
  });
});

describe('a question for a whole answer gets all its points', () => {
  it.each([
    ['意见起草坚持的原则完整列出来', ['坚持党的领导', '坚持为民服务', '坚持问题导向', '坚持系统观念', '坚持因地制宜']],
    ['关心关爱社区工作者都有哪些举措，全部', ['在政治上关心', '在生活上关怀', '在工作上支持']],
    ['严格队伍管理三个方面整段原文', ['完善管理制度', '加强考核激励', '强化监督约束']],
    ['公益广告标语全文', ['森林草原防火 人人有责', '碳达峰碳中和']],
  ])('%s', (question, parts) => {
    const answer = answerer.answer(question);
    expect(answer).toMatchObject({ outcome: 'answered', whole: true });
    const told = answer.outcome === 'answered' ? answer.quotes.map(({ text }) => text).join('') : '';
    for (const part of parts) expect(told).toContain(part);
  });
});

describe('what the texts come near to but do not state is not answered', () => {
  it.each([
    '社工持证每个月补贴几百块',
    '社区工作者一个月工资到手多少钱',
    '社区工作者招聘年龄上限是几岁',
    '劳动合同一签签几年',
    '试点批复多久能下来',
    '试点期限到哪一年结束',
    '张春飞今年多大',
    '申请试点批复要交哪些材料',
    '社区工作者一年有几天年假',
    '社工的公积金比例是多少',
    '房贷利率是多少',
    '明天北京天气怎么样',
    '2022年底有多少家外企获准经营',
    '程序员的工资谁定',
  ])('%s', (question) => {
    expect(answerer.answer(question).outcome).not.toBe('answered');
  });

  it('the closest clauses are shown as related', () => {
    const answer = answerer.answer('社工持证每个月补贴几百块');
    expect(answer.outcome).toBe('related');
    expect(answer.related.map(({ quotes: [{ text }] }) => text).join('')).toContain('社会工作者');
  });
});

describe('what the texts say nothing of is unanswered', () => {
  it.each(['红烧肉怎么做', '比特币现在多少钱', '帮我写一首诗', 'best pizza in town'])('%s', (question) => {
    expect(answerer.answer(question)).toMatchObject({ outcome: 'unanswered', reason: 'uncovered', related: [] });
  });
});

describe('small talk gets no quote', () => {
  it.each([
    ['你好', 'greeting'],
    ['早上好呀', 'greeting'],
    ['Hello!', 'greeting'],
    ['谢谢你', 'thanks'],
    ['太感谢了！！', 'thanks'],
    ['thanks bot', 'thanks'],
    ['你是谁', 'identity'],
    ['你好，你是谁呀', 'identity'],
    ['妳能做什麼', 'identity'],
    ['好的收到', 'acknowledgement'],
    ['ok', 'acknowledgement'],
    ['哈哈', 'acknowledgement'],
  ])('%s', (message, reason) => {
    expect(answerer.answer(message)).toMatchObject({ outcome: 'unanswered', reason, related: [] });
  });

  it.each(['谢谢，体检有吗', '你好，请问外资能独资做IDC吗', '好的，那公积金呢'])(
    'but a question in it is one: %s',
    (message) => {
      expect(answerer.answer(message).outcome).not.toBe('unanswered');
    },
  );
});

describe('what has no words is empty', () => {
  it.each(['', '   ', '\n\t', '？？？', '👍👍', '……', '\u200b', '\ud800', '\u202e\u202c', '【】《》'])(
    '%j',
    (message) => {
      expect(answerer.answer(message)).toEqual({ outcome: 'unanswered', confidence: 0, related: [], reason: 'empty' });
    },
  );
});

function firstQuote(question: string): string {
  const answer = answerer.answer(question);
  return answer.outcome === 'answered' ? answer.quotes[0].text : '';
}
