import { createFrequencies } from '../index/frequencies.ts';
import { createMistakeReader } from '../index/mistakes.ts';
import { createNumbering, type Numbering } from '../index/numbering.ts';
import { BIGRAM, eachTerm, RUN, type Term } from '../index/terms.ts';
import { DIGIT, kindOf as kindOfUnit, toUnits } from '../index/units.ts';
import type { Library } from '../knowledge/document.ts';
import { foldQuestion, QUESTION_LIMIT } from '../text/fold.ts';
import { type Analysis, createAnalyzer } from './analysis.ts';
import type { AskedTerms } from './asked-terms.ts';
import { meantBy } from './meaning.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import { CONCEPT, kindOf, WORD } from './terms.ts';

/** A question as it is compared with the phrasings; see Analysis. */
export interface Asked extends Pick<Analysis, 'types' | 'core'> {
  readonly content: AskedTerms;
  readonly wording: AskedTerms;
  /** Its concepts by number: one that was both written and meant comes twice, and so counts for more. */
  readonly concepts: readonly number[];
  /** Share of its distinct bigrams and words that stand in no text. */
  readonly unknown: number;
  /** Share of its characters that were taken for mistyped ones. */
  readonly changed: number;
}

/** Reads a question as it is written and, where that has mistakes, as it is meant; of the former only what is known stays. */
export function createQuestionReader(
  { terms }: Library,
  { content, wording, spelling }: PhrasingIndex,
): (question: string) => Asked {
  const analyzer = createAnalyzer(terms);
  const contents = createNumbering(content.terms);
  const wordings = createNumbering(wording.terms);
  const mistakes = createMistakeReader(createFrequencies(spelling).of);
  return (question) => {
    const folded = foldQuestion(question.slice(0, QUESTION_LIMIT));
    const meant = meantBy(folded, mistakes);
    const [asWritten, asMeant] = analyzer.questions(meant.changed === 0 ? [folded] : [folded, meant.text]);
    const written = asWritten as Analysis;
    const { types, core } = asMeant ?? written;
    const both = (of: (analysis: Analysis) => readonly Term[], { find }: Numbering) =>
      asMeant ? [...of(asMeant), ...of(written).filter((term) => find(term) >= 0)] : of(written);
    const content = both((analysis) => analysis.content, contents);
    const asked = numbered(content, contents);
    return {
      content: asked,
      wording: numbered(
        both((analysis) => analysis.wording, wordings),
        wordings,
      ),
      concepts: content.filter((term) => kindOf(term) === CONCEPT).map(contents.find),
      types,
      core,
      unknown: unknownShare(asMeant ? numbered(written.content, contents) : asked),
      changed: meant.changed,
    };
  };
}

function numbered(some: readonly Term[], { find }: Numbering): AskedTerms {
  const terms = [...new Set(some)];
  return { terms, numbers: terms.map(find) };
}

/** A run counts as a bigram and as a word. */
function unknownShare({ terms, numbers }: AskedTerms): number {
  let all = 0;
  let unknown = 0;
  for (let at = 0; at < terms.length; at++) {
    const kind = kindOf(terms[at] as Term);
    const weight = kind === RUN ? 2 : kind === BIGRAM || kind === WORD ? 1 : 0;
    all += weight;
    if ((numbers[at] as number) < 0) unknown += weight;
  }
  return all === 0 ? 1 : unknown / all;
}

/** The terms of a folded text that are numbers. */
export function numbersIn(folded: string): ReadonlySet<Term> {
  const units = toUnits(folded);
  const found = new Set<Term>();
  eachTerm(units, (term, start) => {
    if (kindOfUnit(units[start] as number) === DIGIT) found.add(term);
  });
  return found;
}
