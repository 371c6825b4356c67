import { Converter } from 'opencc-js/t2cn';

/**
 * Text made comparable: NFKC without marks, lower case, simplified characters, nothing invisible.
 * `starts[i]` and `ends[i]` are the UTF-16 offsets, in the original, of what unit `i` of `text` came from,
 * so whatever is found in the folded text can be cut out of the original and never has to be rebuilt.
 */
export interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

// Control, format (zero width, bidi), private and unassigned characters, lone surrogates, variation selectors, marks.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Mn}\p{Me}]/gu;
const SPACE = /[^\S\uFEFF]/u;

export function fold(original: string): Folded {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let offset = 0;
  for (const point of original) {
    const end = offset + point.length;
    const folded = foldPoint(point);
    for (let i = 0; i < folded.length; i++) {
      starts.push(offset);
      ends.push(end);
    }
    text += folded;
    offset = end;
  }
  return { text, starts, ends };
}

/** The folded text alone, for where no offsets are needed. */
export function foldText(original: string): string {
  let text = '';
  let from = 0;
  for (let at = 0; at < original.length; at++) {
    if (staying[original.charCodeAt(at)] === 1) continue;
    const point = String.fromCodePoint(original.codePointAt(at) as number);
    text += original.slice(from, at) + foldPoint(point);
    at += point.length - 1;
    from = at + 1;
  }
  return from === 0 ? original : text + original.slice(from);
}

/** By UTF-16 unit: whether it is known to stay as it is. Most of any text does, and so need not be made anew. */
const staying = new Uint8Array(0x10000);

const foldedPoints = new Map<string, string>();
const CACHED_POINTS = 50_000;

function foldPoint(point: string): string {
  const known = foldedPoints.get(point);
  if (known !== undefined) return known;
  const folded = computeFold(point);
  if (folded === point && point.length === 1) staying[point.charCodeAt(0)] = 1;
  if (foldedPoints.size < CACHED_POINTS) foldedPoints.set(point, folded);
  return folded;
}

function computeFold(point: string): string {
  if (SPACE.test(point)) return ' ';
  const bare = point.normalize('NFKD').replace(INVISIBLE, '').normalize('NFKC');
  const lower = bare.toLowerCase();
  const simplified = toSimplified(lower);
  // Twice, so that what is folded already stays as it is: 薴 becomes 苧, and 苧 becomes 苎.
  return simplified === lower ? lower : toSimplified(simplified);
}

type Convert = (text: string) => string;

let simplify: Convert | undefined;

function toSimplified(text: string): string {
  const convert: Convert = simplify ?? Converter({ from: 't', to: 'cn' });
  simplify = convert;
  return convert(text);
}

let mainlandWords: Convert | undefined;

/** In UTF-16 units: longer than any question that a person asks; of one that is searched for, what follows is not looked at. */
export const QUESTION_LIMIT = 512;

/**
 * A question as a mainland text would word it: Taiwan's words (軟體, 資料中心) become the mainland's (软件, 数据中心).
 * Only a question with traditional characters is touched: in a simplified one the same words may mean something else.
 */
export function foldQuestion(original: string): string {
  if (original !== last.original) last = { original, folded: asMainland(original) };
  return last.folded;
}

/** All that read a question fold it, one after the other. */
let last = { original: '', folded: '' };

function asMainland(original: string): string {
  const plain = foldText(original);
  if (plain === original) return plain;
  const wide = original.normalize('NFKC');
  if (toSimplified(wide) === wide) return plain;
  const convert: Convert = mainlandWords ?? Converter({ from: 'twp', to: 'cn' });
  mainlandWords = convert;
  return foldText(convert(wide));
}
