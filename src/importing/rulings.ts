/** A level or upright line drawn on a page, in points; `x` and `y` from the lower left corner. */
export interface Ruling {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** What is drawn on a page, as pdf.js lists it: operators by number, each with what it takes. */
export interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** The numbers of the operators that matter. */
export interface OperatorNumbers {
  readonly save: number;
  readonly restore: number;
  readonly transform: number;
  readonly paintFormXObjectBegin: number;
  readonly paintFormXObjectEnd: number;
  readonly constructPath: number;
  readonly endPath: number;
}

type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Shorter strokes are parts of pictures or letters. */
const SHORTEST = 4;
/** A page with more is a drawing. */
const MOST = 6_000;

/** The lines that tables are ruled with, whether they are stroked or thin filled boxes. */
export function rulingsOf({ fnArray, argsArray }: Operators, ops: OperatorNumbers): readonly Ruling[] {
  const rulings: Ruling[] = [];
  const stack: Matrix[] = [];
  let matrix = IDENTITY;
  for (const [at, operator] of fnArray.entries()) {
    const args = argsArray[at];
    if (operator === ops.save || operator === ops.paintFormXObjectBegin) stack.push(matrix);
    if (operator === ops.restore || operator === ops.paintFormXObjectEnd) matrix = stack.pop() ?? IDENTITY;
    const moved =
      operator === ops.transform ? args : operator === ops.paintFormXObjectBegin ? listOf(args)[0] : undefined;
    if (isMatrix(moved)) matrix = product(matrix, moved);
    if (operator !== ops.constructPath) continue;
    const [painted, paths] = listOf(args);
    if (painted === ops.endPath) continue;
    for (const path of listOf(paths)) rulings.push(...linesOf(path, matrix));
    if (rulings.length > MOST) return [];
  }
  return rulings;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMatrix(value: unknown): value is Matrix {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && (value as unknown as Matrix).length === 6;
}

function product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** How many numbers follow each part of a path: a move, a line, curves of two kinds, the end. */
const TAKES: readonly number[] = [2, 2, 6, 4, 0];
const MOVE = 0;
const LINE = 1;
const CLOSE = 4;

function linesOf(path: unknown, [a, b, c, d, e, f]: Matrix): readonly Ruling[] {
  if (!ArrayBuffer.isView(path) && !Array.isArray(path)) return [];
  const numbers = Array.from(path as ArrayLike<number>);
  const found: Ruling[] = [];
  let start: readonly [number, number] = [0, 0];
  let here = start;
  const draw = (to: readonly [number, number]) => {
    const [x0, y0, x1, y1] = [
      Math.min(here[0], to[0]),
      Math.min(here[1], to[1]),
      Math.max(here[0], to[0]),
      Math.max(here[1], to[1]),
    ];
    const isLevel = y1 - y0 < 1 && x1 - x0 >= SHORTEST;
    const isUpright = x1 - x0 < 1 && y1 - y0 >= SHORTEST;
    if (isLevel || isUpright) found.push({ x0, y0, x1, y1 });
  };
  for (let at = 0; at < numbers.length; ) {
    const part = numbers[at] ?? CLOSE;
    const takes = TAKES[part];
    if (takes === undefined) return found;
    const [x = 0, y = 0] = numbers.slice(at + takes - 1, at + takes + 1);
    const to: readonly [number, number] = part === CLOSE ? start : [a * x + c * y + e, b * x + d * y + f];
    if (part === LINE || part === CLOSE) draw(to);
    if (part === MOVE) start = to;
    here = to;
    at += takes + 1;
  }
  return found;
}
