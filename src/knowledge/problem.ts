/** Something in a knowledge folder that has to be mended; where it stands, and the facts its sentence needs. */
export interface Problem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly detail: ProblemDetail;
}

export type ProblemDetail =
  | { readonly code: 'missing-source' }
  | { readonly code: 'unreadable'; readonly reason: string }
  | { readonly code: 'not-utf8' }
  /** A folder, a device, a pipe. */
  | { readonly code: 'no-file' }
  | { readonly code: 'too-large'; readonly megabytes: number }
  /** A folder that only points to another. */
  | { readonly code: 'link' }
  | { readonly code: 'unknown-file'; readonly known: readonly string[] }
  | { readonly code: 'second-document' }
  | { readonly code: 'no-front-matter' }
  | { readonly code: 'no-text' }
  | { readonly code: 'yaml'; readonly reason: string }
  | { readonly code: 'unknown-key'; readonly key: string; readonly path: string }
  | { readonly code: 'missing-key'; readonly path: string }
  | { readonly code: 'invalid-value'; readonly path: string; readonly reason: string }
  | { readonly code: 'quote-not-verbatim'; readonly quote: string; readonly difference: Difference | undefined }
  | { readonly code: 'answer-not-in-quote'; readonly answer: string }
  | { readonly code: 'heading-not-a-paragraph'; readonly heading: string }
  | { readonly code: 'duplicate-id'; readonly id: string; readonly other: string }
  | { readonly code: 'duplicate-command'; readonly name: string; readonly other: string }
  | { readonly code: 'reserved-command'; readonly name: string }
  | { readonly code: 'no-phrasings'; readonly id: string }
  | { readonly code: 'empty-phrasing'; readonly phrasing: string }
  | { readonly code: 'duplicate-phrasing'; readonly phrasing: string; readonly owner: string; readonly other: string }
  | { readonly code: 'answer-governed'; readonly answer: string; readonly word: string }
  | { readonly code: 'term-reversed'; readonly effective: string; readonly expires: string }
  | { readonly code: 'superseded-by-itself' }
  | { readonly code: 'no-questions' }
  | { readonly code: 'questions-twice' }
  | { readonly code: 'uncovered'; readonly paragraph: string }
  /** So many more, which are not listed. */
  | { readonly code: 'uncovered-more'; readonly count: number };

/** Where a quote parts from the source: the quote's characters and the source's, from the first that differ. */
export interface Difference {
  /** 0-based UTF-16 offset into the quote. */
  readonly at: number;
  readonly quoted: string;
  readonly published: string;
  /** 0-based. */
  readonly paragraph: number;
}
