import type { Line } from './lines.ts';

/** Of a header each cell names a column; a longer one says something. */
const LONGEST_NAME = 14;
/** A line in between of no more than this many units is a heading inside a table. */
const LONGEST_BETWEEN = 40;

/** The header of each row of a table: rows follow one another with as many cells, and the first of them names columns. */
export function headersOf(lines: readonly Line[]): ReadonlyMap<Line, Line> {
  const headers = new Map<Line, Line>();
  let header: Line | undefined;
  let begun = false;
  for (const [at, line] of lines.entries()) {
    if (line.role !== 'row') {
      if (line.text.length > LONGEST_BETWEEN || line.role === 'article' || line.role === 'question') begun = false;
      continue;
    }
    if (!begun) header = namesColumns(line) && countOf(lines[at + 1]) === countOf(line) ? line : undefined;
    begun = true;
    if (header && header !== line && countOf(line) === countOf(header)) headers.set(line, header);
  }
  return headers;
}

function namesColumns({ text }: Line): boolean {
  const cells = text.split('\t');
  return (
    cells.length >= 2 && cells.every((cell) => cell !== '' && cell.length <= LONGEST_NAME && !/^[\d.,%]+$/.test(cell))
  );
}

function countOf(line: Line | undefined): number {
  return line === undefined ? 0 : line.text.split('\t').length;
}
