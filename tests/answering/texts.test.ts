import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Answered } from '../../src/answering/answer.ts';
import type { Answerer } from '../../src/answering/answerer.ts';
import { engineOf } from '../../src/engine.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut, type Document, type Library } from '../../src/knowledge/document.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { answerMessages } from '../../src/messages/answer.ts';
import { localeOf } from '../../src/messages/locale.ts';
import { renderForTerminal } from '../../src/messages/terminal.ts';

const RULES = `幸福里小区停车管理办法
第一章 总则
第一条 本办法适用于幸福里小区内机动车的停放。
第二条 物业服务企业负责停车管理工作，业主委员会负责监督。
第二章 收费
第三条 停车设施实行计时收费的，满一个计时单位后方可收取停车费，不足一个计时单位的不收取费用。
第四条 有下列情形之一的，免收停车费：
（一）执行任务的救护车、消防车；
（二）残疾人驾驶的代步车；
（三）停放不超过三十分钟的。
第五条 调整收费标准，应当由业主共同决定。
第六条 本办法自2024年5月1日起施行。`;

let document: Document;
let library: Library;
let answerer: Answerer;
beforeAll(async () => {
  document = { ...plainDocument('parking', RULES), label: '停车办法', publisher: '幸福里物业' };
  library = { documents: [document], terms: [] };
  answerer = engineOf(library, await loadLanguage()).answerer;
});

const ask = (question: string): Answer => answerer.answer(question);

/** Everything that is shown for an answer. */
function words(answer: Answer): string {
  return answerMessages(answer, library, localeOf('zh-hans'))
    .map(({ text }) => text)
    .join('\n');
}

describe('a document that nobody wrote phrasings for', () => {
  it('answers, with the article as its place', () => {
    const answer = ask('停车不足一个计时单位收不收费') as Answered;
    expect(answer.outcome).toBe('answered');
    expect(answer.quotes[0].text).toContain('不足一个计时单位的不收取费用');
    expect(answer.section).toBe('第二章 收费 · 第三条');
    expect(words(answer)).toContain('出处：停车办法（幸福里物业） · 第二章 收费 · 第三条');
  });

  it('quotes an item with the line that leads its list, and keeps them apart', () => {
    const quote = answerer.search('残疾人代步车免收停车费', 1)[0]?.quotes[0];
    expect(quote?.text).toBe('（二）残疾人驾驶的代步车；');
    expect(quote?.lead?.text).toBe('第四条 有下列情形之一的，免收停车费：');
    for (const one of [quote, quote?.lead]) expect(one && cut(document, one)).toBe(one?.text);
  });

  it('quotes a line that leads a list with all of its items', () => {
    const [lead] = answerer.search('有下列情形之一的免收停车费', 1);
    const list = answerer.open(lead?.key ?? '');
    expect(list?.whole).toBe(true);
    expect(list?.quotes.map(({ text }) => text)).toEqual([
      '第四条 有下列情形之一的，免收停车费：',
      '（一）执行任务的救护车、消防车；',
      '（二）残疾人驾驶的代步车；',
      '（三）停放不超过三十分钟的。',
    ]);
  });

  it('shows with a clause what follows it in its passage', () => {
    const [found] = answerer.search('执行任务的救护车', 1);
    expect(found?.quotes.map(({ text }) => text.slice(0, 3))).toEqual(['（一）', '（二）', '（三）']);
  });

  it.each([
    '救护车和残疾人的车停放要不要钱呢各位',
    '车子放多久才开始要钱',
    '轮椅上的人的车收钱不收',
    '不到半小时走人收不收钱',
  ])('shows nothing twice: %s', (question) => {
    const { outcome, related } = ask(question);
    const shown = related.flatMap(({ quotes }) => quotes.map(({ paragraph, start }) => `${paragraph}:${start}`));
    expect(outcome).toBe('related');
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('shows up to three places when it is not sure, in words, with a button each', () => {
    const answer = ask('车子放多久才开始要钱');
    expect(answer).toMatchObject({ outcome: 'related', degree: 'perhaps' });
    expect(answer.related.length).toBeGreaterThan(1);
    expect(answer.related.length).toBeLessThanOrEqual(3);
    const [message] = answerMessages(answer, library, localeOf('zh-hans'));
    expect(message?.text).toMatch(/^拿不准，最可能是这几处：/);
    for (const { text } of answer.related.flatMap(({ quotes }) => quotes)) expect(message?.text).toContain(text);
    expect(message?.buttons.flat()).toHaveLength(answer.related.length);
    const terminal = renderForTerminal(answer, library, { width: 80, color: false });
    expect(terminal).toContain('拿不准');
    expect(terminal).toContain('出处：停车办法');
  });

  it.each(['今天天气怎么样', '推荐一家火锅店', '社保卡丢了怎么补'])(
    'never says that the text is silent on %s',
    (question) => {
      const answer = ask(question);
      expect(answer.outcome).not.toBe('answered');
      expect(words(answer)).not.toContain('原文里没有说到');
      expect(words(answer)).not.toContain('原文没有直接说到');
    },
  );

  it('opens every clause by its key, as it stands', () => {
    const keys = new Set<string>();
    for (const {
      key,
      quotes: [quote],
    } of answerer.search('停车 收费 免收 业主 施行', 20)) {
      keys.add(key);
      expect(answerer.open(key)?.quotes[0]).toEqual(quote);
      expect(answerer.relate(key)?.quotes[0].text).toBe(cut(document, quote));
    }
    expect(keys.size).toBeGreaterThan(5);
  });

  it('understands what the folder’s own terms say for its words', async () => {
    const asked = '残摩能白停吗';
    const own = { documents: [document], terms: [{ text: '残疾人驾驶的代步车', say: ['残摩'] }] };
    const found = engineOf(own, await loadLanguage()).answerer.search(asked, 1)[0];
    expect(found?.quotes[0].text).toBe('（二）残疾人驾驶的代步车；');
  });
});
