import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCsv, writeCsv } from '../../src/text/csv.ts';
import { call, rows } from './run.ts';

let home: string;
let knowledge: string;
let table: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wence-faq-'));
  knowledge = join(home, 'knowledge');
  table = join(home, 'faq.csv');
  await mkdir(join(knowledge, 'bikes'), { recursive: true });
  await writeFile(
    join(knowledge, 'bikes', 'source.md'),
    '---\ntitle: 停放办法\n---\n停放办法\n\n第一条 企业应当在2小时内移走违规停放的车辆。\n\n第二条 学校门口五十米以内不得设置停放点。\n',
  );
});
afterEach(() => rm(home, { recursive: true, force: true }));

const faq = (...args: readonly string[]) => call([...args, '--knowledge', knowledge]);

describe('a table of questions', () => {
  it('goes in, is answered, and comes out as it was', async () => {
    await writeFile(
      table,
      '问题,出处\r\n小黄车乱摆谁来拖,bikes: 2小时内移走\r\n"摆摊, 能挨着校门不","停放办法：学校门口五十米以内"\r\n拖车要多久,bikes: 2小时内移走\r\n',
    );
    expect(await faq('import', table)).toMatchObject({ code: 0, stdout: '收进 3 个问法。\n' });
    const { stdout } = await faq('ask', '--json', '小黄车乱摆谁来拖');
    expect(rows(stdout)[0]).toMatchObject({
      outcome: 'answered',
      quotes: [{ text: expect.stringContaining('2小时内') }],
    });
    const out = join(home, 'out.csv');
    expect((await faq('export', out)).stdout).toContain('3 个问法');
    const text = await readFile(out, 'utf8');
    expect(parseCsv(text)).toContainEqual(['摆摊, 能挨着校门不', 'bikes: 第二条 学校门口五十米以内不得设置停放点。']);
    expect(await faq('import', out)).toMatchObject({ code: 0 });
    expect((await faq('export', out)).code).toBe(2);
    expect((await faq('export', out, '--replace')).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(text);
  });

  it('names each row that does not fit, and takes the others', async () => {
    const lines = [
      '没有出处,',
      '哪里,nobody: 话',
      '不在,bikes: 三小时',
      '能停学校门口吗,bikes: 学校门口',
      '能停学校门口吗,bikes: 2小时',
    ];
    await writeFile(table, lines.join('\n'));
    const { code, stdout } = await faq('import', table);
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, -1)).toEqual([
      expect.stringMatching(/第 1 行：没有写出处/),
      expect.stringMatching(/第 2 行：没有这个文件夹/),
      expect.stringMatching(/第 3 行：原文里没有这句话/),
      expect.stringMatching(/第 5 行：同一个问题写了两个出处/),
      '收进 1 个问法；4 行没有收。',
    ]);
  });
});

it('any fields come out of a CSV as they went in', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '问', '"', ',', '\n', "'", '=', '-', ' ', '；') });
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          field,
          field.map((text) => `x${text}`),
        ),
        { minLength: 1 },
      ),
      (table) => {
        const kept = table.filter(([first]) => !/^'[=+\-@]/.test(first));
        expect(parseCsv(writeCsv([['question', 'place'], ...kept])).slice(1)).toEqual(kept.map((row) => [...row]));
      },
    ),
  );
});
