import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setToFit } from '../../src/broadcast/poster/fit.ts';
import { type Line, setInLines } from '../../src/broadcast/poster/lines.ts';

const ROOM = { run: 800, stack: 800, pitch: 1.1, leading: 1.4, largest: 140 };

function shown(lines: readonly Line[] | undefined): string {
  return (lines ?? []).map(textOf).join('/');
}

function textOf({ cells }: Line): string {
  return cells.map(({ text }) => text).join('');
}

describe('the lines of a headline', () => {
  it.each([
    ['森林草原防火 人人有责', '森林草原防火/人人有责'],
    [
      '坚持走生态优先、绿色发展之路，积极稳妥推进碳达峰碳中和，加快发展方式绿色转型',
      '坚持走生态优先、/绿色发展之路，/积极稳妥推进/碳达峰碳中和，/加快发展方式/绿色转型',
    ],
    ['绿水青山就是金山银山', '绿水青山/就是金山银山'],
    ['反诈防骗，不轻信、不透露、不转账', '反诈防骗，/不轻信、/不透露、/不转账'],
    ['讲文明树新风，做新时代文明有礼的中国人', '讲文明树新风，/做新时代文明/有礼的中国人'],
    ['拨打12345政务服务热线，“一号响应”群众诉求！', '拨打12345/政务服务热线，/“一号响应”/群众诉求！'],
    ['节约用水', '节约用水'],
  ])('%s', (words, lines) => {
    expect(shown(setToFit(words, ROOM)?.lines)).toBe(lines);
  });

  it('can be too many for a poster', () => {
    expect(setToFit('很长的话'.repeat(120), ROOM)).toBeUndefined();
    expect(setToFit('', ROOM)).toBeUndefined();
  });
});

const piece = fc.constantFrom(
  '森林',
  '防火',
  '人',
  '的',
  '和',
  '生态',
  '优先',
  '12345',
  'AI',
  '95%',
  '，',
  '、',
  '。',
  '！',
  '（',
  '）',
  '“',
  '”',
  ' ',
  '…',
);
const words = fc.array(piece, { minLength: 1, maxLength: 24 }).map((pieces) => pieces.join(''));

describe('whatever the words', () => {
  it('loses and adds nothing but spaces', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 6 }), (text, count) => {
        const setting = setInLines(text, count);
        if (!setting) return;
        expect(setting.lines).toHaveLength(count);
        expect(shown(setting.lines).replace(/[/\s]/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('leaves no mark alone at the wrong end of a line', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 6 }), (text, count) => {
        const lines = setInLines(text, count)?.lines.map(textOf) ?? [];
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，、。！）”…%]/u);
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（“]$/u);
      }),
    );
  });

  it('keeps numbers and Latin words whole', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 6 }), (text, count) => {
        const lines = setInLines(text, count)?.lines.map(textOf);
        if (!lines) return;
        const runs = (of: string) => of.match(/[A-Z\d]+/g) ?? [];
        expect(lines.flatMap(runs)).toEqual(runs(text.replace(/\s/g, '|')));
      }),
    );
  });
});
