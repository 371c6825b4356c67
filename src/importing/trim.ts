import type { Block } from './block.ts';
import { isNumber } from './heading.ts';
import { isButton, isInterface } from './interface.ts';
import { isAttachment } from './page.ts';

export interface Trimmed {
  readonly blocks: readonly Block[];
  readonly leftOut: readonly Block[];
}

const MOSTLY_LINKS = 0.5;
/** Fewer lines of a page's own talk are no copied page. */
const LEAST_NOISE = 2;
/** What a line weighs when the stretch is sought that is the text. */
const NOISE = -80;
const SHORT = -15;

/**
 * The text in lines that were copied from a web page with its menus and footers. Where nothing of a page is among them, all stays:
 * a line is left out for what it says or links to, never for being short.
 */
export function trim(blocks: readonly Block[]): Trimmed {
  // A button's word may be a heading: it counts only beside what can be no text.
  const telling = blocks.filter(isTelling).length;
  if (telling < LEAST_NOISE) return { blocks, leftOut: [] };
  const noise = new Set(blocks.filter((block) => isTelling(block) || isButton(block.text)));
  const [from, to] = stretch(blocks, noise);
  const kept = blocks
    .slice(headOf(blocks, from, noise), tailOf(blocks, to, noise))
    .filter((block) => !noise.has(block));
  const keeps = new Set(kept);
  return { blocks: kept, leftOut: blocks.filter((block) => !keeps.has(block)) };
}

function isTelling({ text, links }: Block): boolean {
  return (links > MOSTLY_LINKS && !isAttachment(text)) || isInterface(text);
}

/** The stretch of lines with the most prose and the least else. */
function stretch(blocks: readonly Block[], noise: ReadonlySet<Block>): readonly [from: number, to: number] {
  let best = { from: 0, to: blocks.length, sum: 0 };
  let from = 0;
  let sum = 0;
  for (const [at, block] of blocks.entries()) {
    if (sum <= 0) {
      from = at;
      sum = 0;
    }
    sum += noise.has(block) ? NOISE : weightOf(block);
    if (sum > best.sum) best = { from, to: at + 1, sum };
  }
  return [best.from, best.to];
}

function weightOf({ text, kind }: Block): number {
  const tells =
    kind === 'row' ||
    /[。；：，]/.test(text) ||
    /^(?:第.{1,8}[条条章节]|[（(]?[一二三四五六七八九十]{1,3}[、）)])/.test(text);
  return tells ? text.length : Math.max(SHORT, -text.length);
}

const HEAD_LINES = 6;
const LONGEST_TITLE = 120;

/**
 * A title, and what stands between it and the text: the lines above that say once more what stands there as a heading, or
 * else bold lines and a paper's number.
 */
function headOf(blocks: readonly Block[], from: number, noise: ReadonlySet<Block>): number {
  const titles = new Set(blocks.filter(({ level }, at) => level === 1 || at === 0).map(({ text }) => plain(text)));
  const isClean = (at: number) => at >= 0 && !noise.has(blocks[at] as Block);
  let first = from;
  while (first > 0 && from - first < HEAD_LINES && isClean(first - 1)) first--;
  for (let at = from; at >= first; at--) {
    let text = '';
    for (const block of blocks.slice(at, at + HEAD_LINES)) {
      text += plain(block.text);
      if (titles.has(text)) return at;
    }
  }
  // Source and date stand between a title and its text.
  const above = blocks[from - 2];
  const line = blocks[from - 1];
  const isDated = line && noise.has(line) && /来源|发布|发表|时间|日期|浏览|字[号体]/.test(line.text);
  if (isDated && above && !noise.has(above) && above.text.length <= LONGEST_TITLE && !/。/.test(above.text))
    return from - 2;
  let head = from;
  while (head > first && (blocks[head - 1]?.bold || isNumber(blocks[head - 1]?.text ?? ''))) head--;
  return head;
}

function plain(text: string): string {
  return text.replace(/\s/g, '');
}

/** Who signed a text, and when, are short lines below it. */
function tailOf(blocks: readonly Block[], to: number, noise: ReadonlySet<Block>): number {
  for (let at = to; at < Math.min(blocks.length, to + HEAD_LINES); at++) {
    const block = blocks[at];
    if (!block || noise.has(block)) return to;
    if (/^(?:19\d\d|20\d\d|二[〇○零一二三四五六七八九]{3})年.{2,6}日$/.test(plain(block.text))) return at + 1;
  }
  return to;
}
