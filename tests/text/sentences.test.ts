import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clauses, type Range, sentences } from '../../src/text/sentences.ts';

const cut = (text: string, ranges: readonly Range[]) => ranges.map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it.each([
    ['句号、问号、叹号', '甲。乙？丙！丁', ['甲。', '乙？', '丙！', '丁']],
    ['a closing quotation mark stays with its sentence', '“甲。乙。”丙说。', ['“甲。', '乙。”', '丙说。']],
    ['several closing marks stay', '（他说：“好！”）之后。', ['（他说：“好！”）', '之后。']],
    ['several end marks are one end', '真的吗？！……是', ['真的吗？！……', '是']],
    ['a line break ends one', '甲\n乙', ['甲', '乙']],
    ['white space around is left out', '  甲。  乙 ', ['甲。', '乙']],
    ['a full stop inside a number is none', '1.问：甲', ['1.问：甲']],
    ['only white space is none', ' \n　', []],
    ['nothing is none', '', []],
  ])('%s', (_, text, expected) => {
    expect(cut(text, sentences(text))).toEqual(expected);
  });
});

describe('clauses', () => {
  it.each([
    ['逗号、分号、冒号、顿号', '甲，乙；丙：丁、戊。', ['甲，', '乙；', '丙：', '丁、', '戊。']],
    ['a closing mark stays', '“甲，”乙说', ['“甲，”', '乙说']],
  ])('%s', (_, text, expected) => {
    expect(cut(text, clauses(text))).toEqual(expected);
  });
});

describe.each([
  ['sentences', sentences],
  ['clauses', clauses],
])('%s of any text', (_, parts) => {
  it('cover everything but white space, in order, without overlap and without white space around', () => {
    const unit = fc.constantFrom('甲', 'b', '。', '，', '？', '”', '）', '\n', ' ', '　', '…', '𠮷', '\ud800');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' })), (text) => {
        let until = 0;
        for (const { start, end } of parts(text)) {
          expect(start).toBeGreaterThanOrEqual(until);
          expect(text.slice(until, start).trim()).toBe('');
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          until = end;
        }
        expect(text.slice(until).trim()).toBe('');
      }),
      { numRuns: 200 },
    );
  });
});
