import { FREE_FROM, FREE_TO, hashOf, kindOfTerm, type Term } from '../index/terms.ts';
import { toUnits } from '../index/units.ts';

// Kinds of term beside the index's CHARACTER, BIGRAM and RUN, each in a room of its own.
export const WORD = 3;
/** One of the knowledge's terms, whichever of its expressions was used. */
export const CONCEPT = 4;
/** A kind of question. */
export const TYPE = 5;

const FIRST_WORD = FREE_FROM;
const FIRST_CONCEPT = 0xc0000000;
const FIRST_TYPE = 0xd0000000;

export function kindOf(term: Term): number {
  if (term < FIRST_WORD || term >= FREE_TO) return kindOfTerm(term);
  if (term < FIRST_CONCEPT) return WORD;
  return term < FIRST_TYPE ? CONCEPT : TYPE;
}

/** By a hash of 29 bits: of a hundred thousand words some ten are taken for another. */
export function wordTerm(word: string): Term {
  const units = toUnits(word);
  return FIRST_WORD + (hashOf(units, 0, units.length) % (FIRST_CONCEPT - FIRST_WORD));
}

export function conceptTerm(number: number): Term {
  return FIRST_CONCEPT + number;
}

export function typeTerm(number: number): Term {
  return FIRST_TYPE + number;
}

/** The number of a kind of question. */
export function typeOf(term: Term): number {
  return term - FIRST_TYPE;
}
