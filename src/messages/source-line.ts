import type { Answered, Quote } from '../answering/answer.ts';
import type { Document, Library } from '../knowledge/document.ts';
import type { Wording } from './wording.ts';

/** Where an answer's words stand: document, publisher, section, paragraph. */
export function sourceLine({ label, publisher }: Document, { section, quotes }: Answered, words: Wording): string {
  return words.source(label, publisher, section, quotes[0].paragraph + 1);
}

/** Neighbouring quotes of one paragraph joined again, as they stand in it: what is shown as one block. */
export function blocks({ paragraphs }: Document, quotes: readonly Quote[]): readonly string[] {
  const spans: { paragraph: number; start: number; end: number }[] = [];
  for (const { paragraph, start, end } of quotes) {
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
