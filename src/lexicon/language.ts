import type { Lexicon } from './lexicon.ts';
import type { Vectors } from './vectors.ts';

/** What is known of how people speak, whatever the documents. */
export interface Language {
  readonly lexicon: Lexicon;
  readonly vectors: Vectors;
}
