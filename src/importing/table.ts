import type { Block } from './block.ts';
import { PLAIN_BLOCK } from './block.ts';
import { type Element, isElement, isHidden } from './tree.ts';

/** Reads what a cell holds: as any other part of the page, which may hold a table. */
type BlocksOf = (element: Element, hidden: boolean) => readonly Block[];

interface Cell {
  readonly element: Element;
  readonly text: string;
  readonly links: number;
  readonly blocks: number;
  readonly columns: number;
  readonly rows: number;
}

/** Pages nest tables to lay themselves out: only what has rows of several cells, and no table inside, holds data. */
export function isData(table: Element, hidden: boolean, blocksOf: BlocksOf): boolean {
  if (hasTableInside(table)) return false;
  const rows = cellsOf(table, hidden, blocksOf);
  const filled = rows.filter((row) => row.filter(({ text }) => text !== '').length >= 2);
  if (filled.length === 0) return false;
  // One cell with a whole article beside a column of links.
  const longest = Math.max(...rows.flat().map(({ blocks }) => blocks));
  return filled.length >= 2 ? longest <= 40 || filled.length > 2 : longest <= 3;
}

/** A merged cell of no more than this many units is written into each row that it stands beside. */
const REPEATED = 60;

/** A row is a line, its cells parted by tabs; a row of one cell is a line of text. */
export function rowsOf(table: Element, hidden: boolean, blocksOf: BlocksOf): readonly Block[] {
  const hanging = new Map<number, { text: string; rows: number }>();
  const lines: Block[] = [];
  const caption = table.children.find((child) => isElement(child) && child.name === 'caption');
  if (caption && isElement(caption)) lines.push(...blocksOf(caption, hidden));
  for (const row of cellsOf(table, hidden, blocksOf)) {
    const texts: string[] = [];
    let column = 0;
    let linked = 0;
    const takeHanging = () => {
      for (let held = hanging.get(column); held !== undefined && held.rows > 0; held = hanging.get(column)) {
        held.rows--;
        texts.push(held.text.length <= REPEATED ? held.text : '');
        column++;
      }
    };
    for (const cell of row) {
      takeHanging();
      texts.push(cell.text);
      linked += cell.links * cell.text.length;
      for (let i = 0; i < cell.columns; i++)
        hanging.set(column + i, { text: i === 0 ? cell.text : '', rows: cell.rows - 1 });
      column += cell.columns;
    }
    takeHanging();
    const filled = texts.filter((text) => text !== '');
    if (filled.length === 0) continue;
    const own = row.filter(({ text }) => text !== '').length;
    const line = row[0]?.element.line;
    const length = filled.join('').length;
    if (own === 1 && filled.length === 1) {
      // A heading, or the whole of a cell that runs across the table: its own lines.
      const cell = row.find(({ text }) => text !== '');
      if (cell) lines.push(...blocksOf(cell.element, hidden));
    } else lines.push({ ...PLAIN_BLOCK, text: texts.join('\t').trim(), kind: 'row', links: linked / length, line });
  }
  return lines;
}

function cellsOf(table: Element, hidden: boolean, blocksOf: BlocksOf): readonly (readonly Cell[])[] {
  const rows: Element[] = [];
  const visit = (element: Element) => {
    for (const child of element.children) {
      if (!isElement(child) || (!hidden && isHidden(child))) continue;
      if (child.name === 'tr') rows.push(child);
      else if (/^t(?:head|body|foot)$/.test(child.name)) visit(child);
    }
  };
  visit(table);
  return rows.map((row) =>
    row.children
      .filter(isElement)
      .filter(({ name }) => name === 'td' || name === 'th')
      .map((element) => cellOf(element, blocksOf(element, hidden))),
  );
}

function cellOf(element: Element, blocks: readonly Block[]): Cell {
  const text = joined(blocks.map((block) => block.text.replaceAll('\t', ' ')));
  const links = blocks.reduce((sum, block) => sum + block.links * block.text.length, 0) / Math.max(1, text.length);
  const span = (value: string | undefined) => Math.min(Math.max(1, Math.trunc(Number(value ?? 1)) || 1), 1000);
  return {
    element,
    text,
    links,
    blocks: blocks.length,
    columns: span(element.attributes.colspan),
    rows: span(element.attributes.rowspan),
  };
}

/** The lines of a cell as one: a gap only where nothing else parts them. */
function joined(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const apart = text !== '' && /[\p{L}\p{N}]$/u.test(text) && /^[\p{L}\p{N}]/u.test(line);
    return `${text}${apart ? ' ' : ''}${line}`;
  }, '');
}

function hasTableInside(element: Element): boolean {
  return element.children.some((child) => isElement(child) && (child.name === 'table' || hasTableInside(child)));
}
