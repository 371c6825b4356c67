import { FIELDS, type Field, type Terms } from './analysis.ts';

/** Terms as numbers, by field. Terms that the vocabulary does not have are negative, each its own. */
export type Encoded = Readonly<Record<Field, readonly number[]>>;

export interface Vocabulary {
  /** Gives new terms numbers. */
  learn(terms: Terms): Encoded;
  /** For questions: unknown terms stay unknown. */
  encode(terms: Terms): Encoded;
  size(field: Field): number;
  has(field: Field, term: string): boolean;
  terms(field: Field): Iterable<string>;
}

/** A new vocabulary, or one that knows these terms already, numbered as they stand in their lists. */
export function createVocabulary(known?: Readonly<Record<Field, readonly string[]>>): Vocabulary {
  const numbered = (field: Field) => new Map(known?.[field].map((term, number) => [term, number]));
  const numbers: Record<Field, Map<string, number>> = {
    characters: numbered('characters'),
    bigrams: numbered('bigrams'),
    words: numbered('words'),
    concepts: numbered('concepts'),
    wordings: numbered('wordings'),
  };
  const learnField = (field: Field, terms: readonly string[]): number[] => {
    const known = numbers[field];
    return terms.map((term) => {
      let number = known.get(term);
      if (number === undefined) {
        number = known.size;
        known.set(term, number);
      }
      return number;
    });
  };
  const each = (map: (field: Field) => readonly number[]): Encoded => ({
    characters: map('characters'),
    bigrams: map('bigrams'),
    words: map('words'),
    concepts: map('concepts'),
    wordings: map('wordings'),
  });
  return {
    learn: (terms) => each((field) => learnField(field, terms[field])),
    encode: (terms) =>
      each((field) => terms[field].map((term) => numbers[field].get(term) ?? -1 - terms[field].indexOf(term))),
    size: (field) => numbers[field].size,
    has: (field, term) => numbers[field].has(term),
    terms: (field) => numbers[field].keys(),
  };
}

/** The terms of several texts as those of one. */
export function joined(parts: readonly Encoded[]): Encoded {
  const all = { characters: [], bigrams: [], words: [], concepts: [], wordings: [] } as Record<Field, number[]>;
  for (const part of parts) for (const field of FIELDS) for (const term of part[field]) all[field].push(term);
  return all;
}
