import type { Range } from '../text/sentences.ts';

/** A stretch of one paragraph of a document. Offsets are UTF-16 units into that paragraph. */
export interface Span extends Range {
  /** 0-based. */
  readonly paragraph: number;
}

/** What people can ask for, and the words that answer it. */
export interface Point {
  readonly id: string;
  /** What the point tells, for a label or a button. */
  readonly title: string;
  readonly quote: Span;
  /** The part of the quote that answers by itself. */
  readonly answer: Span;
  /** How people ask for it. */
  readonly ask: readonly string[];
  /** Near misses: questions close to it that it does not answer. */
  readonly not: readonly string[];
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** The paragraph that introduces it, 0-based. */
  readonly heading: number | undefined;
  /**
   * Its points only say how else people ask for clauses of the text: they cover nothing, and are told as the clauses that
   * they quote.
   */
  readonly ofClauses: boolean;
  /** How people ask for all of it. */
  readonly ask: readonly string[];
  readonly points: readonly Point[];
}

export interface Command {
  /** 1–32 of `a-z`, `0-9` and `_`. */
  readonly name: string;
  readonly description: { readonly zh: string; readonly en: string };
}

export interface Slogan {
  readonly words: Span;
  /** First and last local date, `YYYY-MM-DD`, on which it may be shown. */
  readonly from: string | undefined;
  readonly until: string | undefined;
}

export interface Document {
  /** The name of its folder. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | undefined;
  /** A short name for source lines and buttons. */
  readonly label: string;
  readonly publisher: string | undefined;
  /** What an office numbers its papers by: 「国发〔2018〕39号」. */
  readonly number: string | undefined;
  /** The day on which it was published, as printed or as YYYY-MM-DD. */
  readonly published: string | undefined;
  /** The official page. */
  readonly url: string | undefined;
  /** First and last day in force, YYYY-MM-DD, as far as the text says so. */
  readonly effective: string | undefined;
  readonly expires: string | undefined;
  /** What took its place: the id of another document, or how people call it. */
  readonly supersededBy: string | undefined;
  /** Where and for whom it holds. */
  readonly region: string | undefined;
  readonly audience: string | undefined;
  readonly reporters: readonly string[];
  readonly about: readonly string[];
  readonly dates: readonly { readonly event: string; readonly date: string }[];
  readonly command: Command | undefined;
  /** As published. */
  readonly paragraphs: readonly string[];
  readonly sections: readonly Section[];
  readonly slogans: readonly Slogan[];
}

/** What people say for what the texts say. */
export interface Term {
  readonly text: string;
  readonly say: readonly string[];
}

export interface Library {
  readonly documents: readonly Document[];
  readonly terms: readonly Term[];
}

/** The published characters of a span. */
export function cut({ paragraphs }: Document, { paragraph, start, end }: Span): string {
  return (paragraphs[paragraph] ?? '').slice(start, end);
}

export function isSame(a: Span, b: Span): boolean {
  return a.paragraph === b.paragraph && a.start === b.start && a.end === b.end;
}

/** Whether the first stands in the second. */
export function isWithin(inner: Span, outer: Span): boolean {
  return inner.paragraph === outer.paragraph && inner.start >= outer.start && inner.end <= outer.end;
}

/** Whether they share a character. */
export function overlap(a: Span, b: Span): boolean {
  return a.paragraph === b.paragraph && a.start < b.end && b.start < a.end;
}
