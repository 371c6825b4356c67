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

/** What is compared is held in the bits of one number; of a longer question no more is looked at. */
const PATTERN_LIMIT = 32;
/** Share of the question that may be mistyped. */
const MISTYPED = 0.6;
/** What has the whole question in it is not quite the same text. */
const INSIDE = 0.001;

/** No more than these are tried of what shares no term with the question. */
const LATIN_PHRASINGS = 100;
const MATCHES = 20;
const LATIN = /[a-z0-9]/;

export function createFuzzyMatcher(phrasings: Phrasings): FuzzyMatcher {
  const latin = someLatin(phrasings);
  return {
    match(question, some) {
      if (question.trim() === '' || (!some && !LATIN.test(question))) return [];
      const likenessOf = createLikeness(question.slice(0, PATTERN_LIMIT));
      return (some ?? latin)
        .map((phrasing) => ({ phrasing, likeness: likenessOf(phrasings.text(phrasing)) }))
        .filter(({ likeness }) => likeness > 0)
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, MATCHES);
    },
  };
}

const masks = new Int32Array(0x10000);

/**
 * How like a text is to a pattern: by the share of the pattern that must be changed for it to stand in the text. All
 * changes are counted in one pass (Myers, A fast bit-vector algorithm for approximate string matching, 1999), from the
 * end of both, so that it tells where what is alike begins.
 */
function createLikeness(pattern: string): (text: string) => number {
  const length = pattern.length;
  const top = 1 << (length - 1);
  return (text) => {
    if (text === pattern) return length > 1 ? 1 : 0;
    for (let at = 0; at < length; at++) {
      const unit = pattern.charCodeAt(at);
      masks[unit] = (masks[unit] as number) | (1 << (length - 1 - at));
    }
    let [more, less] = [-1, 0];
    let changes = length;
    let fewest = length;
    let start = text.length;
    for (let at = text.length - 1; at >= 0; at--) {
      const same = masks[text.charCodeAt(at)] as number;
      const across = (((same & more) + more) ^ more) | same;
      let up = less | ~(across | more);
      let down = more & across;
      if (up & top) changes++;
      else if (down & top) changes--;
      up <<= 1;
      down <<= 1;
      more = down | ~(same | less | up);
      less = up & (same | less);
      if (changes > fewest) continue;
      fewest = changes;
      start = at;
    }
    const share = fewest / length;
    const alike =
      share <= MISTYPED && (fewest === 0 ? hasTwo(text, 0, text.length) : hasTwo(text, start, start + length + fewest));
    for (let at = 0; at < length; at++) masks[pattern.charCodeAt(at)] = 0;
    return alike ? 1 - Math.max(INSIDE, share) : 0;
  };
}

/** Whether two characters of the pattern stand side by side: one alone is like anything. */
function hasTwo(text: string, start: number, end: number): boolean {
  for (let at = start + 1; at < Math.min(end, text.length); at++)
    if (masks[text.charCodeAt(at - 1)] !== 0 && masks[text.charCodeAt(at)] !== 0) return true;
  return false;
}

/** At most LATIN_PHRASINGS of those with Latin letters or digits, from all over the library. */
export function someLatin({ size, text }: Phrasings): readonly number[] {
  const latin: number[] = [];
  for (let phrasing = 0; phrasing < size; phrasing++) if (LATIN.test(text(phrasing))) latin.push(phrasing);
  const step = Math.ceil(latin.length / LATIN_PHRASINGS);
  return latin.filter((_, at) => at % step === 0);
}
