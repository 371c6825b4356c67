import { Resvg } from '@resvg/resvg-js';
import { type Glyphs, openSlices } from './font.ts';
import { PALETTES, type Palette } from './palette.ts';
import { HEIGHT, type Ink, shape, sheet, WIDTH, widthOf, write } from './svg.ts';

/** What to draw: columns of stacked parts, day by day, and bars with a name each. Its words are the caller's. */
export interface ChartOrder {
  readonly title: string;
  readonly subtitle: string;
  /** The parts of each column in the order of `legend`, from below. */
  readonly columns: readonly { readonly label: string; readonly parts: readonly number[] }[];
  readonly legend: readonly string[];
  readonly barsTitle: string;
  readonly bars: readonly { readonly name: string; readonly count: number }[];
}

const HEADLINE = 700;
const SMALL = 500;
const MARGIN = 80;
/** Where the columns stand, in pixels from the top. */
const COLUMNS = { top: 330, bottom: 780 };
const BARS = { title: 930, first: 1000, step: 68, most: 5 };
/** Every so many columns one has its label below. */
const LABELLED = 7;

/** Draws a chart in the manner of a poster: a PNG. */
export async function drawChart(order: ChartOrder): Promise<Uint8Array> {
  const slices = await openSlices();
  const { title, subtitle, columns, legend, barsTitle, bars } = order;
  const words = [subtitle, barsTitle, ...legend, ...columns.map(({ label }) => label), ...bars.map(({ name }) => name)];
  const { glyphs: headline } = await slices.glyphsOf(title, HEADLINE);
  const { glyphs: small } = await slices.glyphsOf(`${words.join('')}0123456789…`, SMALL);
  const [palette] = PALETTES as readonly [Palette];
  const svg = sheet(palette.paper, [
    ...write(title, { glyphs: headline, color: palette.ink }, { x: MARGIN, y: 150, size: 64 }),
    ...write(subtitle, { glyphs: small, color: palette.middle }, { x: MARGIN, y: 215, size: 34 }),
    ...legendOf(legend, small, palette),
    ...columnsOf(columns, small, palette),
    ...barsOf(order, small, palette),
  ]);
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}

function coloursOf({ deep, pale, accent }: Palette): readonly string[] {
  return [deep, pale, accent];
}

function legendOf(legend: readonly string[], glyphs: Glyphs, palette: Palette): readonly string[] {
  const ink = { glyphs, color: palette.ink };
  let x = MARGIN;
  return legend.flatMap((text, at) => {
    const spot = x;
    x += 44 + widthOf(text, ink, 30) + 40;
    return [
      shape('rect', { x: spot, y: 252, width: 28, height: 28, fill: coloursOf(palette)[at] ?? palette.middle }),
      ...write(text, ink, { x: spot + 40, y: 277, size: 30 }),
    ];
  });
}

function columnsOf(columns: ChartOrder['columns'], glyphs: Glyphs, palette: Palette): readonly string[] {
  const highest = Math.max(1, ...columns.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0)));
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, columns.length);
  const ink: Ink = { glyphs, color: palette.middle };
  const drawn = columns.flatMap(({ label, parts }, at) => {
    const x = MARGIN + at * step;
    let y = COLUMNS.bottom;
    const pieces = parts.flatMap((part, number) => {
      const height = ((COLUMNS.bottom - COLUMNS.top) * part) / highest;
      y -= height;
      const fill = coloursOf(palette)[number] ?? palette.middle;
      return part === 0 ? [] : [shape('rect', { x: x + step * 0.12, y, width: step * 0.76, height, fill })];
    });
    const isLabelled = (columns.length - 1 - at) % LABELLED === 0;
    const left = Math.min(x, WIDTH - MARGIN - widthOf(label, ink, 26));
    return [...pieces, ...(isLabelled ? write(label, ink, { x: left, y: COLUMNS.bottom + 40, size: 26 }) : [])];
  });
  const ground = shape('rect', {
    ...{ x: MARGIN, y: COLUMNS.bottom, width: WIDTH - 2 * MARGIN, height: 2, fill: palette.middle },
  });
  return [...drawn, ground, ...write(String(highest), ink, { x: MARGIN, y: COLUMNS.top - 10, size: 26 })];
}

function barsOf({ barsTitle, bars }: ChartOrder, glyphs: Glyphs, palette: Palette): readonly string[] {
  if (bars.length === 0) return [];
  const ink: Ink = { glyphs, color: palette.ink };
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return [
    ...write(barsTitle, ink, { x: MARGIN, y: BARS.title, size: 36 }),
    ...bars.slice(0, BARS.most).flatMap(({ name, count }, at) => {
      const y = BARS.first + at * BARS.step;
      const width = ((WIDTH - 2 * MARGIN) * count) / most;
      const number = String(count);
      return y + 24 > HEIGHT
        ? []
        : [
            ...write(fitted(name, ink), ink, { x: MARGIN, y, size: 30 }),
            ...write(number, ink, { x: WIDTH - MARGIN - widthOf(number, ink, 30), y, size: 30 }),
            shape('rect', { x: MARGIN, y: y + 12, width, height: 12, fill: palette.deep }),
          ];
    }),
  ];
}

/** A name beside which its number has room. */
function fitted(name: string, ink: Ink): string {
  const room = WIDTH - 2 * MARGIN - 140;
  if (widthOf(name, ink, 30) <= room) return name;
  let characters = [...name];
  while (characters.length > 0 && widthOf(`${characters.join('')}…`, ink, 30) > room)
    characters = characters.slice(0, -1);
  return `${characters.join('')}…`;
}
