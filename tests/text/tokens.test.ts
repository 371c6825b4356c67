import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../src/text/fold.ts';
import { stem, tokenize } from '../../src/text/tokens.ts';

describe('tokenize', () => {
  it.each([
    ['Han characters, one and two at a time', '社保缴存', ['社', '保', '缴', '存'], ['社保', '保缴', '缴存']],
    ['no bigram crosses punctuation', '选，管', ['选', '管'], []],
    ['no bigram crosses a gap of question words', '合同|签', ['合', '同', '签'], ['合同']],
    ['Latin words stand whole', 'idc和cdn', ['idc', '和', 'cdn'], ['idc', 'cdn']],
    ['a number takes its percent sign', '超过30%', ['超', '过', '30%'], ['超过', '30%']],
    ['a number without it is another term', '超过30', ['超', '过', '30'], ['超过', '30']],
    ['letters and digits part', 'wto2024年', ['wto', '2024', '年'], ['wto', '2024']],
    ['a character beyond the basic plane is one', '𠮷野', ['𠮷', '野'], ['𠮷野']],
    ['English loses its inflection', 'companies hiring', ['company', 'hir'], ['company', 'hir']],
    ['nothing but marks', '！？…👍 ', [], []],
    ['nothing', '', [], []],
  ])('%s', (_, text, characters, bigrams) => {
    expect(tokenize(text)).toMatchObject({ characters, bigrams });
  });

  it('words are those of the dictionary, of two characters and more, with Latin words and numbers', () => {
    const { words } = tokenize('社区工作者签订劳动合同，50%');
    expect(words).toEqual(expect.arrayContaining(['社区', '劳动', '合同', '50%']));
    expect(words.every((word) => word.length > 1)).toBe(true);
  });

  it('of any folded text, terms are pieces of it, and every Han character is one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (original) => {
        const folded = foldText(original);
        const { characters, bigrams } = tokenize(folded);
        for (const bigram of bigrams) if (/^\p{Script=Han}/u.test(bigram)) expect(folded).toContain(bigram);
        const han = characters.filter((term) => /^\p{Script=Han}/u.test(term));
        expect(han.join('')).toBe((folded.match(/\p{Script=Han}/gu) ?? []).join(''));
      }),
    );
  });
});

describe('stem', () => {
  it.each([
    ['companies', 'company'],
    ['company', 'company'],
    ['businesses', 'business'],
    ['workers', 'worker'],
    ['training', 'train'],
    ['trained', 'train'],
    ['services', 'servic'],
    ['service', 'servic'],
    ['status', 'status'],
    ['access', 'access'],
    ['idc', 'idc'],
    ['red', 'red'],
    ['社区', '社区'],
  ])('%s → %s', (word, stemmed) => {
    expect(stem(word)).toBe(stemmed);
  });
});
