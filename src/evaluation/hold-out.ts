import { keyOf } from '../answering/key.ts';
import { phrasingKey } from '../knowledge/check.ts';
import type { Document, Library, Point, Section } from '../knowledge/document.ts';
import type { PhrasedTarget } from '../phrasings/targets.ts';

/** A phrasing that was taken out of the library, to be put to what is left. */
export interface HeldOut {
  readonly question: string;
  /** The key of the point or section that it asks for, or nearly asks for. */
  readonly key: string;
  readonly near: boolean;
}

export interface Fold {
  readonly library: Library;
  readonly heldOut: readonly HeldOut[];
}

/** Parts every point's and section's phrasings into `count` folds, each held out in turn. */
export function folds(library: Library, count: number): readonly Fold[] {
  return Array.from({ length: count }, (_, fold) => {
    const heldOut: HeldOut[] = [];
    const keep = (phrasings: readonly string[], key: string, near: boolean): readonly string[] =>
      phrasings.filter((question, i) => {
        if ((i + hashOf(key)) % count !== fold) return true;
        heldOut.push({ question, key, near });
        return false;
      });
    const keepPoint = (document: Document, section: Section, point: Point): Point => {
      const key = keyOf({ kind: 'point', document, section, point });
      return { ...point, ask: keep(point.ask, key, false), not: keep(point.not, key, true) };
    };
    const keepSection = (document: Document, section: Section): Section => {
      const ask = keep(section.ask, keyOf({ kind: 'section', document, section }), false);
      return { ...section, ask, points: section.points.map((point) => keepPoint(document, section, point)) };
    };
    const documents = library.documents.map((document) => ({
      ...document,
      sections: document.sections.map((section) => keepSection(document, section)),
    }));
    return { library: { ...library, documents }, heldOut };
  });
}

/** The library without phrasings and near misses that ask just these questions. */
export function without(library: Library, questions: readonly string[]): Library {
  const known = new Set(questions.map(phrasingKey));
  const keep = (phrasings: readonly string[]) => phrasings.filter((phrasing) => !known.has(phrasingKey(phrasing)));
  const documents = library.documents.map((document) => ({
    ...document,
    sections: document.sections.map((section) => ({
      ...section,
      ask: keep(section.ask),
      points: section.points.map((point) => ({ ...point, ask: keep(point.ask), not: keep(point.not) })),
    })),
  }));
  return { ...library, documents };
}

/** Keeps neighbouring phrasings, which their writer wrote in one breath, from falling into the same folds everywhere. */
function hashOf(key: string): number {
  return Number.parseInt(key.slice(-4), 36);
}

/** Whether two targets answer with the same quote. */
export function sameWords(a: PhrasedTarget, b: PhrasedTarget): boolean {
  if (a.kind !== b.kind || a.document.id !== b.document.id) return false;
  if (a.kind === 'section' || b.kind === 'section') return keyOf(a) === keyOf(b);
  const [x, y] = [a.point.quote, b.point.quote];
  return x.paragraph === y.paragraph && x.start === y.start && x.end === y.end;
}
