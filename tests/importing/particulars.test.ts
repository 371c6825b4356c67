import { describe, expect, it } from 'vitest';
import { endOfTerm } from '../../src/importing/day.ts';
import { folderName, freeName } from '../../src/importing/folder-name.ts';
import type { Imported } from '../../src/importing/imported.ts';
import { importFile } from '../../src/importing/read.ts';

async function read(text: string): Promise<Imported> {
  const [document] = await importFile({ name: 'a.txt', bytes: new TextEncoder().encode(text) });
  return document;
}

describe('what a text says of itself', () => {
  it.each<[string, Partial<Imported>]>([
    [
      '某市人民政府令\n\n第12号\n\n《某市养犬管理办法》已经通过，现予公布。\n\n市长：某某\n\n2024年3月1日\n\n第一条 本办法自2024年5月1日起施行。',
      { number: '某市人民政府令第12号', published: '2024年3月1日', effective: '2024-05-01' },
    ],
    [
      '江北省养老服务条例\n\n2023年11月30日 江北省第十四届人民代表大会常务委员会第六次会议通过\n\n第一条 为了发展养老服务，制定本条例。\n\n第二条 本条例自2024年1月1日起施行。',
      {
        publisher: '江北省人民代表大会常务委员会',
        published: '2023年11月30日',
        effective: '2024-01-01',
        region: '江北省',
      },
    ],
    [
      '某市民政局 某市财政局关于提高补助标准的通知\n\n各区民政局：\n\n本通知自印发之日起实施，有效期至2026年12月31日。\n\n某市民政局 某市财政局\n\n二〇二四年七月二日',
      { publisher: '某市民政局 某市财政局', effective: '2024-07-02', expires: '2026-12-31' },
    ],
    [
      '《某办法》答记者问\n\n问：为什么出台？\n\n答：为了方便群众办事，回应社会关切，明确各方责任。\n\n（来源：某某网）',
      { publisher: '某某网', about: ['《某办法》'], effective: undefined },
    ],
  ])('%#', async (text, said) => {
    expect(await read(text)).toMatchObject(said);
  });

  it('what is not said stays empty and is reported', async () => {
    const { publisher, published, doubts } = await read(
      '暖冬行动\n\n天冷了，社区服务站从今天起全天供应热水，欢迎环卫工人进来歇脚。',
    );
    expect([publisher, published]).toEqual([undefined, undefined]);
    expect(doubts.map(({ detail }) => detail)).toEqual([
      { code: 'missing', what: 'publisher' },
      { code: 'missing', what: 'date' },
    ]);
  });

  it('a term ends on the day before', () => {
    expect(endOfTerm('2023-09-08', 3)).toBe('2026-09-07');
    expect(endOfTerm('2024-01-01', 5)).toBe('2028-12-31');
    expect(endOfTerm('2024-03-01', 1)).toBe('2025-02-28');
    expect(endOfTerm('2023-03-01', 1)).toBe('2024-02-29');
  });
});

describe('a folder’s name', () => {
  it.each([
    ['某市养犬管理办法', 'dog-rules-2024.docx', 'dog-rules-2024'],
    ['某市养犬管理办法', '附件1.docx', 'mou-shi-yang-quan-guan-li-ban-fa'],
    ['某市人民政府关于印发某市养犬管理办法的通知', 'document(3).pdf', 'mou-shi-yang-quan-guan-li-ban-fa'],
    ['🎉', '🎉.txt', 'document'],
  ])('of %s from %s', (title, file, name) => {
    expect(folderName(title, file)).toBe(name);
    expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,31}$/);
  });

  it('gets a number where it is taken, and stays short', () => {
    const taken = new Set(['a', 'a-2', 'mou-shi-yang-quan-guan-li-ban-fa']);
    const isTaken = (name: string) => taken.has(name);
    expect(freeName('a', isTaken)).toBe('a-3');
    expect(freeName('mou-shi-yang-quan-guan-li-ban-fa', isTaken)).toHaveLength(32);
  });
});
