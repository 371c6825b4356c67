import type { Block } from './block.ts';

import { PLAIN_BLOCK } from './block.ts';
import { stringWidth } from './width.ts';

/** Pasted or saved text, with or without the marks of Markdown. Each line is a paragraph, unless the lines were wrapped to a width. */
export function readText(text: string, named: 'text' | 'markdown'): readonly Block[] {
  const { body, offset } = withoutFrontMatter(text.replace(/^\uFEFF/, ''));
  const lines = body.split(/\r\n|[\n\r\u2028\u2029\u0085]/);
  const marked = named === 'markdown' || looksMarked(body);
  const blocks = lines.flatMap((line, at) => blockOf(line, at + 1 + offset, marked));
  return unwrapped(withTables(blocks, marked));
}

/** A line with whether white space or an empty line parts it from the one before. */
interface Row extends Block {
  readonly indented: boolean;
  readonly afterGap: boolean;
  readonly width: number;
}

/** What a file says between two lines of `---` before its text is not text. */
function withoutFrontMatter(text: string): { body: string; offset: number } {
  const head = /^---[ \t]*\r?\n[\s\S]*?\n---[ \t]*\r?\n/.exec(text)?.[0];
  if (head === undefined || !/^\w+:/m.test(head)) return { body: text, offset: 0 };
  return { body: text.slice(head.length), offset: head.split('\n').length - 1 };
}

/** Headings, links or bold words as Markdown writes them, and not just once. */
function looksMarked(text: string): boolean {
  const marks = text.match(/^#{1,6} \S|\[[^\]\n]{1,80}\]\([^)\s]+[^)\n]*\)|\*\*[^*\n]{1,200}\*\*/gm);
  return (marks?.length ?? 0) >= 2;
}

function blockOf(whole: string, line: number, marked: boolean): Row[] {
  const gap: Row = { ...PLAIN_BLOCK, text: '', line, indented: false, afterGap: false, width: 0 };
  const indented = /^(?: {2,}|\t|\u3000)/.test(whole);
  // Tabs part cells; what is invisible or only sets a line apart is no text.
  const text = whole
    .replace(/\u200b|\u200c|\u200d|\u2060|\ufeff|\u00ad/g, '')
    .replace(/[ \u00a0\u2002-\u200a]+/g, ' ')
    .trim();
  if (text === '') return [gap];
  if (!marked) {
    const kind = text.includes('\t') ? 'row' : 'text';
    return [{ ...PLAIN_BLOCK, text, kind, line, indented, afterGap: false, width: stringWidth(text) }];
  }
  if (/^(?:[-*_=] ?){3,}$|^```|^<!--.*-->$|^\[\]\(.*\)$/.test(text)) return [gap];
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(text);
  const bullet = /^[*+-]\s+(.*)$/.exec(heading?.[2] ?? text);
  const bare = (bullet?.[1] ?? heading?.[2] ?? text).replace(/^#{1,6}\s+/, '').replace(/^>\s?/, '');
  const { text: inner, linked, bold } = inlineOf(bare);
  if (inner === '') return [gap];
  const kind = /\t/.test(inner) ? 'row' : heading ? 'heading' : bullet ? 'item' : 'text';
  const block: Block = {
    text: inner,
    kind,
    links: Math.min(1, linked / inner.length),
    bold: bold >= 0.8 * inner.length,
    align: 'start',
    level: heading?.[1]?.length ?? 0,
    line,
  };
  return [{ ...block, indented, afterGap: false, width: stringWidth(inner) }];
}

/** Markdown's links, pictures and emphasis as what a reader sees. */
function inlineOf(text: string): { text: string; linked: number; bold: number } {
  let linked = 0;
  let bold = 0;
  const plain = text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/!?\[([^\]]*)\]\((?:[^()\s]|\([^)]*\))*(?:\s+["'][^)]*["'])?\)/g, (_, words: string) => {
      linked += words.replace(/[*_`]/g, '').length;
      return words;
    })
    .replace(/<(https?:\/\/[^>\s]+)>/g, (_, url: string) => {
      linked += url.length;
      return url;
    })
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, (_, __, words: string) => {
      bold += words.length;
      return words;
    })
    .replace(/<\/?(?:b|i|u|p|br|em|strong|span|font|center|div|sup|sub)\b[^>]*>/gi, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/g, '$1');
  return { text: plain.replace(/ +/g, ' ').trim(), linked, bold };
}

