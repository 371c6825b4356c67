import type { Statistics } from '../index/store.ts';
import { bigram, eachTerm } from '../index/terms.ts';
import { toUnits } from '../index/units.ts';
import { createCorrector } from '../text/corrector.ts';
import { spellOut } from '../text/latin-pinyin.ts';
import type { MistakeReader } from './question.ts';

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
