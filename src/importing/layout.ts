import type { Block } from './block.ts';
import type { Glyphs } from './glyphs.ts';
import type { Grid } from './grid.ts';
import { blocksOf, type Line, median } from './lines.ts';
import { joinLines } from './plain.ts';

export interface LaidPage {
  readonly width: number;
  readonly height: number;
  /** What stands in no ruled table. */
  readonly glyphs: readonly Glyphs[];
  readonly grids: readonly Grid[];
}

export interface Layout {
  readonly blocks: readonly Block[];
  readonly leftOut: readonly string[];
  readonly hasTables: boolean;
}

/** Pages as paragraphs: columns in their order, running heads and page numbers left out, lines of one paragraph joined. */
export function paragraphsOf(pages: readonly LaidPage[]): Layout {
  const rows = pages.map((page, at) =>
    [...rowsOf(page.glyphs, at), ...page.grids.map((grid) => tableRow(grid, at))].toSorted((a, b) => b.y - a.y),
  );
  const edges = edgesOf(pages, rows);
  const lines = rows.flatMap((page, at) =>
    columnsOf(
      page.filter((row) => !edges.has(row)),
      pages[at]?.width ?? 0,
    ),
  );
  return {
    blocks: blocksOf(lines),
    leftOut: [...new Set([...edges].map(textOf))],
    hasTables: lines.some(({ cells }) => cells),
  };
}

/** Stretches on one base line. A wide gap parts columns and cells. */
interface Row {
  readonly page: number;
  readonly y: number;
  readonly segments: readonly Segment[];
  readonly table?: readonly string[];
}

interface Segment {
  readonly text: string;
  readonly x: number;
  readonly end: number;
  readonly size: number;
}

/** A merged cell of no more than this many units is written into each row that it runs through, as in other formats. */
const REPEATED = 60;

/** A ruled table in its place among the lines of a page. */
function tableRow({ top, left, right, rows }: Grid, page: number): Row {
  const table = rows.flatMap((cells): readonly string[] => {
    const texts = cells.map(({ glyphs, first }) => {
      const text = rowsOf(glyphs, page).map(textOf).reduce(joinLines, '');
      return first || text.length <= REPEATED ? text : '';
    });
    const filled = texts.filter((text) => text !== '');
    if (filled.length <= 1) return cells.some(({ first, glyphs }) => first && glyphs.length > 0) ? filled : [];
    return [texts.join('\t').trim()];
  });
  return { page, y: top, segments: [{ text: '', x: left, end: right, size: 0 }], table };
}

/** In widths of a character. */
const SAME_LINE = 0.45;
const CELL_GAP = 1.6;

function rowsOf(glyphs: readonly Glyphs[], page: number): readonly Row[] {
  const sorted = glyphs
    .filter(({ text }) => text.trim() !== '' || text === ' ')
    .toSorted((a, b) => b.y - a.y || a.x - b.x);
  const groups: Glyphs[][] = [];
  for (const one of sorted) {
    const open = groups.at(-1);
    const first = open?.find(({ text }) => text.trim() !== '') ?? open?.[0];
    if (open && first && Math.abs(first.y - one.y) <= SAME_LINE * Math.max(first.size, one.size)) open.push(one);
    else groups.push([one]);
  }
  return groups.flatMap((group) => {
    const segments = segmentsOf(group.toSorted((a, b) => a.x - b.x));
    const y = group.find(({ text }) => text.trim() !== '')?.y ?? 0;
    return segments.length === 0 ? [] : [{ page, y, segments }];
  });
}

function segmentsOf(glyphs: readonly Glyphs[]): readonly Segment[] {
  const segments: { text: string; x: number; end: number; size: number }[] = [];
  let gapBefore = '';
  for (const { text, x, width, size } of glyphs) {
    if (text.trim() === '') {
      gapBefore = ' ';
      continue;
    }
    const last = segments.at(-1);
    if (last && x - last.end < CELL_GAP * Math.max(size, last.size)) {
      const apart = gapBefore !== '' || x - last.end > 0.25 * size ? ' ' : '';
      last.text += apart + text;
      last.end = Math.max(last.end, x + width);
      last.size = Math.max(last.size, size);
    } else segments.push({ text, x, end: x + width, size });
    gapBefore = '';
  }
  return segments.map((segment) => ({ ...segment, text: tidy(segment.text) }));
}

/** Typesetting puts a little room between Chinese and Latin characters; it is no space of the text. */
function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(
      /(?<=[\p{Script=Han}\p{Pe}\p{Ps}，。、；：？！“”‘’—…]) (?=[\dA-Za-z.%])|(?<=[\dA-Za-z%.]) (?=[\p{Script=Han}，。、；：？！（）〔〕《》“”])/gu,
      '',
    )
    .replace(/ (?=[，。、；：？！）〕》”])|(?<=[（〔《“]) /g, '')
    .trim();
}

function textOf({ segments }: Row): string {
  return segments.map(({ text }) => text).join(' ');
}

/** The share of a page's height at its top and bottom where running heads and page numbers stand. */
const EDGE = 0.12;
/** On this share of the pages a line must repeat to be a running head; odd and even pages may have their own. */
const REPEATS = 0.3;
const PAGE_NUMBER =
  /^[\s—–\-~·.－]*(?:第?\s*\d{1,4}\s*[页頁]?|[ivxIVX]{1,5}|\d{1,4}\s*[/／]\s*\d{1,4}|第\s*\d{1,4}\s*[页頁]\s*[/／，,]?\s*共\s*\d{1,4}\s*[页頁])[\s—–\-~·.－]*$/;

/** What stands over the title in smaller print than the text is the head of the sheet. */
const SMALL_PRINT = 0.92;

