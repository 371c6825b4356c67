import { charactersLike, charactersOf, syllablesOf } from './homophones.ts';

/** What may be meant by a piece of a question. Offsets are those of the folded question. */
export interface Correction {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Proposes what was meant where a question does not read like the texts. Nothing is replaced: a proposal is looked for
 * beside what was written, so a question without mistakes loses nothing.
 */
export interface Corrector {
  corrections(folded: string): readonly Correction[];
}

/** How often the texts have two characters side by side, and one alone. */
export interface Frequencies {
  pair(first: string, second: string): number;
  character(character: string): number;
}

const HAN = /\p{Script=Han}/u;
// What a pair counts that never occurs; odds are logarithms of the product of the counts.
const NEVER = 0.1;
/** How much likelier a proposal must read than what stands there, as a logarithm. */
const LEAST_GAIN = 2.2;
// Sounds that are only alike must read better still.
const ALIKE_COST = 1.5;
const PROPOSALS = 3;

export function createCorrector(frequencies: Frequencies): Corrector {
  const log = (first: string, second: string) =>
    HAN.test(first) && HAN.test(second) ? Math.log(frequencies.pair(first, second) + NEVER) : 0;

  return {
    corrections(folded) {
      const found: Correction[] = [];
      for (let at = 0; at < folded.length; at++) {
        const character = folded.charAt(at);
        if (!HAN.test(character)) continue;
        const before = folded.charAt(at - 1);
        const after = folded.charAt(at + 1);
        if (!HAN.test(before) && !HAN.test(after)) continue;
        const single = atPlace(before, character, after);
        for (const text of single) found.push({ start: at, end: at + 1, text });
        if (!HAN.test(after)) continue;
        const next = folded.charAt(at + 2);
        if (frequencies.pair(character, after) === 0) {
          const swapped = swap(before, character, after, next);
          if (swapped) found.push({ start: at, end: at + 2, text: swapped });
          if (single.length === 0 && atPlace(character, after, next).length === 0) {
            for (const text of bothWrong(before, character, after, next)) found.push({ start: at, end: at + 2, text });
          }
        }
      }
      return found;
    },
  };

  function reading(before: string, character: string, after: string): number {
    return log(before, character) + log(character, after);
  }

  /** One character stands for another that sounds the same. */
  function atPlace(before: string, character: string, after: string): readonly string[] {
    const known = reading(before, character, after);
    // Nothing can read better by enough.
    const proposals: { text: string; gain: number }[] = [];
    const seen = new Set([character]);
    const consider = (text: string, cost: number) => {
      if (seen.has(text)) return;
      seen.add(text);
      const gain = reading(before, text, after) - known - cost;
      if (gain >= LEAST_GAIN) proposals.push({ text, gain });
    };
    if (known > MAX_KNOWN) return [];
    for (const syllable of syllablesOf(character)) for (const text of charactersOf(syllable)) consider(text, 0);
    for (const syllable of syllablesOf(character))
      for (const text of charactersLike(syllable)) consider(text, ALIKE_COST);
    return best(proposals);
  }

  function swap(before: string, first: string, second: string, next: string): string | undefined {
    const known = log(before, first) + Math.log(NEVER) + log(second, next);
    const turned = log(before, second) + log(second, first) + log(first, next);
    return turned - known >= LEAST_GAIN ? second + first : undefined;
  }

  /** Two neighbours both stand for others: only sounds that are the same, or the choices would be too many. */
  function bothWrong(before: string, first: string, second: string, next: string): readonly string[] {
    const known = log(before, first) + Math.log(NEVER) + log(second, next);
    const proposals: { text: string; gain: number }[] = [];
    const seconds = syllablesOf(second).flatMap(charactersOf);
    for (const one of syllablesOf(first).flatMap(charactersOf)) {
      if (frequencies.character(one) === 0) continue;
      for (const other of seconds) {
        if (frequencies.pair(one, other) === 0) continue;
        const gain = log(before, one) + log(one, other) + log(other, next) - known;
        if (gain >= LEAST_GAIN) proposals.push({ text: one + other, gain });
      }
    }
    return best(proposals);
  }
}

// A character both of whose pairs occur often reads well enough.
const MAX_KNOWN = 3;

function best(proposals: { text: string; gain: number }[]): readonly string[] {
  return proposals
    .sort((a, b) => b.gain - a.gain)
    .slice(0, PROPOSALS)
    .map(({ text }) => text);
}
