import Fuse from 'fuse.js';

/** Matches a question with phrasings character by character, forgiving what is mistyped. */
export interface FuzzyMatcher {
  /** How like the question the most similar of the phrasings is: 1 is the same text, 0 nothing alike. */
  most(question: string, phrasings: readonly number[]): number;
  /**
   * Phrasings with Latin letters or digits that are like a question with some, and how like: what shares no term with it
   * can only share a part of a word.
   */
  latin(question: string): readonly FuzzyMatch[];
}

export interface FuzzyMatch {
  readonly phrasing: number;
  readonly likeness: number;
}

/** The phrasings by number. */
export interface Phrasings {
  readonly size: number;
  text(phrasing: number): string;
}

// Bitap holds a pattern in the bits of one number; a longer question is cut here instead of being matched in pieces.
const PATTERN_LIMIT = 32;
const OPTIONS = {
  includeScore: true,
  ignoreLocation: true,
  ignoreFieldNorm: true,
  // Both are folded.
  isCaseSensitive: true,
  threshold: 0.6,
  minMatchCharLength: 2,
};

/** Bitap takes 10 to 30 µs a phrasing of which no part matches: none of these shares a term with the question. */
const LATIN_PHRASINGS = 100;
const MATCHES = 20;
const LATIN = /[a-z0-9]/;

export function createFuzzyMatcher(phrasings: Phrasings): FuzzyMatcher {
  const latin = someLatin(phrasings);
  const latinFuse = new Fuse(latin.map(phrasings.text), OPTIONS);
  return {
    most(question, some) {
      const pattern = question.slice(0, PATTERN_LIMIT);
      const promising = some
        .map((phrasing) => ({ text: phrasings.text(phrasing), bound: boundOf(pattern, phrasings.text(phrasing)) }))
        .sort((a, b) => b.bound - a.bound);
      let most = 0;
      for (const { text, bound } of promising) {
        if (bound <= most || bound < 1 - OPTIONS.threshold) break;
        const { isMatch, score } = Fuse.match(pattern, text, OPTIONS);
        if (isMatch) most = Math.max(most, 1 - score);
      }
      return most;
    },
    latin(question) {
      if (!LATIN.test(question)) return [];
      return latinFuse.search(question.slice(0, PATTERN_LIMIT), { limit: MATCHES }).map(({ refIndex, score }) => ({
        phrasing: latin[refIndex] as number,
        likeness: 1 - (score ?? 1),
      }));
    },
  };
}

/** So alike they are at most: each character of the pattern that the text has nowhere is an error to Bitap. */
function boundOf(pattern: string, text: string): number {
  let errors = 0;
  for (let at = 0; at < pattern.length; at++) if (!text.includes(pattern.charAt(at))) errors++;
  return 1 - errors / pattern.length;
}

/** At most LATIN_PHRASINGS of those with Latin letters or digits, from all over the library. */
export function someLatin({ size, text }: Phrasings): readonly number[] {
  const latin: number[] = [];
  for (let phrasing = 0; phrasing < size; phrasing++) if (LATIN.test(text(phrasing))) latin.push(phrasing);
  const step = Math.ceil(latin.length / LATIN_PHRASINGS);
  return latin.filter((_, at) => at % step === 0);
}
