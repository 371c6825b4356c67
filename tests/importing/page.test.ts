import { describe, expect, it } from 'vitest';
import { importFile } from '../../src/importing/read.ts';

async function paragraphs(body: string, head = ''): Promise<readonly string[]> {
  const html = `<!DOCTYPE html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
  const [document] = await importFile({ name: 'a.html', bytes: new TextEncoder().encode(html) });
  return document.paragraphs;
}

const TEXT =
  '<p>一、申请人应当在每年三月底前向社区提交申请，逾期不再受理。</p><p>二、社区在十个工作日内答复；需要补交材料的，一次告知。</p>';
const LINES = [
  '一、申请人应当在每年三月底前向社区提交申请，逾期不再受理。',
  '二、社区在十个工作日内答复；需要补交材料的，一次告知。',
];

describe('a saved page', () => {
  it.each<[string, string]>([
    ['menus', `<ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul><div>${TEXT}</div>`],
    ['a trail', `<div>您现在的位置：<a href="/">首页</a> &gt; <a href="/a">通知公告</a></div><div>${TEXT}</div>`],
    ['sizes of type', `<div><p>【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</p>${TEXT}</div>`],
    ['share rows', `<div>${TEXT}<p>分享到：<a href="#">微信</a></p></div>`],
    ['related links', `<div>${TEXT}<h3>相关阅读</h3><ul><li><a href="/1">某某管理办法的解读说明</a></li></ul></div>`],
    ['footers', `<div>${TEXT}</div><div><p>主办单位：某某区人民政府办公室</p><p>某ICP备12345678号</p></div>`],
    ['what is hidden', `<div>${TEXT}<p style="display:none">看不见的一句话，不该出现。</p></div>`],
    [
      'scripts',
      `<script>document.write("一句话，不该出现。")</script><div>${TEXT}</div><noscript>请打开脚本。</noscript>`,
    ],
    [
      'a layout made of tables',
      `<table><tr><td width="200"><a href="/">首页</a></td><td><table><tr><td>${TEXT}</td></tr></table></td></tr></table>`,
    ],
    ['a form around everything', `<form><input value="搜索"><div>${TEXT}</div><button>提交</button></form>`],
    ['unclosed tags', `<div><span>${TEXT.replaceAll('</p>', '')}</div>`],
  ])('is read without %s', async (_, body) => {
    expect(await paragraphs(body)).toEqual(LINES);
  });

  const PAGE = `<h1>关于申请补贴的通知</h1><div>${TEXT}<p>三、本通知自印发之日起施行，原来的办法同时停止执行；此前已经受理的申请仍按原来的办法办理。</p></div>`;
  it.each([
    ['its copy for phones', `<div>${PAGE}</div><section><div>${PAGE}</div></section>`],
    ['what readers said of it', `${PAGE}<h3>网友评论</h3><p>小明：什么时候到账？大家都很关心，希望尽快。</p>`],
    ['what other pages say', `${PAGE}<p>您访问的链接即将离开本站，是否继续？</p><p>当前浏览器版本过低，请升级。</p>`],
    [
      'its source and date',
      `<h1>关于申请补贴的通知</h1><p>来源：市民政局　发布时间：2024-06-03　浏览：1024次</p>${PAGE.slice(PAGE.indexOf('<div>'))}`,
    ],
  ])('is read once, and without %s', async (_, body) => {
    expect(await paragraphs(body)).toEqual([
      '关于申请补贴的通知',
      ...LINES,
      expect.stringMatching(/^三、本通知自印发之日起施行/),
    ]);
  });

  it('keeps what an article attaches, and headings that could be buttons', async () => {
    const body = `<div><h1>关于申请补贴的通知</h1>${TEXT}<p>三、联系方式</p><p>联系方式</p><p>电话：123，每天九点到五点。</p><p>附件：<a href="/a.doc">申请表.doc</a></p></div>`;
    expect((await paragraphs(body)).slice(-4)).toEqual([
      '三、联系方式',
      '联系方式',
      '电话：123，每天九点到五点。',
      '附件：申请表.doc',
    ]);
  });

  it('puts a title that stands outside the article at its head, and only once', async () => {
    expect(
      await paragraphs(
        `<h1>关于申请补贴的通知</h1><div>${TEXT}</div>`,
        '<title>关于申请补贴的通知_某某区人民政府</title>',
      ),
    ).toEqual(['关于申请补贴的通知', ...LINES]);
    expect(await paragraphs(`<h1>关于申请补贴的通知</h1><div><p>关于申请</p><p>补贴的通知</p>${TEXT}</div>`)).toEqual([
      '关于申请',
      '补贴的通知',
      ...LINES,
    ]);
  });

  it('makes a line of each row, a merged cell in every row that it stands beside', async () => {
    const table =
      '<table><tr><th>对象</th><th>每月</th></tr><tr><td rowspan="2">重度残疾人</td><td>300元</td></tr><tr><td>400元</td></tr><tr><td colspan="2">以上标准从一月起执行。</td></tr></table>';
    expect((await paragraphs(`<div>${TEXT}${table}</div>`)).slice(-4)).toEqual([
      '对象\t每月',
      '重度残疾人\t300元',
      '重度残疾人\t400元',
      '以上标准从一月起执行。',
    ]);
  });

  it('shows the numbers of a list as a browser does', async () => {
    const list = '<ol start="3"><li>带身份证原件，到窗口登记。</li><li><p>领取号码，等候叫号。</p></li></ol>';
    expect((await paragraphs(`<div>${TEXT}${list}</div>`)).slice(-2)).toEqual([
      '3. 带身份证原件，到窗口登记。',
      '4. 领取号码，等候叫号。',
    ]);
  });
});
