import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut } from '../../src/knowledge/document.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import type { Language } from '../../src/lexicon/language.ts';
import { readDocument } from '../../src/reading/reading.ts';
import { createTextSearch, type Found, type TextSearch } from '../../src/retrieval/search.ts';
import { text, texts } from './texts.ts';

const PARKING = `停车管理办法
第一章 总则
第一条 本市行政区域内机动车停放适用本办法。
第二条 市交通行政主管部门负责停车管理工作。
第二章 收费
第三条 停车设施实行计时收费的，满一个计时单位后方可收取停车费，不足一个计时单位的不收取费用。
第四条 收取停车费应当遵守下列规定：
（一）在显著位置明示收费标准；
（二）出具专用票据；
（三）不得擅自提高收费标准。
第五条 违反本办法第四条规定的，由城市管理部门责令改正，处一千元以上五千元以下罚款。
第六条 调整业主共有车位的收费价格，应当由业主共同决定。
第七条 本办法自2024年5月1日起施行。`;
const LIBRARY = `圖書館借閱規則
第 1 條
圖書館週一閉館，其他日子從上午九點開到晚上八點。
第 2 條
讀者憑身分證辦理借書證，每人可借十二冊，期限三十日。
第 3 條
逾期歸還者，每日每冊繳納滯納金五角。`;

let language: Language;
let search: TextSearch;
beforeAll(async () => {
  language = await loadLanguage();
  search = searchIn(PARKING, LIBRARY);
});

function searchIn(...all: readonly string[]): TextSearch {
  return createTextSearch(
    all.map((one, at) => readDocument(plainDocument(`d${at}`, one))),
    language,
  );
}

function quotesOf({ hits }: Found): readonly string[] {
  return hits.map(({ clause, document: { document } }) => cut(document, clause.span));
}

describe('a number of the question', () => {
  it.each(['罚5000块是哪条', '罚五千是哪条', '罚款5,000元'])('is met however it is written: %s', (question) => {
    const [hit] = search.search(question).hits;
    expect(hit && cut(hit.document.document, hit.clause.span)).toContain('五千元以下罚款');
  });
});

describe('a clause is found', () => {
  it.each([
    ['停车没满一个钟头收不收钱', '不足一个计时单位'],
    ['乱收停车费罚多少', '一千元以上五千元以下'],
    ['这个停车办法哪天开始实行', '2024年5月1日'],
    ['停车归哪个部门管', '市交通行政主管部门'],
    ['小区车位涨价谁说了算', '由业主共同决定'],
    ['图书馆星期几不开门', '週一閉館'],
    ['一次能借12本吗', '十二冊'],
    ['书还晚了要交多少钱', '五角'],
    ['tingche shoufei biaozhun', '收费标准'],
    ['停车废收费标准在哪里名示', '明示收费标准'],
  ])('for %s', (question, words) => {
    expect(quotesOf(search.search(question)).slice(0, 3).join('\n')).toContain(words);
  });

  it('of an item, with the line that leads it', () => {
    const [hit] = search.search('收停车费要开票吗 专用票据').hits;
    const { document } = hit?.document ?? {};
    expect(hit && document && cut(document, hit.clause.span)).toBe('（二）出具专用票据；');
    expect(hit?.clause.lead && document && cut(document, hit.clause.lead)).toBe('第四条 收取停车费应当遵守下列规定：');
  });

  it('in one document alone, or in all but one', () => {
    const documentsOf = ({ hits }: Found) => [...new Set(hits.map(({ document: { document } }) => document.id))];
    expect(documentsOf(search.search('停车多少钱一日', { within: 'd1' }))).toEqual(['d1']);
    expect(documentsOf(search.search('图书馆的书', { without: 'd1' }))).not.toContain('d1');
  });
});

describe('what is found', () => {
  it('is less sure for what no text says', () => {
    const sure = search.search('停车不足一个计时单位收费吗').confidence;
    for (const other of ['明天会下雨吗', '火锅店的电话是多少', '养老金什么时候发']) {
      expect(search.search(other).confidence).toBeLessThan(sure / 2);
    }
  });

  it('is nothing in no text, and for nothing that any text says', () => {
    expect(searchIn().search('停车')).toEqual({ hits: [], confidence: 0, shown: 0 });
    expect(search.search('🙂').hits).toEqual([]);
  });

  it('is word for word, each clause once, with shares between 0 and 1, whatever is asked of whatever text', () => {
    fc.assert(
      fc.property(texts, text, (all, question) => {
        const found = searchIn(all.join('\n'), '另一份文件').search(question);
        const places = found.hits.map(
          ({ clause, document }) => `${document.document.id} ${clause.span.paragraph} ${clause.span.start}`,
        );
        expect(new Set(places).size).toBe(places.length);
        for (const quote of quotesOf(found)) expect(quote).not.toBe('');
        for (const share of [found.confidence, found.shown]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        const scores = found.hits.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
      { numRuns: 100 },
    );
  });
});
