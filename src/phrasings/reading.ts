import type { Library } from '../knowledge/document.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { createAnalyzer, type Field } from './analysis.ts';
import { type Spelling, spellingOf } from './mistakes.ts';
import type { Phrasing } from './phrasebook.ts';
import { entriesOf } from './targets.ts';
import { createVocabulary, type Encoded } from './vocabulary.ts';

/** All that is made of a library's texts before anything is indexed: plain data, and most of the work of loading. */
export interface LibraryReading {
  /** By number. */
  readonly vocabulary: Readonly<Record<Field, readonly string[]>>;
  readonly phrasings: readonly Phrasing[];
  /** The targets' own words, in the order of `entriesOf`. */
  readonly passages: readonly Encoded[];
  readonly spelling: Spelling;
}

export function readLibrary(library: Library): LibraryReading {
  const analyzer = createAnalyzer(library.terms);
  const vocabulary = createVocabulary();
  const entries = entriesOf(library);
  const asked = entries.flatMap(({ ask, not }, target) => [
    ...ask.map((text) => ({ target, near: false, folded: foldQuestion(text) })),
    ...not.map((text) => ({ target, near: true, folded: foldQuestion(text) })),
  ]);
  const questions = asked.map(({ folded }) => folded);
  const passages = entries.map(({ passage }) => foldText(passage));
  return {
    phrasings: analyzer.questions(questions).map((terms, i): Phrasing => {
      const { target, near } = asked[i] as (typeof asked)[number];
      return { target, near, types: terms.types, core: terms.core, encoded: vocabulary.learn(terms) };
    }),
    passages: analyzer.passages(passages).map((terms) => vocabulary.learn(terms)),
    spelling: spellingOf([...questions, ...passages]),
    vocabulary: {
      characters: [...vocabulary.terms('characters')],
      bigrams: [...vocabulary.terms('bigrams')],
      words: [...vocabulary.terms('words')],
      concepts: [...vocabulary.terms('concepts')],
      wordings: [...vocabulary.terms('wordings')],
    },
  };
}
