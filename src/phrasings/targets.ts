import { cut, type Document, type Point, type Section } from '../knowledge/document.ts';

/** What phrasings are written for: one point, or all of a section. */
export type PhrasedTarget =
  | { readonly kind: 'point'; readonly document: Document; readonly section: Section; readonly point: Point }
  | { readonly kind: 'section'; readonly document: Document; readonly section: Section };

/** A target with the texts by which it is found. */
export interface Phrased {
  readonly target: PhrasedTarget;
  readonly ask: readonly string[];
  readonly not: readonly string[];
  /** Its own words: titles and quote. */
  readonly passage: string;
}

export function phrasedOf(documents: readonly Document[]): readonly Phrased[] {
  return documents.flatMap((document) =>
    document.sections.flatMap((section): Phrased[] => [
      ...section.points.map((point): Phrased => {
        const passage = `${point.title}。${section.title}。${cut(document, point.quote)}`;
        return { target: { kind: 'point', document, section, point }, ask: point.ask, not: point.not, passage };
      }),
      ...(section.ofClauses
        ? []
        : [
            {
              target: { kind: 'section', document, section } as const,
              ask: section.ask,
              not: [],
              passage: section.title,
            },
          ]),
    ]),
  );
}
