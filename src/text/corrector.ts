import { charactersLike, charactersOf, syllablesOf } from './homophones.ts';
import { lookalikesOf } from './shapes.ts';

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

/** How often the texts have a character, and two side by side. Characters are given by their codes. */
export interface Frequencies {
  character(code: number): number;
  pair(first: number, second: number): number;
}

// What a pair counts that never occurs.
const NEVER = Math.log(0.1);
// How much likelier a proposal must read than what stands there: the logarithm of the ratio of the pairs' counts.
const LEAST_GAIN = 2.2;
// Sounds and shapes that are only alike must read better still.
const ALIKE_COST = 1.5;
// A character that reads like this with its neighbours is not doubted.
const UNDOUBTED = 0.5;
const PROPOSALS = 3;

interface Proposal {
  readonly text: string;
  readonly gain: number;
}

export function createCorrector(frequencies: Frequencies): Corrector {
  return {
    corrections(folded) {
      const found: Correction[] = [];
      let previousProposed = 0;
      for (let at = 0; at < folded.length; at++) {
        const before = hanAt(folded, at - 1);
        const code = hanAt(folded, at);
        const after = hanAt(folded, at + 1);
        if (code === 0 || before + after === 0) continue;
        const proposals = atPlace(before, code, after);
        for (const { text } of proposals) found.push({ start: at, end: at + 1, text });
        if (after !== 0 && frequencies.pair(code, after) === 0) {
          const next = hanAt(folded, at + 2);
          const pairs = [...swapped(before, code, after, next)];
          if (proposals.length + previousProposed === 0) pairs.push(...bothWrong(before, code, after, next));
          for (const { text } of pairs) found.push({ start: at, end: at + 2, text });
        }
        previousProposed = proposals.length;
      }
      return found;
    },
  };

  function reads(first: number, second: number): number {
    if (first === 0 || second === 0) return 0;
    const count = frequencies.pair(first, second);
    return count === 0 ? NEVER : Math.log(count + 0.1);
  }

  /** One character stands for another that sounds the same, or one that sounds or looks alike. */
  function atPlace(before: number, code: number, after: number): readonly Proposal[] {
    const known = reads(before, code) + reads(code, after);
    if (known > UNDOUBTED) return [];
    const proposals: Proposal[] = [];
    const consider = (other: number, cost: number) => {
      if (other === code) return;
      const gain = reads(before, other) + reads(other, after) - known - cost;
      if (gain >= LEAST_GAIN) proposals.push({ text: String.fromCharCode(other), gain });
    };
    const syllables = syllablesOf(code);
    for (const syllable of syllables) for (const other of charactersOf(syllable)) consider(other, 0);
    if (proposals.length > 0) return best(proposals);
    for (const syllable of syllables) for (const other of charactersLike(syllable)) consider(other, ALIKE_COST);
    for (const other of lookalikesOf(code)) consider(other, ALIKE_COST);
    return best(proposals);
  }

  function doubtless(first: number, second: number): boolean {
    return first !== 0 && second !== 0 && frequencies.pair(first, second) > 0;
  }

  function known(syllable: string): readonly number[] {
    return Array.from(charactersOf(syllable)).filter((code) => frequencies.character(code) > 0);
  }

  function swapped(before: number, first: number, second: number, next: number): readonly Proposal[] {
    const known = reads(before, first) + NEVER + reads(second, next);
    const gain = reads(before, second) + reads(second, first) + reads(first, next) - known;
    return gain >= LEAST_GAIN ? [{ text: String.fromCharCode(second, first), gain }] : [];
  }

  /** Two neighbours both stand for others: only sounds that are the same, or the choices would be too many. */
  function bothWrong(before: number, first: number, second: number, next: number): readonly Proposal[] {
    const standing = reads(before, first) + NEVER + reads(second, next);
    if (doubtless(before, first) || doubtless(second, next)) return [];
    const proposals: Proposal[] = [];
    const seconds = syllablesOf(second).flatMap(known);
    for (const one of syllablesOf(first).flatMap(known)) {
      for (const other of seconds) {
        if (frequencies.pair(one, other) === 0) continue;
        const gain = reads(before, one) + reads(one, other) + reads(other, next) - standing;
        if (gain >= LEAST_GAIN) proposals.push({ text: String.fromCharCode(one, other), gain });
      }
    }
    return best(proposals);
  }
}

/** The code of the Han character there, or 0. */
function hanAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0x3400 && code <= 0x9fff ? code : 0;
}

function best(proposals: Proposal[]): readonly Proposal[] {
  const seen = new Set<string>();
  return proposals
    .sort((a, b) => b.gain - a.gain)
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, PROPOSALS);
}
