import { type Correction, createCorrector, type Frequencies } from '../text/corrector.ts';
import { spellOut } from '../text/latin-pinyin.ts';

/** What a question with mistakes was meant to say. */
export interface Reading {
  readonly text: string;
  /** Share of its characters that were taken for others, from 0 to 1. */
  readonly changed: number;
}

/** How often texts have each character, and each two side by side, by number: see `pairNumber`. */
export interface Spelling {
  readonly characters: ReadonlyMap<number, number>;
  readonly pairs: ReadonlyMap<number, number>;
}

/** Reads folded questions in the light of how the texts are written. */
export function createMistakeReader(
  { characters, pairs }: Spelling,
  knows: (word: string) => boolean,
): (folded: string) => Reading {
  const frequencies: Frequencies = {
    character: (code) => characters.get(code) ?? 0,
    pair: (first, second) => pairs.get(pairNumber(first, second)) ?? 0,
  };
  const corrector = createCorrector(frequencies);
  return (folded) => {
    const spelled = spellOut(folded, frequencies, knows);
    const corrections = corrector.corrections(spelled);
    const text = corrections.length === 0 ? spelled : corrected(spelled, corrections);
    return { text, changed: text === folded ? 0 : difference(folded, text) };
  };
}

/** Counts in folded texts. */
export function spellingOf(texts: readonly string[]): Spelling {
  const characters = new Map<number, number>();
  const pairs = new Map<number, number>();
  const count = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const text of texts) {
    let before = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < HAN_FROM || code > HAN_TO) {
        before = 0;
        continue;
      }
      count(characters, code);
      if (before !== 0) count(pairs, pairNumber(before, code));
      before = code;
    }
  }
  return { characters, pairs };
}

function pairNumber(first: number, second: number): number {
  return first * UNITS + second;
}

const HAN_FROM = 0x3400;
const HAN_TO = 0x9fff;
const UNITS = 65_536;

/** The first proposal for each place, from left to right; those that overlap an earlier one are left out. */
function corrected(text: string, corrections: readonly Correction[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: meant } of corrections) {
    if (start < at) continue;
    result += text.slice(at, start) + meant;
    at = end;
  }
  return result + text.slice(at);
}

function difference(before: string, after: string): number {
  const all = Array.from(before);
  const kept = new Map<string, number>();
  for (const character of after) kept.set(character, (kept.get(character) ?? 0) + 1);
  let changed = 0;
  for (const character of all) {
    const left = kept.get(character) ?? 0;
    if (left > 0) kept.set(character, left - 1);
    else changed++;
  }
  return changed / all.length;
}
