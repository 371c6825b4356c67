import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameText } from '../../src/messages/names.ts';

it.each([
  ['幸福小区业主群', '幸福小区业主群'],
  ['@everyone 速看', '＠everyone 速看'],
  ['点 https://evil.example/x 领奖', '点 https:／／evil．example／x 领奖'],
  ['t.me/evil', 't．me／evil'],
  ['/start@evil_bot', '／start＠evil_bot'],
  ['#中奖', '＃中奖'],
  ['甲\u202e乙\u0000丙\n丁\u200b', '甲 乙 丙 丁'],
  ['\ud800', '…'],
  ['', '…'],
  ['长'.repeat(300), `${'长'.repeat(64)}…`],
  ['甲\u0301\u0301\u0301\u0301\u0301乙', '甲乙'],
])('%j', (name, shown) => {
  expect(nameText(name)).toBe(shown);
});

it('never holds a link, a mention or a line of its own', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('@a', 'a.b', 'http://x.y', '\n', '\u202e'),
      (some, evil) => {
        const shown = nameText(`${some}${evil}${some}`);
        expect(shown).not.toMatch(/@|\/|\n|\u202e|[a-z0-9]\.[a-z0-9]/i);
        expect(nameText(shown)).toBe(shown);
      },
    ),
  );
});
