import type { ScaleFigures } from './scale.ts';

const WIDTH = 460;
const HEIGHT = 320;
const MARGIN = { left: 64, right: 24, top: 40, bottom: 44 };
// Okabe and Ito's palette, which the colour-blind can tell apart.
const COLOURS = ['#d55e00', '#0072b2', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#666666'];

interface Panel {
  readonly title: string;
  readonly value: (figures: ScaleFigures) => number;
  readonly unit: string;
}

const PANELS: readonly Panel[] = [
  { title: 'Median time of a question', value: ({ p50 }) => p50, unit: 'ms' },
  { title: 'Memory of the process', value: ({ rssMb }) => rssMb, unit: 'MB' },
];

/** Both panels side by side, both axes logarithmic, one line a system. */
export function plotScale(all: readonly ScaleFigures[]): string {
  const names = [...new Set(all.map(({ system }) => system))];
  const total = { width: PANELS.length * WIDTH, height: HEIGHT + 28 };
  const legend = names.map((name, at) => {
    const x = MARGIN.left + at * ((total.width - 2 * MARGIN.left) / names.length);
    return `<circle cx="${x}" cy="${HEIGHT + 10}" r="5" fill="${colour(at)}"/><text x="${x + 10}" y="${HEIGHT + 14}">${name}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total.width} ${total.height}" font-family="sans-serif" font-size="12">`,
    '<title>Median time and memory by number of passages</title>',
    `<rect width="${total.width}" height="${total.height}" fill="#fff"/>`,
    ...PANELS.map((panel, at) => `<g transform="translate(${at * WIDTH} 0)">${drawPanel(panel, all, names)}</g>`),
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ title, value, unit }: Panel, all: readonly ScaleFigures[], names: readonly string[]): string {
  const across = axis(
    all.map(({ passages }) => passages),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const up = axis(all.map(value), HEIGHT - MARGIN.bottom, MARGIN.top);
  const parts = [`<text x="${MARGIN.left}" y="22" font-weight="bold">${title} (${unit})</text>`];
  for (const tick of across.ticks) {
    const x = across.at(tick);
    parts.push(
      line(x, MARGIN.top, x, HEIGHT - MARGIN.bottom),
      `<text x="${x}" y="${HEIGHT - 26}" text-anchor="middle">${label(tick)}</text>`,
    );
  }
  for (const tick of up.ticks) {
    const y = up.at(tick);
    parts.push(
      line(MARGIN.left, y, WIDTH - MARGIN.right, y),
      `<text x="${MARGIN.left - 8}" y="${y + 4}" text-anchor="end">${label(tick)}</text>`,
    );
  }
  parts.push(
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">passages</text>`,
  );
  names.forEach((name, number) => {
    const points = all
      .filter(({ system }) => system === name)
      .map((figures) => [across.at(figures.passages).toFixed(1), up.at(value(figures)).toFixed(1)] as const);
    const path = points.map(([x, y]) => `${x},${y}`).join(' ');
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colour(number)}" stroke-width="${number === 0 ? 3 : 1.5}"/>`,
    );
    for (const [x, y] of points) parts.push(`<circle cx="${x}" cy="${y}" r="3" fill="${colour(number)}"/>`);
  });
  return parts.join('\n');
}

/** A logarithmic axis over whole powers of ten that holds all values. */
function axis(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    at: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)),
  };
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#ddd"/>`;
}

function label(value: number): string {
  return value >= 1000
    ? `${value / 1000 >= 1000 ? `${value / 1_000_000} M` : `${value / 1000} k`}`
    : String(Number(value.toPrecision(1)));
}

function colour(number: number): string {
  return COLOURS[number % COLOURS.length] as string;
}
