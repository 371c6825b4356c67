import { describe, expect, it } from 'vitest';
import type { Imported } from '../../src/importing/imported.ts';
import { importFile } from '../../src/importing/read.ts';

const TITLE = '关于做好高温津贴发放工作的通知';
const TEXT = [
  '各区人力资源社会保障局，各有关单位：',
  '一、用人单位安排劳动者在高温天气下露天工作的，应当按月发放高温津贴，每人每月300元。',
  '二、高温津贴不得以实物代替，也不得包含在最低工资标准以内；违者由劳动保障监察机构依法处理。',
  '江北市人力资源和社会保障局',
  '2024年6月1日',
];

async function pasted(lines: readonly string[]): Promise<Imported> {
  const [document] = await importFile({ name: 'pasted.txt', bytes: new TextEncoder().encode(lines.join('\n')) });
  return document;
}

describe('text pasted', () => {
  it('from a web page with its menus and footer is the article alone, with its source and date', async () => {
    const document = await pasted([
      ...['无障碍', '首页', '政务公开', '互动交流', '当前位置： 首页 > 政务公开 > 通知公告', TITLE],
      ...['发布日期：2024-06-03 来源：市人社局 浏览次数：1024次 字号：[大 中 小]', ...TEXT],
      ...['分享到：', '相关新闻', '市人社局部署防暑降温工作', '扫一扫在手机打开当前页', '江ICP备05000000号'],
    ]);
    expect(document.paragraphs).toEqual([TITLE, ...TEXT]);
    expect(document).toMatchObject({ title: TITLE, published: '2024-06-03', publisher: '江北市人力资源和社会保障局' });
    expect(document.doubts).toContainEqual({
      paragraph: undefined,
      detail: expect.objectContaining({ code: 'left-out', count: 11 }),
    });
  });

  it('with nothing of a page in it stays whole, short lines and all', async () => {
    const lines = [TITLE, '联系方式', '电话：123', '首页', ...TEXT];
    expect((await pasted(lines)).paragraphs).toEqual(lines);
  });

  it('below a letterhead and a number is called by its title', async () => {
    const document = await pasted(['江北市人力资源和社会保障局文件', '江人社发〔2024〕15号', '', TITLE, '', ...TEXT]);
    expect(document).toMatchObject({ title: TITLE, number: '江人社发〔2024〕15号' });
    expect(document.paragraphs).toHaveLength(8);
  });

  it('of a few lines wrapped at a width is joined where what goes on is not indented', async () => {
    const wrapped = TEXT.flatMap((line) => `　　${line}`.match(/.{1,26}/gu) ?? []);
    expect((await pasted([TITLE, '', ...wrapped])).paragraphs).toEqual([TITLE, ...TEXT]);
  });

  it('as rows with tabs is a table', async () => {
    const rows = ['对象\t标准', '露天作业\t300元/月', '室内作业\t200元/月'];
    expect((await pasted(['标准一览', ...rows])).paragraphs).toEqual(['标准一览', ...rows]);
  });
});
