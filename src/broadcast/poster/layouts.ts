import { setToFit } from './fit.ts';
import type { Glyphs } from './font.ts';
import type { Palette } from './palette.ts';
import { HEIGHT, shape, sheet, WIDTH, widthOf, write } from './svg.ts';
import { BASELINE, goesDown, setAcross, setDown } from './type.ts';

export interface PosterWords {
  /** The slogan as published. */
  readonly words: string;
  readonly maker: string | undefined;
}

/** The characters of the headline and of the small line. */
export interface Type {
  readonly headline: Glyphs;
  readonly small: Glyphs;
}

/** Draws the words in its own manner, as SVG; undefined when they don't suit it. */
export type Layout = (poster: PosterWords, palette: Palette, type: Type) => string | undefined;

const MARGIN = 104;
const INNER = WIDTH - 2 * MARGIN;

/** Columns on paper, above hills and a sun: the oldest way to set Chinese. For short slogans of few marks. */
const columns: Layout = ({ words, maker }, palette, { headline, small }) => {
  // The sun begins below the lowest column, wherever that one stands.
  const room = { run: 720, stack: 740, pitch: 1.14, leading: 1.5, largest: 132 };
  const fitted = setToFit(words, room);
  if (!fitted?.lines.every(goesDown)) return undefined;
  const heights = fitted.lines.map(({ width }) => width);
  // Stepping down from column to column, as couplets and inscriptions do, when there are few and room is left.
  const steps = fitted.lines.length <= 3 ? 1 : 0;
  const rows = Math.max(...heights.map((height, i) => height + i * steps));
  const lowest = (rows * room.pitch - (room.pitch - 1)) * fitted.size;
  const step = lowest <= room.run ? steps : 0;
  const right = { left: WIDTH - MARGIN, top: 140, pitch: room.pitch, leading: room.leading };
  return sheet(palette.paper, [
    shape('circle', { cx: 270, cy: 938, r: 84, fill: palette.accent }),
    shape('path', { d: hill(965, 1030, 925, 1000), fill: palette.pale }),
    shape('path', { d: hill(1075, 1010, 1095, 1030), fill: palette.middle }),
    shape('path', { d: hill(1120, 1175, 1105, 1160), fill: palette.deep }),
    ...setDown(fitted, { glyphs: headline, color: palette.ink }, right, step),
    ...makerLine(maker, small, palette.paper, { left: MARGIN, top: HEIGHT - 104, align: 'left' }),
  ]);
};

/** Large lines from the left on a deep ground, under a short bar, with arcs that rise from the corner. */
const ground: Layout = ({ words, maker }, palette, { headline, small }) => {
  const room = { run: INNER - 40, stack: 860, pitch: 1.09, leading: 1.36, largest: 138 };
  const fitted = setToFit(words, room);
  if (!fitted) return undefined;
  const height = fitted.size * (fitted.lines.length * room.leading - (room.leading - 1));
  const top = Math.round(Math.max(232, 540 - height / 2));
  const arcs = [190, 280, 370].map((r) =>
    shape('circle', {
      cx: WIDTH,
      cy: HEIGHT,
      r,
      fill: 'none',
      stroke: palette.middle,
      'stroke-width': 2,
      opacity: 0.55,
    }),
  );
  return sheet(palette.deep, [
    ...arcs,
    shape('circle', { cx: WIDTH, cy: HEIGHT, r: 104, fill: palette.accent }),
    shape('rect', { x: MARGIN, y: top - 84, width: 84, height: 10, fill: palette.accent }),
    ...setAcross(
      fitted,
      { glyphs: headline, color: palette.paper },
      { left: MARGIN, top, pitch: room.pitch, leading: room.leading },
      { to: 'left', width: INNER },
    ),
    ...makerLine(maker, small, palette.pale, { left: MARGIN, top: HEIGHT - 132, align: 'left' }),
  ]);
};

/** Centred lines inside a fine double frame, like a printed notice. */
const frame: Layout = ({ words, maker }, palette, { headline, small }) => {
  const room = { run: INNER - 72, stack: 760, pitch: 1.12, leading: 1.44, largest: 124 };
  const fitted = setToFit(words, room);
  if (!fitted) return undefined;
  const height = fitted.size * (fitted.lines.length * room.leading - (room.leading - 1));
  const top = Math.round(632 - height / 2);
  const rule = (inset: number, width: number) =>
    shape('rect', {
      x: inset,
      y: inset,
      width: WIDTH - 2 * inset,
      height: HEIGHT - 2 * inset,
      fill: 'none',
      stroke: palette.deep,
      'stroke-width': width,
    });
  return sheet(palette.paper, [
    rule(44, 5),
    rule(58, 1.5),
    shape('circle', { cx: WIDTH / 2, cy: Math.max(168, top - 118), r: 20, fill: palette.accent }),
    shape('line', {
      x1: WIDTH / 2 - 60,
      x2: WIDTH / 2 + 60,
      y1: 1150,
      y2: 1150,
      stroke: palette.deep,
      'stroke-width': 2,
    }),
    ...setAcross(
      fitted,
      { glyphs: headline, color: palette.ink },
      { left: MARGIN, top, pitch: room.pitch, leading: room.leading },
      { to: 'centre', width: INNER },
    ),
    ...makerLine(maker, small, palette.ink, { left: MARGIN, top: 1196, align: 'centre' }),
  ]);
};

export const LAYOUTS: readonly Layout[] = [columns, ground, frame];

const SMALL = 29;

const SMALL_LEADING = 1.4;
const SMALL_SPACING = 4;

function makerLine(
  maker: string | undefined,
  glyphs: Glyphs,
  color: string,
  place: { readonly left: number; readonly top: number; readonly align: 'left' | 'centre' },
): readonly string[] {
  if (maker === undefined) return [];
  const ink = { glyphs, color };
  const room = place.align === 'centre' ? (INNER - widthOf(maker, ink, SMALL, SMALL_SPACING)) / 2 : 0;
  const y = place.top + (BASELINE + (SMALL_LEADING - 1) / 2) * SMALL;
  return write(maker, ink, { x: place.left + room, y, size: SMALL, spacing: SMALL_SPACING });
}

/** A ridge from the left edge to the right one through four heights, closed along the bottom. */
function hill(a: number, b: number, c: number, d: number): string {
  const [near, far] = [WIDTH * 0.3, WIDTH * 0.68];
  const curve = `M0 ${a} C${near * 0.4} ${a - 70}, ${near * 0.7} ${b - 30}, ${near} ${b}`;
  const on = `S${far - 140} ${c - 20}, ${far} ${c} S${WIDTH - 120} ${d - 60}, ${WIDTH} ${d}`;
  return `${curve} ${on} V${HEIGHT} H0 Z`;
}
