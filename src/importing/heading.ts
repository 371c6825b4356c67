import type { Block } from './block.ts';
import { isByline } from './mend.ts';

/** Where a document's own title stands among its lines, and what it is. */
export interface Heading {
  readonly title: string;
  /** Whether the file or the wording says that it is one; else it is only the first line. */
  readonly sure: boolean;
  /** The first line of the title, and how many lines it has; none where the title stands nowhere in the text. */
  readonly at: number;
  readonly lines: number;
}

/** A title stands among the first lines: above it there may be a number, the name of an office, a date. */
const FIRST_LINES = 8;
const MOST_TITLE_LINES = 5;
const LONGEST_TITLE = 120;

/** White space, and what a page puts before a title, set aside. */
export function plainTitle(text: string): string {
  return text.replace(/[\s\u3000]/g, '').replace(/^[【[（(]?(?:转载|转发|原创|图解|一图读懂)[】\]）)]?[：:]?/, '');
}

/** Finds one of the titles that a file says it has; `last` where a file says its title twice, first for itself and then in the text. */
export function findTitle(blocks: readonly Block[], titles: readonly string[]): Heading | undefined {
  for (const title of titles) {
    const wanted = plainTitle(title);
    if (wanted.length < 2) continue;
    const found: Heading[] = [];
    for (let at = 0; at < Math.min(FIRST_LINES, blocks.length); at++) {
      let text = '';
      for (let lines = 1; lines <= MOST_TITLE_LINES; lines++) {
        const block = blocks[at + lines - 1];
        if (!block) break;
        text += block.text;
        if (plainTitle(text) !== wanted) continue;
        found.push({ title: titleOf(blocks.slice(at, at + lines)), sure: true, at, lines });
        break;
      }
    }
    const last = found.at(-1);
    if (last) return last;
  }
  return undefined;
}

const KINDS =
  /(?:意见|通知|办法|规定|条例|公告|通告|决定|细则|方案|纲要|规划|计划|指南|指引|标准|目录|函|批复|令|法|规则|制度|措施|报告|答记者问|解读|问答|简介|须知|章程|守则|辦法|規定|條例|通則|準則)(?:[（(].{1,16}[）)])?$/;

/** The title of a text whose file says none: its first line, with those that it runs on in. */
export function guessTitle(blocks: readonly Block[]): Heading | undefined {
  const at = blocks.findIndex(
    ({ text }) => !isNumber(text) && !isLetterhead(text) && !isByline(text) && !/^(?:附件|附)\d*[：:]?$/.test(text),
  );
  const first = blocks[at];
  if (!first || at >= FIRST_LINES || first.text.length > LONGEST_TITLE || /。|[；，]$/.test(first.text))
    return undefined;
  const heading = blocks.slice(at, FIRST_LINES).findIndex(({ level }) => level === 1);
  if (heading > 0 && first.level === 0) {
    const marked = blocks[at + heading] as Block;
    return { title: titleOf([marked]), sure: true, at: at + heading, lines: 1 };
  }
  // 「关于做好…时期」, 「促进就业工作的若干意见」: a line that names no kind of paper goes on in one that does.
  if (/关于|關於|印发/.test(first.text) && !KINDS.test(first.text)) {
    for (let lines = 2; lines <= MOST_TITLE_LINES; lines++) {
      const more = blocks[at + lines - 1];
      if (!more || more.text.length > LONGEST_TITLE / 2 || /[。；，：:]$/.test(more.text) || isNumber(more.text)) break;
      if (KINDS.test(more.text)) return { title: titleOf(blocks.slice(at, at + lines)), sure: true, at, lines };
    }
  }
  // The offices that issue together stand on a line above.
  const next = blocks[at + 1];
  if (next && /^(?:关于|關於)/.test(next.text) && KINDS.test(next.text)) {
    return { title: titleOf(blocks.slice(at, at + 2)), sure: true, at, lines: 2 };
  }
  const sure = first.level > 0 || KINDS.test(first.text) || /[？?！]$/.test(first.text) || /^——/.test(next?.text ?? '');
  return { title: titleOf([first]), sure: sure || (next?.text.length ?? 0) > 3 * first.text.length, at, lines: 1 };
}

/** 「某某市人民政府办公室文件」 in red over a paper. */
function isLetterhead(text: string): boolean {
  return text.length <= 40 && /(?:政府|厅|局|部|委|委员会|办公室|中心|院)文件$/.test(text.replace(/\s/g, ''));
}

function titleOf(blocks: readonly Block[]): string {
  const text = blocks.reduce((title, { text: line }, at) => {
    const apart = at > 0 && /^关于/.test(line) ? ' ' : '';
    return `${title}${apart}${line}`;
  }, '');
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[（(]转载[）)]/, '')
    .trim();
}

const NUMBER =
  /[\p{Script=Han}A-Za-z]{1,16}\s?(?:[〔［[【(（]\s?(?:19|20)\d{2}\s?[〕］\]】)）]|(?:19|20)\d{2}年)\s?第?\s?\d{1,5}\s?号|第\s?[\d一二三四五六七八九十百]{1,5}\s?号/u;

/** Whether a line is what an office numbers its papers by, and nothing else. */
export function isNumber(text: string): boolean {
  const match = NUMBER.exec(text.trim());
  return match !== null && match[0].length >= text.trim().length - 2;
}

/** The number in a line: 「国发〔2018〕39号」. */
export function numberIn(text: string): string | undefined {
  return NUMBER.exec(text)?.[0].replace(/\s/g, '');
}
