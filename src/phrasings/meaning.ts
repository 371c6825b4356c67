import type { MistakeReader } from '../index/mistakes.ts';
import type { Correction } from '../text/corrector.ts';

/** What a question with mistakes was meant to say. */
export interface Meant {
  readonly text: string;
  /** Share of its characters that were taken for others, from 0 to 1. */
  readonly changed: number;
}

/** Of a folded question: whole phrasings are compared with it, so that one reading is needed beside what was written. */
export function meantBy(folded: string, mistakes: MistakeReader): Meant {
  const spelled = mistakes.spellOut(folded);
  const corrections = mistakes.corrections(spelled);
  const text = corrections.length === 0 ? spelled : corrected(spelled, corrections);
  return { text, changed: text === folded ? 0 : difference(folded, text) };
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
