import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPassageIndex } from '../../src/passages/passage-index.ts';
import { QUOTE_LIMIT, sentenceEnds } from '../../src/passages/sentence-ends.ts';
import { toUnits } from '../../src/passages/units.ts';
import { CONFIDENT } from '../../src/passages/weights.ts';

const PASSAGES = [
  '本市建立社区工作者薪酬体系。薪酬由街道办事处确定，每年调整一次。考取社会工作者职业资格的，给予奖励。',
  '增值电信业务对外开放试点自2024年4月8日起实施。试点地区取消互联网数据中心业务的外资股比限制。试点首先在北京、上海、海南和深圳开展。',
  '圖書館每週一閉館。其他日子從上午九點開到晚上八點。讀者可以憑身分證辦理借書證。',
].map((text, at) => ({ document: String(at), text }));
const index = createPassageIndex(PASSAGES);

describe('a quote', () => {
  it.each([
    ['社区工作者的薪酬由谁确定？', '街道办事处'],
    ['电信试点从什么时候开始？', '2024年4月8日'],
    ['試點在哪些城市開展？', '北京、上海、海南和深圳'],
    ['图书馆星期几闭馆？', '週一'],
    ['shidian zai nali kaizhan', '北京'],
    ['设区工作者的新酬由谁定', '街道办事处'],
  ])('answers %s', (question, answer) => {
    expect(index.search(question, 3).quote?.text).toContain(answer);
  });

  it.each(['明天会下雨吗？', '火锅店的电话是多少？'])('is not sure of %s', (question) => {
    expect(index.search(question, 3).confidence).toBeLessThan(CONFIDENT);
  });

  it('is the passage word for word, of whole sentences, within the limit', () => {
    const text = fc
      .array(fc.constantFrom('薪酬', '社区，', '街道。', '试点！', '”', ' ', '\n', '办事处', '甲'.repeat(50)), {
        minLength: 1,
        maxLength: 30,
      })
      .map((parts) => `社区${parts.join('')}`);
    fc.assert(
      fc.property(text, (passage) => {
        const { quote, hits } = createPassageIndex([{ document: 'a', text: passage }]).search('社区的薪酬？', 1);
        if (!quote) return;
        expect(hits[0]?.text.slice(quote.start, quote.end)).toBe(quote.text);
        expect(quote.text.length).toBeLessThanOrEqual(QUOTE_LIMIT);
        expect(quote.text).toBe(quote.text.trim());
      }),
      { numRuns: 200 },
    );
  });
});

describe('sentences', () => {
  it.each([
    ['一。二！三？', ['一。', '二！', '三？']],
    ['「一。」二', ['「一。」', '二']],
    ['一……二', ['一……', '二']],
    ['一\n\n二', ['一\n\n', '二']],
    ['', []],
    [`${'甲'.repeat(70)}，${'乙'.repeat(70)}。丙。`, [`${'甲'.repeat(70)}，`, `${'乙'.repeat(70)}。`, '丙。']],
  ])('of %s', (text, expected) => {
    let from = 0;
    const found = sentenceEnds(toUnits(text)).map((end) => {
      const sentence = text.slice(from, end);
      from = end;
      return sentence;
    });
    expect(found).toEqual(expected);
  });
});