/** Rows that Markdown parts by bars. */
function withTables(rows: readonly Row[], marked: boolean): readonly Row[] {
  if (!marked) return rows;
  const isRow = (row: Row | undefined) => row !== undefined && /^\|.*\|$/.test(row.text);
  return rows.flatMap((row) => {
    if (!isRow(row)) return [row];
    const cells = row.text
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    if (cells.every((cell) => /^:?-{2,}:?$/.test(cell))) return [];
    return [{ ...row, text: cells.join('\t').trim(), kind: 'row' as const }];
  });
}

/** In columns, two for a Chinese character: fewer do not show that lines were wrapped, and no screen or sheet wraps later. */
const LEAST_WIDTH = 36;
const MOST_WIDTH = 130;
/** How many columns a wrapped line may fall short: a closing mark or a number goes to the next line whole. */
const RAGGED = 6;
/** Of all lines that are not short, this share must end at the same width. */
const ALIKE = 0.6;
const LEAST_LINES = 6;
/** Where paragraphs are indented and the lines that go on are not, fewer will do. */
const LEAST_INDENTED = 2;

/** Joins lines that were wrapped at a width; else every line is a paragraph. */
function unwrapped(rows: readonly Row[]): readonly Block[] {
  const width = wrapWidth(rows);
  const blocks: Row[] = [];
  let gap = true;
  let before: Row | undefined;
  for (const row of rows) {
    if (row.text === '') {
      gap = true;
      before = undefined;
      continue;
    }
    const last = blocks.at(-1);
    const goesOn = width !== undefined && before !== undefined && last !== undefined && before.width >= width - RAGGED;
    if (goesOn && !row.indented && row.kind === 'text' && last.kind === 'text' && !startsAnew(row.text))
      blocks[blocks.length - 1] = { ...last, text: joinLines(last.text, row.text) };
    else blocks.push({ ...row, afterGap: gap });
    gap = false;
    before = row;
  }
  return blocks.map(({ indented: _, afterGap: __, width: ___, ...block }) => block);
}

function wrapWidth(rows: readonly Row[]): number | undefined {
  const lines = rows.filter(({ text, kind }) => text !== '' && kind === 'text');
  const widest = Math.max(0, ...lines.map(({ width }) => width));
  if (widest < LEAST_WIDTH || widest > MOST_WIDTH) return undefined;
  const after = new Map(rows.map((row, at) => [row, rows[at + 1]]));
  const hasIndents = lines.some(({ indented }) => indented);
  // Lines in the middle of a sentence, with another below that may go on with it.
  const open = lines.filter((line) => {
    const next = after.get(line);
    return next !== undefined && next.text !== '' && !next.indented && !/[。；：？！…”』」）)]$/.test(line.text);
  });
  const full = open.filter(({ width }) => width >= widest - RAGGED);
  const half = open.filter(({ width }) => width > widest / 2);
  return full.length >= (hasIndents ? LEAST_INDENTED : LEAST_LINES) && full.length >= ALIKE * half.length
    ? widest
    : undefined;
}

const STARTS =
  /^(?:第 ?[〇零一二三四五六七八九十百千两\d]{1,7} ?[编編章节節条條]|[（(][〇零一二三四五六七八九十\d]{1,4}[）)]|[一二三四五六七八九十]{1,4}、|\d{1,3}[.、．](?!\d)|[①-⑳●■◆★]|附件|(?:\d{1,2}[.、])?(?:问|答|問|记者|記者)[：:])/;

/** Whether a line begins a paragraph whatever stands before it: an article, an item, a question. */
export function startsAnew(text: string): boolean {
  return STARTS.test(text);
}

/** Two lines of one sentence: a gap only between words in Latin letters. */
export function joinLines(before: string, after: string): string {
  const gap = /[A-Za-z,;]$/.test(before) && /^[A-Za-z]/.test(after);
  return `${before}${gap ? ' ' : ''}${after}`;
}
