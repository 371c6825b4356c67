import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut } from '../../src/knowledge/document.ts';
import { QUOTE_LIMIT } from '../../src/knowledge/schema.ts';
import { type Reading, readDocument } from '../../src/reading/reading.ts';

function read(...lines: readonly string[]): Reading {
  return readDocument(plainDocument('d', ['标题', ...lines].join('\n')));
}

/** Each passage as its path and its clauses. */
function shown({ document, passages }: Reading) {
  return passages.map(({ clauses }) => [
    clauses.at(-1)?.path.join(' > '),
    ...clauses.map(({ span }) => cut(document, span)),
  ]);
}

describe('a passage is', () => {
  it('an article with its paragraphs, under its chapter', () => {
    expect(
      shown(
        read(
          '第一章 总 则',
          '第一条 为了加强停车治理，制定本条例。',
          '第二条 本市行政区域内适用本条例。',
          '公共交通不适用本条例。',
          '第二章 管理',
          '第三条 车位不得出租。',
        ),
      ),
    ).toEqual([
      ['', '标题'],
      ['第一章 总则 > 第一条', '第一章 总 则', '第一条 为了加强停车治理，制定本条例。'],
      ['第一章 总则 > 第二条', '第二条 本市行政区域内适用本条例。', '公共交通不适用本条例。'],
      ['第二章 管理 > 第三条', '第二章 管理', '第三条 车位不得出租。'],
    ]);
  });

  it.each([
    ['第九条 本条例自2024年5月1日起施行。', '标题'],
    ['第九条 本办法由市民政局负责解释。', '标题'],
    ['第九條 本法施行細則，由中央主管機關定之。', '标题'],
    ['第九条 违反本条例规定的，处二百元罚款。', ''],
    ['第九条 本市实行错峰停车。', ''],
  ])('found by the title, too, where it speaks of the document itself: %s', (line, above) => {
    expect(read('第一条 车位不得出租。', line).passages.at(-1)?.above).toBe(above);
  });

  it('a question with its answer', () => {
    expect(
      shown(read('问：网证是什么？', '答：网证是一种数字证书。', '它由公安机关签发。', '问：要钱吗？', '答：免费。')),
    ).toEqual([
      ['', '标题'],
      ['问：网证是什么？', '问：网证是什么？', '答：网证是一种数字证书。', '它由公安机关签发。'],
      ['问：要钱吗？', '问：要钱吗？', '答：免费。'],
    ]);
  });

  it('a heading with what stands below it, and cut where that is long', () => {
    const long = (mark: string) => `${mark}${'对符合条件的人员给予补贴。'.repeat(11)}`;
    const reading = read('一、支持企业', long('（一）'), long('（二）'));
    expect(reading.passages.map(({ clauses }) => clauses.at(-1)?.path)).toEqual([
      [],
      ['一、支持企业'],
      ['一、支持企业'],
    ]);
    expect(reading.passages[2]?.above).toBe('一、支持企业');
  });

  it('in Taiwan’s laws, too, an article with its items', () => {
    const reading = read('第 8 條', '下列行為不得為之：', '一、燃放爆竹。', '二、神壇活動。', '第 9 條', '工廠適用。');
    expect(shown(reading).slice(1)).toEqual([
      ['第8條', '第 8 條', '下列行為不得為之：', '一、燃放爆竹。', '二、神壇活動。'],
      ['第9條', '第 9 條', '工廠適用。'],
    ]);
    const [lead] = reading.passages[1]?.clauses.slice(2) ?? [];
    expect(lead?.lead && cut(reading.document, lead.lead)).toBe('下列行為不得為之：');
  });
});

describe('an item of a list', () => {
  it('knows the line that it needs to be understood', () => {
    const reading = read(
      '第五条 有下列情形之一的，不予登记：',
      '（一）材料不全的；',
      '（二）超过期限的。',
      '前款规定另有除外。',
    );
    const clauses = reading.passages.flatMap((passage) => passage.clauses);
    const leadOf = (at: number) => {
      const lead = clauses[at]?.lead;
      return lead && cut(reading.document, lead);
    };
    expect([1, 2, 3, 4].map(leadOf)).toEqual([
      undefined,
      '第五条 有下列情形之一的，不予登记：',
      '第五条 有下列情形之一的，不予登记：',
      undefined,
    ]);
  });
});

describe('every text', () => {
  const line = fc
    .array(
      fc.constantFrom(
        '第一条',
        '（一）',
        '一、',
        '问：',
        '答：',
        '居民可以申请。',
        '补贴；',
        '如下：',
        '？',
        ' ',
        '甲'.repeat(70),
        '𠮷',
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join(''));

  it('is in its clauses whole, word for word, none longer than a quote', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 15 }), (lines) => {
        const reading = read(...lines);
        const { paragraphs } = reading.document;
        const seen = paragraphs.map((text) => Array.from({ length: text.length }, () => false));
        for (const { span } of reading.passages.flatMap(({ clauses }) => clauses)) {
          const text = cut(reading.document, span);
          expect(text.length).toBeLessThanOrEqual(QUOTE_LIMIT);
          expect(text).toBe(text.trim());
          expect(text.isWellFormed()).toBe(true);
          for (let at = span.start; at < span.end; at++) (seen[span.paragraph] as boolean[])[at] = true;
        }
        const missed = paragraphs.map((text, at) =>
          text
            .split('')
            .filter((unit, i) => !seen[at]?.[i] && unit.trim() !== '')
            .join(''),
        );
        expect(missed.join('')).toBe('');
      }),
      { numRuns: 200 },
    );
  });
});
