import { type Block, PLAIN_BLOCK } from './block.ts';
import { joinLines, startsAnew } from './plain.ts';

/** A line of a column. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly end: number;
  readonly y: number;
  readonly size: number;
  readonly page: number;
  /** Which column it belongs to, by its edges. */
  readonly left: number;
  readonly right: number;
  readonly cells: boolean;
  /** The rows of a ruled table that stands here. */
  readonly table?: readonly string[];
}

/** Lines in the order in which they are read as paragraphs: those of one paragraph joined. */
export function blocksOf(lines: readonly Line[]): readonly Block[] {
  const gap = usualGap(lines);
  const hasIndents = usesIndents(lines);
  const blocks: { text: string; line: Line; cells: boolean; centred: boolean }[] = [];
  const size = median(lines.filter(({ table }) => !table).map((line) => line.size));
  let before: Line | undefined;
  for (const line of lines) {
    if (line.table) {
      const inTable = { ...line, size };
      blocks.push(...line.table.map((text) => ({ text, line: inTable, cells: text.includes('\t'), centred: false })));
      before = undefined;
      continue;
    }
    const last = blocks.at(-1);
    if (last && before && !last.cells && !line.cells && goesOn(before, line, gap, hasIndents))
      last.text = joinLines(last.text, line.text);
    else blocks.push({ text: line.text, line, cells: line.cells, centred: isCentred(line) });
    before = line;
  }
  const body = size;
  return blocks.map(({ text, line, cells, centred }) => ({
    ...PLAIN_BLOCK,
    text,
    kind: cells ? 'row' : line.size > 1.15 * body ? 'heading' : 'text',
    level: !cells && line.size > 1.15 * body ? (line.size > 1.4 * body ? 1 : 2) : 0,
    align: centred ? 'center' : 'start',
  }));
}

function isCentred({ x, end, left, right, size }: Line): boolean {
  return x - left > 2.5 * size && Math.abs(x - left - (right - end)) < 2 * size;
}

/** Whether nothing more would have fitted on a line: not even the first word of the next. */
function isFull(line: Line, next: Line): boolean {
  const word = /^[\dA-Za-z.,%]+/.exec(next.text)?.[0];
  const needs = word === undefined ? 1 : Math.min(0.55 * word.length, 8);
  const marks = /^.[，。、；：？！）》”〕]+/u.exec(next.text) ? 1 : 0;
  return line.right - line.end < (needs + marks + 0.6) * line.size;
}

function goesOn(before: Line, line: Line, gap: number | undefined, hasIndents: boolean): boolean {
  if (Math.abs(before.size - line.size) > 0.12 * before.size) return false;
  if (!isFull(before, line)) return false;
  if (isCentred(before) !== isCentred(line) && isCentred(line) && before.left === line.left) return false;
  const sameColumn = before.page === line.page && before.left === line.left;
  if (sameColumn && gap !== undefined && before.y - line.y > LOOSE * gap * line.size) return false;
  const indent = line.x - line.left;
  const indentBefore = before.x - before.left;
  const isIndented = indent > 0.7 * line.size;
  if (isIndented && hasIndents) return false;
  if (sameColumn && isIndented && indent > indentBefore + 0.7 * line.size) return false;
  return !(startsAnew(line.text) && /[。；：！？”）]$/.test(before.text));
}

/** Whether paragraphs begin with an indent: full lines are followed by lines at the edge of their column. */
function usesIndents(every: readonly Line[]): boolean {
  const lines = every.filter(({ table }) => !table);
  let at = 0;
  let all = 0;
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before || !isFull(before, line) || before.left !== line.left) continue;
    all++;
    if (line.x - line.left <= 0.7 * line.size) at++;
  }
  return all >= 3 && at >= 0.5 * all;
}

/** Between paragraphs lines stand this much further apart than within one, if at all. */
const LOOSE = 1.15;

/** From one line of a paragraph to the next, in heights of a character. */
function usualGap(every: readonly Line[]): number | undefined {
  const lines = every.filter(({ table }) => !table);
  const gaps = lines.flatMap((line, at) => {
    const before = lines[at - 1];
    if (!before || before.page !== line.page || before.left !== line.left || !isFull(before, line)) return [];
    return before.y > line.y ? [(before.y - line.y) / line.size] : [];
  });
  return gaps.length < 3 ? undefined : median(gaps);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
