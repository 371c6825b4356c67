import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { DoubtDetail } from '../../src/importing/doubt.ts';
import type { Imported } from '../../src/importing/imported.ts';
import { importFile } from '../../src/importing/read.ts';

const SAMPLES = new URL('../fixtures/importing/', import.meta.url);

async function imported(name: string): Promise<Imported> {
  const [document] = await importFile({ name, bytes: new Uint8Array(await readFile(new URL(name, SAMPLES))) });
  return document;
}

async function record(name: string): Promise<readonly string[]> {
  const text = await readFile(new URL(name, SAMPLES), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

const codes = ({ doubts }: Imported) => doubts.map(({ detail }): DoubtDetail['code'] => detail.code);

/** What every form of the sample says of itself. */
const PARTICULARS = {
  title: '清溪区人民政府办公室关于印发清溪区共享单车停放管理办法的通知',
  publisher: '清溪区人民政府办公室',
  number: '清府办规〔2023〕12号',
  effective: '2023-10-01',
  expires: '2026-09-30',
  region: '清溪区',
};

describe('one notice in every form', () => {
  it.each(['notice.txt', 'notice.md', 'notice.html', 'notice.docx'])(
    '%s gives its paragraphs and particulars',
    async (name) => {
      const document = await imported(name);
      expect(document.paragraphs).toEqual(await record('notice.txt'));
      expect(document).toMatchObject(PARTICULARS);
    },
  );

  it('a PDF in two columns gives the text as its columns go on; its annex is a table, and not in it', async () => {
    const document = await imported('notice.pdf');
    const lines = await record('notice.txt');
    expect(document.paragraphs).toEqual(lines.slice(0, lines.indexOf('附件：停放点设置标准')));
    expect(document).toMatchObject(PARTICULARS);
  });

  it('a ruled table in a PDF gives its rows, merged cells as in every other format', async () => {
    expect((await imported('table.pdf')).paragraphs.slice(2)).toEqual([
      '序号\t区域\t每平方米停放数\t管理单位',
      '1\t车站广场\t3辆，节假日可以按照实际需要临时增加到4辆\t广场管理处',
      '2\t车站广场\t2辆\t站务公司',
      '其他',
      '3\t学校门口\t1辆\t属地街道',
      '以上标准自印发之日起执行。',
    ]);
  });

  it('a page gives its address and the day on it, and says what it left out', async () => {
    const document = await imported('notice.html');
    expect(document).toMatchObject({ url: 'https://www.qingxi.example/zwgk/1234.html', published: '2023-08-25' });
    expect(codes(document)).toEqual(['left-out']);
    expect(document.doubts[0]?.detail).toMatchObject({
      some: expect.arrayContaining([expect.stringContaining('备00000000号')]),
    });
  });

  it('Word’s own numbers become text, and that is said', async () => {
    expect(codes(await imported('notice.docx'))).toContain('numbers-made');
  });
});

describe('encodings', () => {
  it('reads GB18030 and Big5, and says that it guessed', async () => {
    const answers = await imported('answers-gb18030.txt');
    expect(answers.title).toBe('关于“暖心食堂”有关问题的解答');
    expect(answers.paragraphs[1]).toBe('记者：哪些老人可以到“暖心食堂”用餐？');
    expect(answers.doubts[0]?.detail).toEqual({ code: 'encoding-guessed', encoding: 'gb18030' });
    const act = await imported('act-big5.txt');
    expect(act.paragraphs.slice(0, 4)).toEqual([
      '青川市自行車停放自治條例',
      '第 一 章 總則',
      '第 1 條',
      '為維護市民通行安全，改善市容觀瞻，特制定本自治條例。',
    ]);
    expect(act.doubts[0]?.detail).toEqual({ code: 'encoding-guessed', encoding: 'big5' });
  });

  it.each(['utf-16le', 'utf-16be'])('reads %s with and without its mark', async (encoding) => {
    const text = '关于停水的通知\n\n因管道检修，明日上午八时至十二时停水，请提前储水。\n';
    const units = Uint8Array.from([...text].flatMap((unit) => wide(unit.charCodeAt(0), encoding)));
    const mark = Uint8Array.from(wide(0xfeff, encoding));
    for (const bytes of [units, Uint8Array.from([...mark, ...units])]) {
      const [document] = await importFile({ name: 'a.txt', bytes });
      expect(document.paragraphs).toEqual(['关于停水的通知', '因管道检修，明日上午八时至十二时停水，请提前储水。']);
    }
  });
});

describe('lines', () => {
  it('that were wrapped at a width are joined again; short ones and headings are not', async () => {
    const { paragraphs } = await imported('wrapped.txt');
    expect(paragraphs).toHaveLength(4);
    expect(paragraphs[1]).toMatch(/^为了让居民少跑路.*邮费由中心承担。$/);
    expect(paragraphs.at(-1)).toBe('咨询电话：8642 0000');
  });
});

function wide(unit: number, encoding: string): readonly number[] {
  const [high, low] = [unit >> 8, unit & 255];
  return encoding === 'utf-16le' ? [low, high] : [high, low];
}
