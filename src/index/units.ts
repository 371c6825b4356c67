import { foldText } from '../text/fold.ts';

/** What a UTF-16 unit is to the index. */
export const OTHER = 0;
export const HAN = 1;
export const LETTER = 2;
export const DIGIT = 3;
export const INVISIBLE = 4;

const UNKNOWN = 255;
const kinds = new Uint8Array(0x10000).fill(UNKNOWN);
const foldedUnits = new Int32Array(0x10000).fill(-1);

/**
 * Units folded, each in its place: unit `i` of the result comes from unit `i` of the text, so what is found needs no
 * map back. What would fold to several units (㎡) keeps the first; what folds to nothing is 0.
 */
export function foldUnits(units: Uint16Array): Uint16Array {
  const folded = new Uint16Array(units.length);
  for (let at = 0; at < units.length; at++) folded[at] = foldUnit(units[at] as number);
  return closeGroups(folded);
}

const COMMA = 0x2c;

/** Takes the commas within numbers out, in place: 15,000 becomes 15000 and nothing, so that both are one number. */
function closeGroups(units: Uint16Array): Uint16Array {
  for (let at = units.indexOf(COMMA); at >= 0; at = units.indexOf(COMMA, at + 1)) {
    const end = endOfGroups(units, at);
    if (end === at) continue;
    let to = at;
    for (let from = at; from < end; from++) if (units[from] !== COMMA) units[to++] = units[from] as number;
    units.fill(0, to, end);
    at = end - 1;
  }
  return units;
}

/** Where a number ends whose first comma is given; there, when that is no comma of a number. */
function endOfGroups(units: Uint16Array, comma: number): number {
  const isDigit = (at: number) => kindOf(units[at] ?? 0) === DIGIT;
  let first = comma;
  while (isDigit(first - 1)) first--;
  const leading = comma - first;
  if (leading < 1 || leading > 3) return comma;
  let end = comma;
  while (units[end] === COMMA && isDigit(end + 1) && isDigit(end + 2) && isDigit(end + 3) && !isDigit(end + 4))
    end += 4;
  return end;
}

export function toUnits(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

/** More arguments than this may be too many for a call. */
const AT_ONCE = 4096;

/** The text between two offsets. Applied, not spread: that takes five times as long; unit by unit, twice. */
export function toText(units: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let from = start; from < end; from += AT_ONCE) {
    const some = units.subarray(from, Math.min(end, from + AT_ONCE));
    text += String.fromCharCode.apply(undefined, some as unknown as number[]);
  }
  return text;
}

function foldUnit(unit: number): number {
  const folded = foldedUnits[unit] as number;
  if (folded >= 0) return folded;
  learn(unit);
  return foldedUnits[unit] as number;
}

/** The kind of a folded unit. */
export function kindOf(unit: number): number {
  if (kinds[unit] === UNKNOWN) learn(unit);
  return kinds[unit] as number;
}

function learn(unit: number): void {
  const folded = isHanSurrogate(unit) ? unit : foldText(String.fromCharCode(unit)).charCodeAt(0) || 0;
  foldedUnits[unit] = folded;
  kinds[unit] = folded === unit ? kindOfFolded(unit) : OTHER;
}

function kindOfFolded(unit: number): number {
  if (unit === 0) return INVISIBLE;
  if (isHanSurrogate(unit)) return HAN;
  const character = String.fromCharCode(unit);
  if (/\p{Script=Han}/u.test(character) && unit >= 0x3400) return HAN;
  if (unit >= 0x30 && unit <= 0x39) return DIGIT;
  return /\p{L}/u.test(character) ? LETTER : OTHER;
}

/** Either half of a Han character beyond the first plane; each half counts as a character. */
function isHanSurrogate(unit: number): boolean {
  return (unit >= 0xd840 && unit <= 0xd8bf) || (unit >= 0xdc00 && unit <= 0xdfff);
}
