import { CHARACTER, eachTerm, kindOfTerm, type Term } from '../index/terms.ts';
import { toUnits } from '../index/units.ts';
import { foldText } from '../text/fold.ts';
import { createLexicon, type LexiconGroup } from '../text/lexicon.ts';
import { withPlainNumbers } from '../text/numerals.ts';
import { QUESTION_TYPES } from '../text/question-types.ts';
import { withoutQuestionWords } from '../text/question-words.ts';
import { wordsOf } from '../text/tokens.ts';
import { conceptTerm, typeTerm, wordTerm } from './terms.ts';

/** What was made of a question or a passage. Terms are in order, each as often as it stands there. */
export interface Analysis {
  /** What it is about: characters, bigrams and runs of the index, question words left out; words; concepts. */
  readonly content: readonly Term[];
  /** How it is put: bigrams and runs, question words included, kinds and concepts: what tells 「谁签」 from 「签几年」. */
  readonly wording: readonly Term[];
  /** Places in QUESTION_TYPES. */
  readonly types: readonly number[];
  /** Folded, question words taken out: what the fuzzy matcher compares. */
  readonly core: string;
}

export interface Analyzer {
  /** Of questions that are folded already. */
  questions(folded: readonly string[]): readonly Analysis[];
  /** Of folded passages. */
  passages(folded: readonly string[]): readonly Analysis[];
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
  const concepts = createFinder(groups);
  const types = createFinder(QUESTION_TYPES);
  const contentOf = (text: string, words: readonly string[], found: readonly Term[]): readonly Term[] => {
    const content: Term[] = [];
    eachTerm(toUnits(text), (term) => content.push(term));
    for (const word of words) content.push(wordTerm(word));
    content.push(...found);
    return content;
  };
  return {
    questions(folded) {
      const texts = folded.map(withPlainNumbers);
      const cores = texts.map(withoutQuestionWords);
      const words = wordsOf(cores);
      return texts.map((text, i): Analysis => {
        const core = cores[i] as string;
        const kinds = types(text);
        const found = concepts(text).map(conceptTerm);
        const wording: Term[] = [];
        eachTerm(toUnits(text), (term) => {
          if (kindOfTerm(term) !== CHARACTER) wording.push(term);
        });
        wording.push(...kinds.map(typeTerm), ...found);
        return { content: contentOf(core, words[i] ?? [], found), wording, types: kinds, core };
      });
    },
    passages(folded) {
      const texts = folded.map(withPlainNumbers);
      const words = wordsOf(texts);
      return texts.map((core, i): Analysis => {
        const content = contentOf(core, words[i] ?? [], concepts(core).map(conceptTerm));
        return { content, wording: [], types: [], core };
      });
    },
  };
}

/** Finds the places, in a list of groups, of those that occur in a folded text. */
function createFinder(groups: readonly LexiconGroup[]): (folded: string) => readonly number[] {
  const lexicon = createLexicon(groups);
  const places = new Map(groups.map(({ name }, place) => [name, place]));
  return (folded) => lexicon.find(folded).map((name) => places.get(name) as number);
}
