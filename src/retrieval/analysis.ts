import { foldQuestion, foldText } from '../text/fold.ts';
import { createLexicon, type LexiconGroup } from '../text/lexicon.ts';
import { QUESTION_TYPES } from '../text/question-types.ts';
import { withoutQuestionWords } from '../text/question-words.ts';
import { type Tokens, tokenize } from '../text/tokens.ts';

/** What was made of a question or a passage: terms by field, and the kinds of thing that it asks for. */
export interface Terms extends Tokens {
  /** Names of the knowledge's terms that occur, whichever of their expressions was used. */
  readonly concepts: readonly string[];
  /** Names of QUESTION_TYPES. */
  readonly types: readonly string[];
  /** Bigrams of the whole text, question words included, and the kinds: what tells 「谁签」 from 「签几年」. */
  readonly wordings: readonly string[];
  /** Folded, question words taken out: what the fuzzy matcher compares. */
  readonly core: string;
}

export const FIELDS = ['characters', 'bigrams', 'words', 'concepts', 'wordings'] as const;
export type Field = (typeof FIELDS)[number];

export interface Analyzer {
  question(text: string): Terms;
  /** Of a question that is folded already. */
  folded(folded: string): Terms;
  passage(text: string): Terms;
}

export interface TermGroup {
  readonly text: string;
  readonly say: readonly string[];
}

/** An analyzer for which all expressions of one term of the knowledge are one concept. */
export function createAnalyzer(terms: readonly TermGroup[]): Analyzer {
  const groups: LexiconGroup[] = terms.map(({ text, say }) => ({
    name: text,
    expressions: [text, ...say].map(foldText),
  }));
  const concepts = createLexicon(groups);
  const types = createLexicon(QUESTION_TYPES);
  const read = (folded: string): Terms => {
    const core = withoutQuestionWords(folded);
    const kinds = types.find(folded);
    const wordings = [...tokenize(folded).bigrams, ...kinds];
    return { ...tokenize(core), concepts: concepts.find(folded), types: kinds, wordings, core };
  };
  return {
    question: (text) => read(foldQuestion(text)),
    folded: read,
    passage(text) {
      const folded = foldText(text);
      return { ...tokenize(folded), concepts: concepts.find(folded), types: [], wordings: [], core: folded };
    },
  };
}
