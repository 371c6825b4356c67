import { createCorrector } from '../text/corrector.ts';
import { spellOut } from '../text/latin-pinyin.ts';
import type { MistakeReader } from './question.ts';
import type { Statistics } from './store.ts';
import { bigram, eachTerm } from './terms.ts';
import { toUnits } from './units.ts';

/** Reads mistakes by what the passages have. */
export function createMistakeReader({ frequency }: Statistics): MistakeReader {
  const frequencies = {
    character: frequency,
    pair: (first: number, second: number) => frequency(bigram(first, second)),
  };
  const knows = (word: string): boolean => {
    let known = 0;
    eachTerm(toUnits(word), (term) => {
      known += frequency(term);
    });
    return known > 0;
  };
  return {
    corrector: createCorrector(frequencies),
    spellOut: (folded) => spellOut(folded, frequencies, knows),
  };
}
