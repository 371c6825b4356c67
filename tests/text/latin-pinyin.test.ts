import { describe, expect, it } from 'vitest';
import type { Frequencies } from '../../src/text/corrector.ts';
import { spellOut } from '../../src/text/latin-pinyin.ts';

/** Texts that say 社区工作者, and nothing else. */
const TEXT = '社区工作者';
const count = (found: boolean) => (found ? 1 : 0);
const frequencies: Frequencies = {
  character: (code) => count(TEXT.includes(String.fromCharCode(code))),
  pair: (first, second) => count(TEXT.includes(String.fromCharCode(first, second))),
};
const spelled = (text: string) => spellOut(text, frequencies, (word) => word === 'idc');

describe('spellOut', () => {
  it.each([
    ['shequ gongzuozhe', '社区工作者'],
    ['shequgongzuozhe', '社区工作者'],
    ["she'qu有吗", '社区有吗'],
    ['idc', 'idc'],
    ['hello', 'hello'],
    ['社区', '社区'],
  ])('%s → %s', (text, written) => {
    expect(spelled(text)).toBe(written);
  });

  it('writes out no more than 64 syllables of a text, so that letters without end take no time without end', () => {
    expect(spelled('shequ'.repeat(32))).toBe('社区'.repeat(32));
    expect(spelled('shequ'.repeat(33))).toBe('shequ'.repeat(33));
    expect(spelled(['shequ'.repeat(20), 'shequ'.repeat(20), 'shequ'.repeat(2)].join(','))).toBe(
      ['社区'.repeat(20), 'shequ'.repeat(20), 'shequ'.repeat(2)].join(','),
    );
  });
});
