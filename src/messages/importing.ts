import type { Doubt } from '../importing/doubt.ts';
import type { Imported } from '../importing/imported.ts';
import type { Refusal } from '../importing/refusal.ts';
import { visible } from './problems.ts';

/** What is said about files that come in: in the terminal, and to the owner in a chat. */

const FORMATS: Readonly<Record<string, string>> = {
  text: '纯文本',
  markdown: 'Markdown 文本',
  html: '网页',
  docx: 'Word 文档',
  pdf: 'PDF',
};

const formatName = (format: string) => FORMATS[format] ?? format;

const FOUND: Readonly<Record<string, string>> = {
  doc: '旧版 Word 或 WPS 文件（.doc、.wps）。请在 Word 或 WPS 里另存为 .docx 再发',
  rtf: 'RTF 文件。请另存为 .docx 再发',
  picture: '图片。请发文字版，或先用识字软件转成文字',
  archive: '压缩包。请解压后发里面的文件',
  program: '程序，不是文件',
  media: '音频或视频，不是文件',
  xlsx: '电子表格。请另存为网页或 PDF，或把表格复制到 Word 里再发',
  pptx: '幻灯片。请导出为 PDF 再发',
  ofd: 'OFD 版式文件。请导出为 PDF 或 Word 再发',
  odt: 'OpenDocument 文件。请另存为 .docx 再发',
  binary: '认不出的二进制文件。能读的有：docx、pdf、html、md、txt',
};

export function describeRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'empty':
      return '文件是空的。';
    case 'no-text':
      return '里面没有文字。';
    case 'scan':
      return `这是扫描件：${refusal.pages} 页都是图片，没有文字层。请找文字版，或先用识字软件转成文字。`;
    case 'locked':
      return '文件有密码，打不开。请去掉密码再发。';
    case 'damaged':
      return `文件损坏，当 ${formatName(refusal.format)} 读不出来。请重新下载或另存一份再试。`;
    case 'too-large':
      return `文件太大，最大 ${refusal.megabytes} MB。`;
    case 'unpacks-too-large':
      return '文件解开后大得不正常，没有读。';
    case 'too-many-pages':
      return `有 ${refusal.pages} 页，最多读 ${refusal.most} 页。请分成几份。`;
    case 'too-long':
      return `文字超过 ${refusal.most / 10_000} 万字，不像一份文件。请分成几份。`;
    case 'unknown-format':
      return `这是${FOUND[refusal.found] ?? FOUND.binary}。`;
    case 'too-slow':
      return '读了太久还没读完，已停下。文件可能有问题，请另存一份再试。';
    case 'too-much-memory':
      return '读它要用的内存太多，已停下。文件可能有问题，请另存一份再试。';
  }
}

export function describeDoubt({ detail }: Doubt): string {
  switch (detail.code) {
    case 'joined':
      return `断开的句子接上了：「…${visible(detail.before)}｜${visible(detail.after)}…」`;
    case 'headline-moved':
      return `「${detail.lines.map(visible).join(' / ')}」夹在句子中间（「…${visible(detail.before)}｜${visible(detail.after)}…」），已移到开头`;
    case 'headline-inside':
      return `「${detail.lines.map(visible).join(' / ')}」像标题或署名，夹在句子中间，没有动`;
    case 'title-guessed':
      return '没认出标题，先用了第一行';
    case 'missing':
      return detail.what === 'publisher' ? '没认出发布单位' : '没认出发布日期';
    case 'left-out':
      return `没有收进来的 ${detail.count} 行，看作网页的菜单、按钮或页脚：${detail.some.map((text) => `「${visible(shorten(text))}」`).join('、')}${detail.count > detail.some.length ? ' 等' : ''}`;
    case 'encoding-guessed':
      return `编码是猜的：${detail.encoding}。字不对时请另存为 UTF-8`;
    case 'not-as-named':
      return `名字像${formatName(detail.named)}，内容其实是${formatName(detail.found)}，按内容读了`;
    case 'one-of-several':
      return `一个文件里有 ${detail.all} 篇，这是第 ${detail.number} 篇`;
    case 'pictures':
      return `有 ${detail.count} 张图，图里的字没有读`;
    case 'pages-without-text':
      return `第 ${detail.pages.join('、')} 页是图片，没有文字`;
    case 'tables-by-position':
      return '有表格，是按字的位置分列的，请对一下';
    case 'numbers-made':
      return '段落编号是 Word 自动编的，已写成文字，请对一下';
    case 'macros':
      return '带宏，宏没有读也没有运行';
    case 'odd-characters':
      return `有认不出的字：「${visible(detail.text)}」`;
    case 'no-longer-valid':
      return `文件自己写着「${visible(detail.said)}」`;
  }
}

const SHOWN = 30;

function shorten(text: string): string {
  const points = Array.from(text);
  return points.length <= SHOWN ? text : `${points.slice(0, SHOWN).join('')}…`;
}

/** By whom, under which number, when, and from when to when it holds; what is not known is left out. */
export function particularsLine({ publisher, number, published, effective, expires }: Imported): string {
  const term =
    effective === undefined && expires === undefined
      ? undefined
      : `${effective === undefined ? '' : `${effective} 起`}${expires === undefined ? '' : `${effective === undefined ? '' : '，'}到 ${expires}`}`;
  return [publisher, number, published, term].filter((each) => each !== undefined).join(' · ');
}

export const IMPORTING = {
  refused: (file: string, reason: string) => `✗ ${file}：${reason}`,
  nothing: (place: string) => `${place} 里没有能读的文件（docx、pdf、html、md、txt）。`,
  written: (folder: string, replaced: boolean) => `✓ ${folder}${replaced ? '（已替换）' : ''}`,
  exists: (file: string, folder: string) => `✗ ${file}：已有 ${folder}。要换成这一份，加上 --replace。`,
  about: (document: Imported) =>
    [document.title, particularsLine(document), `${document.paragraphs.length} 段`]
      .filter((line) => line !== '')
      .join('\n  '),
  doubt: (file: string, line: number, doubt: Doubt) => `${file}:${line} 请看：${describeDoubt(doubt)}`,
  done: (documents: number, doubts: number, failed: number) =>
    `收进 ${documents} 份${doubts > 0 ? `，${doubts} 处请看一眼` : ''}${failed > 0 ? `；${failed} 个没有收` : ''}。`,
  hint: (folder: string) => `试一句：npm run -s ask -- --knowledge ${folder} "问题"`,
} as const;
