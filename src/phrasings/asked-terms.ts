import type { Term } from '../index/terms.ts';

/** Terms of a question, each once, with their numbers in the vocabulary: −1 where no text has the term. */
export interface AskedTerms {
  readonly terms: readonly Term[];
  readonly numbers: readonly number[];
}
