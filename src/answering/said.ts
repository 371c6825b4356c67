import { phrasingKey } from '../knowledge/check.ts';
import type { Document, Library } from '../knowledge/document.ts';
import type { PhrasedTarget } from '../phrasings/targets.ts';

type PointTarget = Extract<PhrasedTarget, { kind: 'point' }>;

/** What a keeper said of a question in so many words: that a point answers it, or comes close and does not. */
export interface Said {
  answers(question: string, within: string | undefined): PointTarget | undefined;
  misses(question: string, within: string | undefined): readonly PointTarget[];
}

interface OfDocument {
  readonly ask: ReadonlyMap<string, PointTarget>;
  readonly not: ReadonlyMap<string, readonly PointTarget[]>;
}

// When a document is edited, the others stay.
const known = new WeakMap<Document, OfDocument>();

export function createSaid({ documents }: Library): Said {
  const among = (within: string | undefined) =>
    within === undefined ? documents : documents.filter(({ id }) => id === within);
  return {
    answers(question, within) {
      const key = phrasingKey(question);
      for (const document of among(within)) {
        const target = saidOf(document).ask.get(key);
        if (target) return target;
      }
      return undefined;
    },
    misses(question, within) {
      const key = phrasingKey(question);
      return among(within).flatMap((document) => saidOf(document).not.get(key) ?? []);
    },
  };
}

function saidOf(document: Document): OfDocument {
  const made = known.get(document);
  if (made) return made;
  const ask = new Map<string, PointTarget>();
  const not = new Map<string, PointTarget[]>();
  for (const section of document.sections) {
    for (const point of section.points) {
      const target = { kind: 'point', document, section, point } as const;
      for (const phrasing of point.ask) ask.set(phrasingKey(phrasing), target);
      for (const phrasing of point.not) {
        const key = phrasingKey(phrasing);
        not.set(key, [...(not.get(key) ?? []), target]);
      }
    }
  }
  const said = { ask, not };
  known.set(document, said);
  return said;
}
