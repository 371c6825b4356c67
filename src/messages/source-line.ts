import type { Quote } from '../answering/answer.ts';
import type { Document, Library } from '../knowledge/document.ts';
import type { Wording } from './wording.ts';

/** Where an answer's words stand: document, publisher, number, date, section or article. */
export function sourceLine({ label, publisher, number, published }: Document, place: Placed, words: Wording): string {
  const issued = [publisher, number, published].filter((each) => each !== undefined);
  return words.source(label, issued, placeOf(place, words));
}

/** Anything quoted, with where it stands. */
export interface Placed {
  readonly section: string;
  readonly quotes: readonly Quote[];
}

/** An article is cited by its number; where there is none, the paragraph is. */
export function placeOf({ section, quotes }: Placed, words: Wording): string {
  if (/第.{1,12}[条條]/.test(section)) return section;
  const paragraph = words.paragraph((quotes[0]?.paragraph ?? 0) + 1);
  return section === '' ? paragraph : `${section} · ${paragraph}`;
}

/**
 * Neighbouring quotes of one paragraph joined again, as they stand in it: what is shown as one block. An item of a list
 * follows the line that leads it.
 */
export function blocks({ paragraphs }: Document, quotes: readonly Quote[]): readonly string[] {
  const spans: { paragraph: number; start: number; end: number }[] = [];
  for (const { paragraph, start, end } of quotes.flatMap((quote) => (quote.lead ? [quote.lead, quote] : [quote]))) {
    const last = spans.at(-1);
    if (last && last.paragraph === paragraph && start - last.end <= 1) last.end = end;
    else spans.push({ paragraph, start, end });
  }
  return spans.map(({ paragraph, start, end }) => (paragraphs[paragraph] ?? '').slice(start, end));
}

/** The documents by their short names: what can be asked about. */
export function topicsOf(library: Library): readonly string[] {
  return library.documents.map(({ label }) => label);
}
