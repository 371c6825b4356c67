import type { Glyphs } from './glyphs.ts';
import type { Ruling } from './rulings.ts';

/** A ruled table on a page: its rows from the top, each with its cells' stretches of text. */
export interface Grid {
  readonly top: number;
  readonly left: number;
  readonly right: number;
  /** A merged cell stands in each row that it runs through; `first` says in which it begins. */
  readonly rows: readonly (readonly GridCell[])[];
}

export interface GridCell {
  readonly glyphs: readonly Glyphs[];
  readonly first: boolean;
}

/** In points: lines that are so close are one, and touch. */
const NEAR = 3;

/** The ruled tables among what is drawn, and the text that stands in none. */
export function gridsIn(
  rulings: readonly Ruling[],
  glyphs: readonly Glyphs[],
): { readonly grids: readonly Grid[]; readonly rest: readonly Glyphs[] } {
  const grids: Grid[] = [];
  let rest = glyphs;
  for (const cluster of clustersOf(rulings)) {
    const found = gridOf(cluster, rest);
    if (!found) continue;
    grids.push(found.grid);
    rest = found.rest;
  }
  return { grids, rest };
}

const isLevel = ({ y0, y1 }: Ruling) => y1 - y0 < 1;

/** Lines that touch one another, directly or by way of others. */
function clustersOf(rulings: readonly Ruling[]): readonly (readonly Ruling[])[] {
  const left = new Set(rulings);
  const clusters: Ruling[][] = [];
  for (const first of rulings) {
    if (!left.delete(first)) continue;
    const cluster = [first];
    for (let at = 0; at < cluster.length; at++) {
      const one = cluster[at] as Ruling;
      for (const other of left) {
        const apart =
          other.x0 > one.x1 + NEAR || other.x1 < one.x0 - NEAR || other.y0 > one.y1 + NEAR || other.y1 < one.y0 - NEAR;
        if (apart) continue;
        left.delete(other);
        cluster.push(other);
      }
    }
    clusters.push(cluster);
  }
  return clusters;
}

function gridOf(
  cluster: readonly Ruling[],
  glyphs: readonly Glyphs[],
): { grid: Grid; rest: readonly Glyphs[] } | undefined {
  const levels = cluster.filter(isLevel);
  const uprights = cluster.filter((ruling) => !isLevel(ruling));
  const ys = placesOf(levels.map(({ y0 }) => y0)).toReversed();
  const xs = placesOf(uprights.map(({ x0 }) => x0));
  // One row or one column is a frame, or a line under a heading.
  if (ys.length < 3 || xs.length < 3) return undefined;
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  const owner = Array.from({ length: rows * columns }, (_, at) => at);
  const find = (at: number): number => {
    let root = at;
    while (owner[root] !== root) root = owner[root] as number;
    return root;
  };
  const join = (one: number, other: number) => {
    const [a, b] = [find(one), find(other)];
    owner[Math.max(a, b)] = Math.min(a, b);
  };
  const middle = (places: readonly number[], at: number) => ((places[at] ?? 0) + (places[at + 1] ?? 0)) / 2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const here = row * columns + column;
      const [x, y] = [middle(xs, column), middle(ys, row)];
      const [side = 0, below = 0] = [xs[column + 1], ys[row + 1]];
      const isParted = uprights.some(
        ({ x0, y0, y1 }) => Math.abs(x0 - side) <= NEAR && y0 - NEAR <= y && y <= y1 + NEAR,
      );
      if (column + 1 < columns && !isParted) join(here, here + 1);
      const isRuled = levels.some(({ y0, x0, x1 }) => Math.abs(y0 - below) <= NEAR && x0 - NEAR <= x && x <= x1 + NEAR);
      if (row + 1 < rows && !isRuled) join(here, here + columns);
    }
  }
  const inside = new Map<number, Glyphs[]>();
  const rest: Glyphs[] = [];
  for (const one of glyphs) {
    const x = one.x + one.width / 2;
    const y = one.y + one.size / 3;
    const column = xs.findLastIndex((place) => place <= x);
    const row = ys.findLastIndex((place) => place >= y);
    if (column < 0 || column >= columns || row < 0 || row >= rows) {
      rest.push(one);
      continue;
    }
    const cell = find(row * columns + column);
    inside.set(cell, [...(inside.get(cell) ?? []), one]);
  }
  const cellsOf = (row: number): readonly GridCell[] => {
    const cells = [...new Set(Array.from({ length: columns }, (_, column) => find(row * columns + column)))];
    return cells.map((cell) => ({ glyphs: inside.get(cell) ?? [], first: Math.floor(cell / columns) === row }));
  };
  const grid = {
    top: ys[0] ?? 0,
    left: xs[0] ?? 0,
    right: xs.at(-1) ?? 0,
    rows: Array.from({ length: rows }, (_, row) => cellsOf(row)),
  };
  return { grid, rest };
}

/** Places in order, those that are near taken for one. */
function placesOf(values: readonly number[]): readonly number[] {
  const places: number[] = [];
  for (const value of values.toSorted((a, b) => a - b))
    if (places.length === 0 || value - (places.at(-1) as number) > NEAR) places.push(value);
  return places;
}
