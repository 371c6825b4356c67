import { stem } from '../text/tokens.ts';
import { DIGIT, HAN, INVISIBLE, kindOf, LETTER } from './units.ts';

/**
 * A term is one unsigned number of 32 bits: a Han character is its code; two neighbouring ones are both codes, side by
 * side; a Latin word or a number is a hash in the room between (two of a million distinct ones fall together once in a
 * thousand; the re-ranking compares the text itself).
 */
export type Term = number;

export const CHARACTER = 0;
export const BIGRAM = 1;
export const RUN = 2;

const FIRST_RUN = 0x10000;
const FIRST_BIGRAM = 0x34000000;
/** No bigram begins with these units, of which none is Han: room for what else is called a term. */
export const FREE_FROM = 0xa0000000;
export const FREE_TO = 0xd8000000;

export function kindOfTerm(term: Term): number {
  return term < FIRST_RUN ? CHARACTER : term < FIRST_BIGRAM ? RUN : BIGRAM;
}

export function bigram(first: number, second: number): Term {
  return ((first << 16) | second) >>> 0;
}

const PERCENT = 0x25;

/**
 * Calls back with every term of folded units and where it stands. No bigram crosses what is not a Han character.
 * A number takes its percent sign along, so that 50 and 50% differ.
 */
export function eachTerm(units: Uint16Array, visit: (term: Term, start: number, end: number) => void): void {
  let previous = 0;
  let at = 0;
  while (at < units.length) {
    const unit = units[at] as number;
    const kind = kindOf(unit);
    if (kind === HAN && !isHalfOfOther(units, at)) {
      visit(unit, at, at + 1);
      if (previous !== 0) visit(bigram(previous, unit), at - 1, at + 1);
      previous = unit;
      at++;
      continue;
    }
    if (kind === INVISIBLE) {
      at++;
      continue;
    }
    previous = 0;
    const start = at++;
    if (kind !== LETTER && kind !== DIGIT) continue;
    while (at < units.length && kindOf(units[at] as number) === kind) at++;
    if (kind === DIGIT && units[at] === PERCENT) at++;
    visit(runTerm(units, start, at, kind), start, at);
  }
}

/** The second halves of characters beyond the first plane are the same for Han and for 👍. */
function isHalfOfOther(units: Uint16Array, at: number): boolean {
  const unit = units[at] as number;
  return unit >= 0xdc00 && unit <= 0xdfff && kindOf(units[at - 1] ?? 0) !== HAN;
}

function runTerm(units: Uint16Array, start: number, end: number, kind: number): Term {
  if (kind === LETTER && end - start >= 4) {
    const word = String.fromCharCode(...units.subarray(start, Math.min(end, start + 100)));
    const base = stem(word);
    if (base !== word)
      return hash(
        Uint16Array.from(base, (letter) => letter.charCodeAt(0)),
        0,
        base.length,
      );
  }
  return hash(units, start, end);
}

function hash(units: Uint16Array, start: number, end: number): Term {
  return FIRST_RUN + (hashOf(units, start, end) % (FIRST_BIGRAM - FIRST_RUN));
}

/** FNV-1a over the units: 32 bits. */
export function hashOf(units: Uint16Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < end; at++) value = Math.imul(value ^ (units[at] as number), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
