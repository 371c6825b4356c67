import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../shipped.ts';

// The newspaper's layout dropped the report's headline and byline into the middle of 「临港新片区」. They belong at its head.
const HEADLINE = '试点扩大电信领域对外开放，将带来哪些影响？';
const BYLINE = '新华社记者 王悦阳 张辛欣 张晓洁';
const BROKEN = '上海自由贸易试验区临港新|片区及社会主义现代化建设引领区';
const REPORT_BEGINS = '工业和信息化部4月10日发布《关于开展增值电信业务扩大对外开放试点工作的通告》';

// Where a sentence goes on in the next column.
const BROKEN_BY_COLUMNS = [
  ['最迫切、', '最集中'],
  ['用权行为，落', '实党务'],
] as const;

// In the order in which the newspaper prints them.
const FOLDERS = ['community-workers', 'telecom-pilot', 'slogans'];

describe('原文与报纸文字一字不差', () => {
  it('the fixture shows the displacement that is mended: the headline and byline stand inside 「临港新片区」', async () => {
    const raw = withoutSpace(await pressText());
    expect(count(raw, withoutSpace(BROKEN.replace('|', HEADLINE + BYLINE)))).toBe(1);
    expect(count(raw, withoutSpace(BROKEN.replace('|', '')))).toBe(0);
    expect(count(raw, withoutSpace(HEADLINE + BYLINE))).toBe(1);
    expect(count(raw, REPORT_BEGINS)).toBe(1);
  });

  it('the three bodies are the press text, character by character, but for white space and that displacement', async () => {
    const published = withoutSpace((await Promise.all(FOLDERS.map(body))).join('\n'));
    const mended = mend(withoutSpace(await pressText()));
    expect(Array.from(published).length).toBe(Array.from(mended).length);
    expect(firstDifference(published, mended)).toBeUndefined();
  });

  it('mending moves characters and neither adds nor drops one', async () => {
    const raw = withoutSpace(await pressText());
    expect([...mend(raw)].toSorted().join('')).toBe([...raw].toSorted().join(''));
    expect(mend(raw)).not.toBe(raw);
  });

  it('with the sentences mended that the columns broke, even the lines and the spaces inside them are the newspaper’s', async () => {
    let text = (await pressText()).replaceAll('\r\n', '\n');
    const blocks = (...rows: string[]) => rows.join('\n\n');
    const replace = (broken: string, mended: string) => {
      expect(count(text, broken), broken).toBe(1);
      text = text.replace(broken, mended);
    };
    for (const [before, after] of BROKEN_BY_COLUMNS) replace(blocks(before, after), before + after);
    replace(blocks('临港新', HEADLINE, BYLINE, '片区'), '临港新片区');
    replace(REPORT_BEGINS, blocks(HEADLINE, BYLINE, REPORT_BEGINS));
    expect((await Promise.all(FOLDERS.map(body))).flatMap(lines)).toEqual(lines(text));
  });

  it('one character changed, lost or added would be noticed', () => {
    expect(firstDifference('第1926家', '第1926家')).toBeUndefined();
    expect(firstDifference('1926家', '1925家')).toBe('3: 6家 | 5家');
    expect(firstDifference('“两代表”', '"两代表"')).toBe('0: “两代表” | "两代表"');
    expect(firstDifference('外资企', '外资企业')).toBe('3:  | 业');
  });
});

async function pressText(): Promise<string> {
  return await readFile(new URL('../fixtures/press-text.txt', import.meta.url), 'utf8');
}

/** What stands below the front matter. */
async function body(folder: string): Promise<string> {
  const text = await readFile(join(SHIPPED, folder, 'source.md'), 'utf8');
  const end = text.indexOf('\n---\n', 3);
  expect(text.startsWith('---\n') && end > 0, folder).toBe(true);
  return text.slice(end + 5);
}

function mend(raw: string): string {
  const displaced = withoutSpace(HEADLINE + BYLINE);
  return raw.replace(displaced, '').replace(REPORT_BEGINS, displaced + REPORT_BEGINS);
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, '');
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function firstDifference(a: string, b: string): string | undefined {
  if (a === b) return undefined;
  let at = 0;
  while (a[at] === b[at]) at++;
  return `${at}: ${a.slice(at, at + 20)} | ${b.slice(at, at + 20)}`;
}
