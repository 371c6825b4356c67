import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numeralsIn, withPlainNumbers } from '../../src/text/numerals.ts';

describe('numbers written in one way', () => {
  it.each([
    ['3方面要求', '三方面要求'],
    ['第18条', '第十八条'],
    ['50%', '百分之五十'],
    ['100%', '百分之百'],
    ['3.5%', '百分之三点五'],
    ['2年', '两年'],
    ['11家', '十一家'],
    ['4000万户', '四千万户'],
    ['4000万户', '40000000户'],
    ['1,926家', '一千九百二十六家'],
    ['一万五', '15000'],
    ['三千二元', '3200元'],
    ['两百五', '250'],
    ['2024年4月10日', '二〇二四年四月十日'],
    ['2024-04-10', '二零二四年四月十号'],
    ['2024/4/10', '2024.04.10'],
    ['4月10号', '四月十日'],
    ['24小时', '二十四小时'],
  ])('%s as %s', (one, other) => {
    expect(withPlainNumbers(one)).toBe(withPlainNumbers(other));
  });

  it.each([
    '一般',
    '统一',
    '千万别',
    '万一',
    '十分重要',
    '十五五规划',
    '五六百人',
    '万一五',
    '一二三',
    'b21',
    '5g',
    'ipv6',
    '两办',
    'v1.2.3',
  ])('leaves %s alone, where characters are no number', (text) => {
    expect(withPlainNumbers(text)).toBe(text);
  });

  it('keeps numbers apart', () => {
    const texts = ['49%', '50%', '50', '15', '51', '2024年', '2025年', '三项', '四项'];
    expect(new Set(texts.map(withPlainNumbers)).size).toBe(texts.length);
  });

  it('changes nothing twice, and nothing of a text without numbers', () => {
    const numbers = [
      '3项',
      '18',
      '两个',
      '第十八条',
      '百分之五十',
      '50%',
      '二〇二四年',
      '4月10号',
      '2024-4-10',
      '四千万',
      '一些',
      '5g',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...numbers)), (parts) => {
        const plain = withPlainNumbers(parts.join('的'));
        expect(withPlainNumbers(plain)).toBe(plain);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'社区工作者的薪酬abc，。') }), (text) => {
        expect(withPlainNumbers(text)).toBe(text);
        expect(numeralsIn(text)).toEqual([]);
      }),
    );
  });

  it('reads back every whole number that it spells', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 999_999_999 }), (value) => {
        const [numeral] = numeralsIn(`${value}家`);
        expect(numeralsIn(`${numeral?.han}家`)[0]?.arabic).toBe(String(value));
      }),
    );
  });
});
