import type { Fitted } from './fit.ts';
import type { Cell, Line } from './lines.ts';
import { type Ink, widthOf, write } from './svg.ts';

export interface Placing {
  readonly left: number;
  readonly top: number;
  /** Em from one character, and from one line, to the next. */
  readonly pitch: number;
  readonly leading: number;
}

/** Lines from left to right, aligned by what they measure without the marks that hang from their ends. */
export function setAcross(
  fitted: Fitted,
  ink: Ink,
  { left, top, pitch, leading }: Placing,
  align: { readonly to: 'left' | 'centre'; readonly width: number },
): readonly string[] {
  const { lines, size } = fitted;
  return lines.flatMap((line, row) => {
    const measured = size * (line.width * pitch - (pitch - 1));
    let x = left + (align.to === 'centre' ? (align.width - measured) / 2 : 0) - size * line.lead * pitch;
    return line.cells.flatMap((cell) => {
      const placed = character(cell, size, ink, x, top + row * leading * size);
      x += size * cell.width * pitch;
      return placed;
    });
  });
}

/** Columns from top to bottom, the first one rightmost; each later one begins `step` characters lower. */
export function setDown(
  { lines, size }: Fitted,
  ink: Ink,
  { left: right, top, pitch, leading }: Placing,
  step: number,
): readonly string[] {
  return lines.flatMap((line, column) =>
    line.cells.flatMap((cell, row) => {
      const x = right - size - column * leading * size;
      const y = top + (row + column * step) * pitch * size;
      if (cell.kind !== 'mark') return character(cell, size, ink, x, y);
      // Set downwards a comma stands at the upper right of its place; the font's own vertical forms are out of reach.
      const [dx, dy] = UPPER_RIGHT.test(cell.text) ? [0.6, -0.72] : [0.3, -0.1];
      return character(cell, size, ink, x + dx * size, y + dy * size);
    }),
  );
}

/** Whether a line can be set downwards: brackets and Latin letters would have to be turned. */
export function goesDown(line: Line): boolean {
  return line.cells.every(
    ({ text, kind }) => kind === 'character' || (kind === 'mark' && /[，、。！？；：]/u.test(text)),
  );
}

const UPPER_RIGHT = /[，、。]/u;

/** From the top of a line as high as an em to the baseline, in em: Noto Serif SC rises 1.151 above it and falls .286. */
export const BASELINE = 0.5 + (1.151 - 0.286) / 2;

function character({ text, width }: Cell, size: number, ink: Ink, left: number, top: number): readonly string[] {
  const x = left + (size * width - widthOf(text, ink, size)) / 2;
  return write(text, ink, { x, y: top + BASELINE * size, size });
}
