import Fuse from 'fuse.js';

/** Matches a question with phrasings character by character, forgiving what is mistyped. */
export interface FuzzyMatcher {
  /** The phrasings given, or all when none is given, with their likeness: 1 is the same text, 0 nothing alike. */
  match(question: string, phrasings: readonly number[] | undefined): readonly FuzzyMatch[];
}

export interface FuzzyMatch {
  readonly phrasing: number;
  readonly likeness: number;
}

// Bitap holds a pattern in the bits of one number; a longer question is cut here instead of being matched in pieces.
const PATTERN_LIMIT = 32;
const OPTIONS = {
  includeScore: true,
  ignoreLocation: true,
  ignoreFieldNorm: true,
  threshold: 0.6,
  minMatchCharLength: 2,
};

export function createFuzzyMatcher(phrasings: readonly string[]): FuzzyMatcher {
  const all = new Fuse(phrasings, OPTIONS);
  return {
    match(question, some) {
      const pattern = question.slice(0, PATTERN_LIMIT);
      const fuse = some
        ? new Fuse(
            some.map((phrasing) => phrasings[phrasing] as string),
            OPTIONS,
          )
        : all;
      return fuse.search(pattern, { limit: MATCHES }).map(({ refIndex, score }) => ({
        phrasing: some ? (some[refIndex] as number) : refIndex,
        likeness: 1 - (score ?? 1),
      }));
    },
  };
}

const MATCHES = 20;
