import { createFrequencies, type FrequencyTable } from '../index/frequencies.ts';
import { bigram } from '../index/terms.ts';
import { type Correction, createCorrector, type Frequencies } from '../text/corrector.ts';
import { spellOut } from '../text/latin-pinyin.ts';

/** What a question with mistakes was meant to say. */
export interface Meant {
  readonly text: string;
  /** Share of its characters that were taken for others, from 0 to 1. */
  readonly changed: number;
}

/** Reads folded questions in the light of how often the texts have each character, and each two side by side. */
export function createMeaningReader(
  spelling: FrequencyTable,
  knows: (word: string) => boolean,
): (folded: string) => Meant {
  const { of } = createFrequencies(spelling);
  const frequencies: Frequencies = { character: of, pair: (first, second) => of(bigram(first, second)) };
  const corrector = createCorrector(frequencies);
  return (folded) => {
    const spelled = spellOut(folded, frequencies, knows);
    const corrections = corrector.corrections(spelled);
    const text = corrections.length === 0 ? spelled : corrected(spelled, corrections);
    return { text, changed: text === folded ? 0 : difference(folded, text) };
  };
}

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
