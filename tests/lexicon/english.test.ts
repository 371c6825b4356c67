import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEnglishLexicon, englishKey } from '../../src/lexicon/english.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { createLexicon, parseLexicon, rowsOf } from '../../src/lexicon/lexicon.ts';
import { createSortedRows, weighedIn } from '../../src/lexicon/sorted-rows.ts';
import { createTransliterator } from '../../src/lexicon/transliteration.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const FOLDER = new URL('../../lexicon/english/', import.meta.url);

describe('English', () => {
  const { groups } = parseLexicon(`缴存比例 缴费比例 | 交几个点 | contribution rate
机动车停放 | 停车 | parking
安装包 | apk 装机包 |
`);
  const english = createEnglishLexicon(rowsOf(groups), {
    dictionary: bytes(
      '# head\nallow\t允许:1\nincom\t收入:.6\nincom tax\t所得税:1\npark\t停放:1 公园:.8\ntax\t税:.3\nwag\t工资:1\n',
    ),
    near: bytes('# head\nlevy\ttax:.9 park:.2\nsalary\twag:.8\n'),
    names: '# head\njack\t杰克:-1\nson\t逊:-1 森:-2\n',
  });
  const said = (question: string, occurs?: (word: string) => boolean) =>
    english.concepts(question, occurs).map(({ start, end, members }) => {
      return [question.slice(start, end), ...members.map(({ word }) => word)].join(' ');
    });

  it.each([
    ['contribution rates', ['contribution rates 缴存比例 缴费比例']],
    ['where is parking allowed', ['parking 机动车停放 停放 公园', 'allowed 允许']],
    ['income tax', ['income tax 所得税']],
    ['apk', ['apk 安装包']],
    ['停车 parking', []],
  ])('is looked up, the longest phrase first: %s', (question, expected) => {
    expect(said(question)).toEqual(expected);
  });

  it('is looked up word by word where the texts have nothing of a phrase', () => {
    expect(said('income tax', (word) => word !== '所得税')).toEqual(['income 收入', 'tax 税']);
  });

  it('finds what words near in meaning are in Chinese, less sure of it', () => {
    expect(said('salary levy')).toEqual(['salary 工资', 'levy 税']);
    const [concept] = english.concepts('salary');
    expect(concept?.members[0]?.weight).toBeCloseTo((0.8 - 0.45) / 0.55, 5);
  });

  it('spells names that no table has, as far as the texts may have them', () => {
    expect(said('jackson', (word) => word !== '克森')).toEqual(['jackson 杰克逊']);
  });

  it('meets in its inflections', () => {
    expect(englishKey('Parking  Places')).toBe(englishKey('park place'));
  });
});

describe('English questions', async () => {
  const { lexicon } = await loadLanguage();

  it('are not searched for Latin letters that are part of a word', () => {
    const chinese = createLexicon(parseLexicon('信用证明 | ai | \n').groups);
    expect(chinese.concepts('available')).toHaveLength(1);
    expect(lexicon.concepts('available').map(({ start, end }) => [start, end])).toEqual([[0, 9]]);
  });

  it.each([
    ['How high is the salary?', '工资'],
    ['rainforest', '雨林'],
    ['Who was Gandhi?', '甘地'],
    ['Jacksonville', '杰克逊维尔'],
  ])('%s may be said %s', (question, word) => {
    const occurs = (one: string) => word.includes(one);
    expect(lexicon.concepts(question.toLowerCase(), occurs).flatMap(({ members }) => members)).toContainEqual(
      expect.objectContaining({ word }),
    );
  });
});

describe('sorted rows', () => {
  it('are found as in a map', () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '1'), maxLength: 4 }).map((one) => `a${one}`);
    fc.assert(
      fc.property(fc.dictionary(key, fc.constantFrom('税:1', '停放:.5 公园:.4', '')), key, (rows, other) => {
        const text = Object.entries(rows).map(([one, cell]) => `${one}\t${cell}`);
        const find = createSortedRows(bytes(`# head\n${text.toSorted().join('\n')}\n`));
        for (const one of [other, ...Object.keys(rows)]) expect(find(one)).toBe(rows[one]);
      }),
    );
  });

  it('are read down to a weight', () => {
    expect(weighedIn('停放:1 公园:.8 园:.3', 0.5)).toEqual([
      { word: '停放', weight: 1 },
      { word: '公园', weight: 0.8 },
    ]);
  });
});

describe('names', () => {
  it('are told in their likeliest spellings', () => {
    const transliterate = createTransliterator('a\t阿:-1 亚:-2\nma\t马:-1\nzon\t逊:-1 孙:-1.5\n');
    expect(transliterate('amazon', () => true).map(({ word }) => word)).toEqual([
      '阿马逊',
      '阿马孙',
      '亚马逊',
      '亚马孙',
    ]);
    expect(transliterate('xyzzy', () => true)).toEqual([]);
  });
});

describe('the tables for English that ship', () => {
  it.each([
    ['cc-cedict.tsv', ['CC-CEDICT', 'ShareAlike 4.0']],
    ['names.tsv', ['CC-CEDICT', 'ShareAlike 4.0']],
    ['near.tsv', ['GloVe', 'PDDL']],
  ])('%s says whose it is, and is sorted', async (name, credits) => {
    const rows = (await readFile(new URL(name, FOLDER), 'utf8')).trimEnd().split('\n');
    for (const credit of credits) expect(rows.slice(0, 2).join(' ')).toContain(credit);
    const known = rows.filter((row) => !row.startsWith('#'));
    expect(known.toSorted()).toEqual(known);
  });
});