function sizeOf({ segments }: Row): number {
  return Math.max(...segments.map(({ size }) => size));
}

function edgesOf(pages: readonly LaidPage[], rows: readonly (readonly Row[])[]): ReadonlySet<Row> {
  const atEdge = rows.flatMap((page, at) => {
    const height = pages[at]?.height ?? 0;
    const sorted = page.toSorted((a, b) => b.y - a.y);
    return page.filter((row) => {
      if (row.table) return false;
      const outermost = row === sorted[0] || row === sorted.at(-1) || row === sorted[1] || row === sorted.at(-2);
      return outermost && (row.y > (1 - EDGE) * height || row.y < EDGE * height);
    });
  });
  const keyOf = (row: Row) => `${textOf(row).replace(/\s/g, '').replace(/\d+/g, '#')} ${Math.round(row.y / 8)}`;
  const counts = new Map<string, Set<number>>();
  for (const row of atEdge) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? new Set()).add(row.page));
  const enough = Math.max(2, REPEATS * pages.length);
  const body = median(rows.flat().flatMap(({ segments, table }) => (table ? [] : segments.map(({ size }) => size))));
  return new Set(
    atEdge.filter(
      (row) =>
        PAGE_NUMBER.test(textOf(row)) ||
        (counts.get(keyOf(row))?.size ?? 0) >= enough ||
        (row.page === 0 && row.y > (pages[0]?.height ?? 0) / 2 && sizeOf(row) < SMALL_PRINT * body),
    ),
  );
}

/** Fewer lines on a side do not make a column. */
const COLUMN_LINES = 4;

/** The lines of a page in the order in which they are read. */
function columnsOf(rows: readonly Row[], width: number): readonly Line[] {
  const gutter = gutterOf(
    rows.filter(({ table }) => !table),
    width,
  );
  const all = rows.flatMap(({ segments, table }) => (table ? [] : segments));
  const left = Math.min(...all.map(({ x }) => x));
  const right = Math.max(...all.map(({ end }) => end));
  if (gutter === undefined) return rows.map((row) => lineOf(row, row.segments, left, right));
  const lines: Line[] = [];
  let waiting: { first: Line[]; second: Line[] } = { first: [], second: [] };
  const release = () => {
    lines.push(...waiting.first, ...waiting.second);
    waiting = { first: [], second: [] };
  };
  const middle = (gutter.start + gutter.end) / 2;
  const edge = (side: readonly Segment[], of: (segment: Segment) => number, pick: (...values: number[]) => number) =>
    pick(...side.map(of));
  const firsts = all.filter(({ end }) => end <= middle + 1);
  const seconds = all.filter(({ x }) => x >= middle - 1);
  const firstLeft = edge(firsts, ({ x }) => x, Math.min);
  const firstRight = edge(firsts, ({ end }) => end, Math.max);
  const secondLeft = edge(seconds, ({ x }) => x, Math.min);
  const secondRight = edge(seconds, ({ end }) => end, Math.max);
  for (const row of rows) {
    if (row.segments.some(({ x, end }) => x < middle && end > middle)) {
      release();
      lines.push(lineOf(row, row.segments, left, right));
      continue;
    }
    const first = row.segments.filter(({ end }) => end <= middle);
    const second = row.segments.filter(({ x }) => x >= middle);
    if (first.length > 0) waiting.first.push(lineOf(row, first, firstLeft, firstRight));
    if (second.length > 0) waiting.second.push(lineOf(row, second, secondLeft, secondRight));
  }
  release();
  return lines;
}

function lineOf({ page, y, table }: Row, segments: readonly Segment[], left: number, right: number): Line {
  const texts = segments.map(({ text }) => text);
  const cells = segments.length > 1;
  return {
    text: texts.join(cells ? '\t' : ''),
    x: Math.min(...segments.map(({ x }) => x)),
    end: Math.max(...segments.map(({ end }) => end)),
    y,
    size: Math.max(...segments.map(({ size }) => size)),
    page,
    left,
    right,
    cells,
    ...(table ? { table } : {}),
  };
}

/** A strip down the middle of a page that hardly a line crosses, with lines that run up to it on both sides. */
function gutterOf(rows: readonly Row[], width: number): { start: number; end: number } | undefined {
  const all = rows.flatMap(({ segments }) => segments);
  if (all.length < 2 * COLUMN_LINES) return undefined;
  const left = Math.min(...all.map(({ x }) => x));
  const right = Math.max(...all.map(({ end }) => end));
  const size = median(all.map(({ size: each }) => each));
  const step = Math.max(1, size / 4);
  let best: { start: number; end: number } | undefined;
  let open: number | undefined;
  for (let x = left + 0.3 * (right - left); x <= left + 0.7 * (right - left); x += step) {
    const crossing = all.filter((segment) => segment.x < x && segment.end > x).length;
    if (crossing <= 0.15 * rows.length) {
      open ??= x;
      if (!best || x - open > best.end - best.start) best = { start: open, end: x };
    } else open = undefined;
  }
  if (!best || best.end - best.start < 0.6 * size || width === 0) return undefined;
  const middle = (best.start + best.end) / 2;
  const first = all.filter(({ end }) => end <= middle);
  const second = all.filter(({ x }) => x >= middle);
  // Columns are full of text: most of their lines reach across, as the cells of a table do not.
  const fills = (side: readonly Segment[]) => {
    if (side.length < COLUMN_LINES) return false;
    const from = Math.min(...side.map(({ x }) => x));
    const to = Math.max(...side.map(({ end }) => end));
    return side.filter(({ x, end }) => end - x > 0.75 * (to - from)).length >= 0.5 * side.length;
  };
  return fills(first) && fills(second) ? best : undefined;
}
