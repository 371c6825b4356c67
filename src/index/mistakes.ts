import { type Corrector, createCorrector } from '../text/corrector.ts';
import { spellOut } from '../text/latin-pinyin.ts';
import { bigram, eachTerm, type Term } from './terms.ts';
import { toUnits } from './units.ts';

/** Reads folded questions with mistakes in the light of what the texts have. */
export interface MistakeReader extends Corrector {
  /** With its pinyin written in characters. */
  spellOut(folded: string): string;
}

/** By how often the texts have a term. */
export function createMistakeReader(frequency: (term: Term) => number): MistakeReader {
  const frequencies = {
    character: frequency,
    pair: (first: number, second: number) => frequency(bigram(first, second)),
  };
  const knows = (word: string): boolean => {
    let known = false;
    eachTerm(toUnits(word), (term) => {
      known ||= frequency(term) > 0;
    });
    return known;
  };
  return { ...createCorrector(frequencies), spellOut: (folded) => spellOut(folded, frequencies, knows) };
}
