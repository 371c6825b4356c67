import { cut, type Document, type Point, type Section } from '../knowledge/document.ts';

/** What a question can be answered with: one point, or all of a section. */
export type Target =
  | { readonly kind: 'point'; readonly document: string; readonly point: Point }
  | { readonly kind: 'section'; readonly document: string; readonly section: Section };

/** A target with the texts by which it is found. */
export interface Entry {
  readonly target: Target;
  readonly ask: readonly string[];
  readonly not: readonly string[];
  /** Its own words: titles and quote. */
  readonly passage: string;
}

export function entriesOf(documents: readonly Document[]): readonly Entry[] {
  return documents.flatMap((document) =>
    document.sections.flatMap((section): Entry[] => [
      ...section.points.map((point): Entry => {
        const passage = `${point.title}。${section.title}。${cut(document, point.quote)}`;
        return { target: { kind: 'point', document: document.id, point }, ask: point.ask, not: point.not, passage };
      }),
      ...(section.ofClauses
        ? []
        : [
            {
              target: { kind: 'section', document: document.id, section } as const,
              ask: section.ask,
              not: [],
              passage: section.title,
            },
          ]),
    ]),
  );
}
