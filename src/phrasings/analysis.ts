import { foldText } from '../text/fold.ts';
import { createLexicon, type LexiconGroup } from '../text/lexicon.ts';
import { withPlainNumbers } from '../text/numerals.ts';
import { QUESTION_TYPES } from '../text/question-types.ts';
import { withoutQuestionWords } from '../text/question-words.ts';
import { bigramsOf, type Tokens, tokenizeAll } from '../text/tokens.ts';

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
  /** Of questions that are folded already. */
  questions(folded: readonly string[]): readonly Terms[];
  /** Of folded passages. */
  passages(folded: readonly string[]): readonly Terms[];
}

export interface TermGroup {
  readonly text: string;
  readonly say: readonly string[];
}

/** An analyzer for which all expressions of one term of the knowledge are one concept. */
export function createAnalyzer(terms: readonly TermGroup[]): Analyzer {
  const groups: LexiconGroup[] = terms.map(({ text, say }) => ({
    name: text,
    expressions: [text, ...say].map((expression) => withPlainNumbers(foldText(expression))),
  }));
  const concepts = createLexicon(groups);
  const types = createLexicon(QUESTION_TYPES);
  return {
    questions(folded) {
      const texts = folded.map(withPlainNumbers);
      const cores = texts.map(withoutQuestionWords);
      const tokens = tokenizeAll(cores);
      return texts.map((text, i): Terms => {
        const kinds = types.find(text);
        const wordings = [...bigramsOf(text), ...kinds];
        const core = cores[i] as string;
        return { ...(tokens[i] as Tokens), concepts: concepts.find(text), types: kinds, wordings, core };
      });
    },
    passages(folded) {
      const texts = folded.map(withPlainNumbers);
      const tokens = tokenizeAll(texts);
      return texts.map((core, i): Terms => {
        return { ...(tokens[i] as Tokens), concepts: concepts.find(core), types: [], wordings: [], core };
      });
    },
  };
}
