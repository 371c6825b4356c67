import { bigram } from '../index/terms.ts';
import { DIGIT, HAN, INVISIBLE, kindOf, LETTER, OTHER } from '../index/units.ts';
import type { Question, WrittenOtherwise } from './question.ts';

/** Which places of the question a stretch of text meets. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** By place of the question: 1 where its character (or the whole run of letters or digits that ends there) stands here. */
  readonly characters: Uint8Array;
  /** 1 where it stands here right after the character before it, as in the question. */
  readonly pairs: Uint8Array;
  /** Units of the longest run of the question, question words included, over the question's length. */
  readonly run: number;
  /** Units that the question does not have. */
  readonly fresh: number;
}

/** What each place of the question weighs; 0 outside of what it asks about. */
export interface Weights {
  readonly characters: Float32Array;
  readonly pairs: Float32Array;
}

export interface Matcher {
  /** `units` are folded; `ends` are where its stretches end. */
  match(units: Uint16Array, ends: readonly number[]): readonly Match[];
}

const head = new Int16Array(0x10000).fill(-1);

/** Scans texts for what the question says, all its places at once. */
export function createMatcher(question: Question): Matcher {
  const { units, core, numbers } = question;
  const length = units.length;
  // For letters and digits: the length of the whole run, at its last unit; it counts only when met as a whole.
  const whole = wholeRuns(question);
  const positionsOf = new Map<number, number[]>();
  let terms = 0;
  for (let at = 0; at < length; at++) {
    const kind = kindOf(units[at] as number);
    if (kind !== HAN && kind !== LETTER && kind !== DIGIT) continue;
    terms++;
    put(positionsOf, units[at] as number, at);
  }
  for (const { at, unit } of question.alternatives) put(positionsOf, unit, at);
  // Descending, so that a run grows from what was known before this unit.
  const listed = [...positionsOf.keys()];
  const places = listed.map((unit) => (positionsOf.get(unit) as number[]).toSorted((a, b) => b - a));
  const lastAt = new Int32Array(length);
  const runs = new Int32Array(length);

  return {
    match(text, ends) {
      for (let index = 0; index < listed.length; index++) head[listed[index] as number] = index;
      lastAt.fill(-2);
      const matches: Match[] = [];
      let from = 0;
      for (const end of ends) {
        const characters = new Uint8Array(length);
        const pairs = new Uint8Array(length);
        let longest = 0;
        let fresh = 0;
        for (let at = from; at < end; at++) {
          const unit = text[at] as number;
          const index = head[unit] as number;
          if (index < 0) {
            const kind = kindOf(unit);
            if (kind !== OTHER && kind !== INVISIBLE) fresh++;
            continue;
          }
          for (const place of places[index] as number[]) {
            const follows = place > 0 && lastAt[place - 1] === at - 1;
            const run = follows ? (runs[place - 1] as number) + 1 : 1;
            lastAt[place] = at;
            runs[place] = run;
            if (run > longest) longest = run;
            if (core[place] === 0) continue;
            const needed = whole[place] as number;
            if (needed > 0 && run < needed) continue;
            characters[place] = 1;
            if (run > 1 && needed <= 1) pairs[place] = 1;
          }
        }
        for (const number of numbers) if (stands(number.units, text, from, end)) meet(number, characters, pairs);
        matches.push({ start: from, end, characters, pairs, run: longest / (terms || 1), fresh });
        from = end;
      }
      for (const unit of listed) head[unit] = -1;
      return matches;
    },
  };
}

/** Whether a number stands in a stretch, and is not a piece of a longer one. */
function stands(number: Uint16Array, text: Uint16Array, from: number, end: number): boolean {
  const first = number[0] as number;
  const own = numberKind(first);
  for (let at = text.indexOf(first, from); at >= 0 && at + number.length <= end; at = text.indexOf(first, at + 1)) {
    if (at > from && numberKind(text[at - 1] as number) === own) continue;
    if (at + number.length < end && numberKind(text[at + number.length] as number) === own) continue;
    if (number.every((unit, place) => text[at + place] === unit)) return true;
  }
  return false;
}

const HAN_DIGITS = new Set(Array.from('〇零一二两三四五六七八九十百千万亿', (digit) => digit.charCodeAt(0)));

function numberKind(unit: number): number {
  return kindOf(unit) === DIGIT ? DIGIT : HAN_DIGITS.has(unit) ? HAN : OTHER;
}

function meet({ start, end }: WrittenOtherwise, characters: Uint8Array, pairs: Uint8Array): void {
  characters.fill(1, start, end);
  pairs.fill(1, start + 1, end);
}

/** 1 at a Han character, the length of the run at the last unit of one of letters or digits, else a number never met. */
function wholeRuns({ units, core }: Question): Uint16Array {
  const whole = new Uint16Array(units.length);
  let length = 0;
  for (let at = 0; at < units.length; at++) {
    const kind = kindOf(units[at] as number);
    if (kind === HAN) whole[at] = 1;
    else if (kind === LETTER || kind === DIGIT) {
      const inside = at > 0 && core[at - 1] && kindOf(units[at - 1] as number) === kind;
      length = inside ? length + 1 : 1;
      whole[at] = length;
      if (inside) whole[at - 1] = NEVER;
    }
  }
  return whole;
}

const NEVER = 0xffff;

// A Latin word or a number counts as a rare character, and more the longer it is.
const RUN_IDF = 5;
const RUN_SHARE = 0.6;
const RUN_UNITS = 4;

/** The places weighed by a power of their idf: 1 as it is, less to damp it. */
export function weightsOf(question: Question, idfOf: (term: number) => number, power: number): Weights {
  const { units, core } = question;
  const characters = new Float32Array(units.length);
  const pairs = new Float32Array(units.length);
  const whole = wholeRuns(question);
  const weight = power === 1 ? (value: number) => value : (value: number) => value ** power;
  for (let at = 0; at < units.length; at++) {
    if (core[at] === 0 || whole[at] === 0 || whole[at] === NEVER) continue;
    const unit = units[at] as number;
    if (kindOf(unit) !== HAN) {
      characters[at] = weight(RUN_IDF) * Math.min(RUN_UNITS, whole[at] as number) * RUN_SHARE;
      continue;
    }
    characters[at] = weight(idfOf(unit));
    const previous = at > 0 && core[at - 1] ? (units[at - 1] as number) : 0;
    if (kindOf(previous) === HAN) pairs[at] = weight(idfOf(bigram(previous, unit)));
  }
  return { characters, pairs };
}

// The weight of a place falls to 1/e over this many units from the nearest question word.
const REACH = 5;

/** The characters' weights, more near the question word: what is asked for stands beside it. */
export function nearQuestionWord({ units, core }: Question, weights: Float32Array): Float32Array {
  return weights.map((weight, at) => {
    let distance = units.length;
    for (let other = 0; other < units.length; other++) {
      if (!core[other] && kindOf(units[other] as number) === HAN) distance = Math.min(distance, Math.abs(other - at));
    }
    return weight * Math.exp(-distance / REACH);
  });
}

function put(positions: Map<number, number[]>, unit: number, at: number): void {
  const places = positions.get(unit);
  if (!places) positions.set(unit, [at]);
  else if (!places.includes(at)) places.push(at);
}
