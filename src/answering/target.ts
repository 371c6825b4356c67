import type { PhrasedTarget } from '../phrasings/targets.ts';
import type { Clause, Passage } from '../reading/reading.ts';

/** What a question can be answered with: a point, all of a section, or a clause of the text itself. */
export type Target = PhrasedTarget | TextTarget;

export interface TextTarget {
  readonly kind: 'clause';
  /** The id of the document. */
  readonly document: string;
  readonly clause: Clause;
  readonly passage: Passage;
}
