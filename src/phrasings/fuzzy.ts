import Fuse from 'fuse.js';

/** Matches a question with phrasings character by character, forgiving what is mistyped. */
export interface FuzzyMatcher {
  /**
   * The phrasings given, with their likeness: 1 is the same text, 0 nothing alike. When none is given, some of those with
   * Latin letters or digits: what shares no term with a question can only share a part of a word.
   */
  match(question: string, phrasings: readonly number[] | undefined): readonly FuzzyMatch[];
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
  threshold: 0.6,
  minMatchCharLength: 2,
};

/** Bitap takes 10 to 30 µs a phrasing of which no part matches: none of these shares a term with the question. */
const LATIN_PHRASINGS = 100;
const MATCHES = 20;
const LATIN = /[a-z0-9]/;

export function createFuzzyMatcher(phrasings: Phrasings): FuzzyMatcher {
  const fuseOf = (numbers: readonly number[]) => new Fuse(numbers.map(phrasings.text), OPTIONS);
  const latin = someLatin(phrasings);
  const latinFuse = fuseOf(latin);
  return {
    match(question, some) {
      if (!some && !LATIN.test(question)) return [];
      const pattern = question.slice(0, PATTERN_LIMIT);
      const fuse = some ? fuseOf(some) : latinFuse;
      return fuse.search(pattern, { limit: MATCHES }).map(({ refIndex, score }) => ({
        phrasing: (some ?? latin)[refIndex] as number,
        likeness: 1 - (score ?? 1),
      }));
    },
  };
}

/** At most LATIN_PHRASINGS of those with Latin letters or digits, from all over the library. */
export function someLatin({ size, text }: Phrasings): readonly number[] {
  const latin: number[] = [];
  for (let phrasing = 0; phrasing < size; phrasing++) if (LATIN.test(text(phrasing))) latin.push(phrasing);
  const step = Math.ceil(latin.length / LATIN_PHRASINGS);
  return latin.filter((_, at) => at % step === 0);
}
