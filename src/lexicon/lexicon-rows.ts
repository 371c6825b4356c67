import type { Member } from './concept.ts';

/** One idea: how texts name it, how people say it, and how it is said in English. */
export interface LexiconGroup {
  readonly official: readonly string[];
  readonly everyday: readonly Member[];
  /** Phrases as they are written. */
  readonly english: readonly string[];
}

/** Groups that are read when one of their words is asked for. */
export interface LexiconRows {
  readonly length: number;
  /** Visits each everyday and official word of a row, folded, as a stretch of a text. */
  eachWord(row: number, visit: (text: string, start: number, end: number) => void): void;
  group(row: number): LexiconGroup;
}
