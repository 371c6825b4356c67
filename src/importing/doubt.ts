/** What an import was not sure of, to be shown to the keeper. */
export interface Doubt {
  /** The paragraph that it is about, 0-based; undefined for the whole document. */
  readonly paragraph: number | undefined;
  readonly detail: DoubtDetail;
}

export type DoubtDetail =
  /** Two lines that were one sentence were joined: how the first ends, and the second begins. */
  | { readonly code: 'joined'; readonly before: string; readonly after: string }
  /** A headline or byline stood inside a sentence, and was moved to the head. */
  | {
      readonly code: 'headline-moved';
      readonly lines: readonly string[];
      readonly before: string;
      readonly after: string;
    }
  /** Lines that may be a headline or byline stand inside a sentence, and were left there. */
  | { readonly code: 'headline-inside'; readonly lines: readonly string[] }
  /** The text nowhere calls itself anything. */
  | { readonly code: 'title-guessed' }
  | { readonly code: 'missing'; readonly what: 'publisher' | 'date' }
  | { readonly code: 'left-out'; readonly count: number; readonly some: readonly string[] }
  | { readonly code: 'encoding-guessed'; readonly encoding: string }
  | { readonly code: 'not-as-named'; readonly named: string; readonly found: string }
  | { readonly code: 'one-of-several'; readonly number: number; readonly all: number }
  | { readonly code: 'pictures'; readonly count: number }
  | { readonly code: 'pages-without-text'; readonly pages: readonly number[] }
  | { readonly code: 'tables-by-position' }
  | { readonly code: 'numbers-made' }
  | { readonly code: 'macros' }
  | { readonly code: 'odd-characters'; readonly text: string }
  | { readonly code: 'no-longer-valid'; readonly said: string };
