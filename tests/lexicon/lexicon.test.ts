import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commencementsIn } from '../../src/lexicon/commencement.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { createHashTable } from '../../src/lexicon/hash-table.ts';
import { createLexicon, parseLexicon, rowsOf } from '../../src/lexicon/lexicon.ts';

const { groups } = parseLexicon(`# official | everyday | English
缴存比例 缴费比例 | 交几个点 扣几个点 比例~ | contribution rate
卸载 | 删 删掉 | uninstall
机动车停放 | 停车 | parking
`);
const lexicon = createLexicon(groups);

/** What a text may say for a question: the official words first. */
function said(question: string) {
  return lexicon
    .concepts(question)
    .map(({ start, end, members }) => [
      question.slice(start, end),
      ...members.filter(({ weight }) => weight >= 0.3).map(({ word, weight }) => `${word} ${weight}`),
    ]);
}

describe('the lexicon', () => {
  it.each([
    ['公积金交几个点', [['交几个点', '缴存比例 1', '缴费比例 1', '扣几个点 0.4']]],
    ['预装软件能删掉吗', [['删掉', '卸载 1']]],
    ['能删吗', [['删', '卸载 0.3']]],
    ['缴存比例怎么定', [['缴存比例', '缴费比例 0.3']]],
    ['今天天气', []],
  ])('tells what texts say for %s', (question, expected) => {
    expect(
      said(question).map(([word, ...members]) => [word, ...members.filter((one) => !one.startsWith('删掉'))]),
    ).toEqual(expected);
  });

  it.each([
    ['管老兵这部法哪天起算数', '哪天起算数', '施行'],
    ['这个新规矩是哪年哪月开始用', '是哪年哪月开始', '施行'],
    ['补贴的办法啥时候生效的', '啥时候生效', '实施'],
  ])('knows that %s asks since when a rule holds', (question, stretch, word) => {
    const found = said(question).find(([words]) => words === stretch);
    expect(found?.some((one) => one.startsWith(`${word} `))).toBe(true);
  });

  it.each(['今天天气', '哪里能停车', '从今天开始下雨', '后来怎么样了'])(
    'takes %s for no question of that',
    (question) => {
      expect(commencementsIn(question).map(({ start, end }) => question.slice(start, end))).toEqual([]);
    },
  );

  it('counts a loose word half', () => {
    const [concept] = lexicon.concepts('比例多少');
    expect(concept?.members.find(({ word }) => word === '缴存比例')?.weight).toBe(0.5);
    expect(concept?.members.find(({ word }) => word === '交几个点')?.weight).toBe(0.2);
  });

  it('names rows that are no groups', () => {
    const { problems } = parseLexicon('甲 | 乙\n甲 | 乙 | a\n | 乙 | a\n甲 | | \n');
    expect(problems.map(({ line }) => line)).toEqual([1, 3, 4]);
  });
});

describe('word vectors', async () => {
  const { vectors } = await loadLanguage();
  const cosine = (a: string, b: string) => {
    const [x, y] = [vectors.of(a), vectors.of(b)];
    return x.reduce((sum, value, at) => sum + value * (y[at] as number), 0);
  };

  it.each([
    ['老人家', '老年人', '机动车'],
    ['掏钱', '缴纳', '卸载'],
    ['删了', '卸载', '缴纳'],
    ['车位', '泊位', '学历'],
    ['打工的', '劳动者', '噪声'],
    ['罚多少', '罚款', '子女'],
  ])('bring %s nearer to %s than to %s', (said, meant, other) => {
    expect(cosine(said, meant)).toBeGreaterThan(cosine(said, other) + 0.1);
  });

  it('are of length 1, also of what no group has', () => {
    for (const word of ['甲乙丙丁', '𠮷', 'a']) {
      expect(Math.hypot(...vectors.of(word))).toBeCloseTo(1, 5);
    }
  });
});

describe('the lexicon that ships', async () => {
  const folder = new URL('../../lexicon/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tsv'));

  it.each(names)('%s has nothing but groups', async (name) => {
    const { groups: own, problems } = parseLexicon(await readFile(new URL(name, folder), 'utf8'));
    expect(problems).toEqual([]);
    expect(own.length).toBeGreaterThan(100);
  });
});

describe('words as hashes', () => {
  it('are found where they stand and nowhere else, as many as there may be', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom('停', '车', '场', '费', 'a'), minLength: 1, maxLength: 4 }),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(words, (all) => {
        const own = all.map((word) => ({ official: [word], everyday: [], english: [] }));
        const table = createHashTable(rowsOf(own));
        for (const word of ['停车', '车场费', 'a', ...all]) {
          const rows = all.flatMap((one, row) => (one === word ? [row] : []));
          expect(table.rows(`x${word}y`, 1, 1 + word.length)).toEqual(rows);
          if (rows.length > 0) expect(table.longest(word, 0)).toBeGreaterThanOrEqual(word.length);
        }
      }),
    );
  });
});
