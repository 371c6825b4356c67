import type { Document } from '../knowledge/document.ts';
import type { PhrasedTarget } from '../phrasings/targets.ts';
import type { Clause, Passage } from '../reading/reading.ts';

/** What a question can be answered with: a point, all of a section, or a clause of the text itself. */
export type Target = PhrasedTarget | TextTarget;

export interface TextTarget {
  readonly kind: 'clause';
  readonly document: Document;
  readonly clause: Clause;
  readonly passage: Passage;
}
