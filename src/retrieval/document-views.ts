import { idf } from '../index/impacts.ts';
import { HAN, kindOf } from '../index/units.ts';
import type { Match, Weights } from './matcher.ts';
import { massOf, type Places, sum, totalMass } from './measures.ts';
import type { Finding, SearchedDocument } from './passage-finder.ts';
import type { Question, QuestionTerm } from './question.ts';

/** What a document as a whole has of a question: the first level of idf; within it, the second. */
export interface DocumentView {
  /** The question's characters by how few of the document's passages have them. */
  readonly weights: Float32Array;
  readonly total: number;
  readonly title: Places;
  readonly titleMet: Float32Array;
  readonly titleMass: number;
  /** How much more of the question it has than texts have on average, over the document with the most. */
  readonly share: number;
  /** 1 for the document with the most. */
  readonly first: number;
}

/** Of the documents whose passages were read. */
export function viewDocuments(finding: Finding, plain: Weights): ReadonlyMap<SearchedDocument, DocumentView> {
  const { question, concepts, statistics, passages, matcher } = finding;
  const documents = [...new Set(passages.map(({ document }) => document))];
  const { terms, placed } = countedOf(question, plain);
  const frequencies = terms.map(statistics.frequency);
  const counts = documents.map(finding.counter(terms));
  const abouts = documents.map((document, at) => aboutness(finding, document, counts[at] as Int32Array, frequencies));
  const most = Math.max(...abouts);
  const total = totalMass(plain);
  return new Map(
    documents.map((document, at): [SearchedDocument, DocumentView] => {
      const { title, passages: own } = document;
      const weights = plain.characters.slice();
      for (const [place, term] of placed) weights[place] = idf(counts[at]?.[term] as number, own.length);
      const match = matcher.match(title, [title.length])[0] as Match;
      const about = abouts[at] as number;
      return [
        document,
        {
          weights,
          total: sum(weights) || 1,
          title: match,
          titleMet: concepts.match(title, 0, title.length),
          titleMass: massOf(plain, match, total),
          share: most > 0 ? about / most : 0,
          first: about === most ? 1 : 0,
        },
      ];
    }),
  );
}

/** The terms that are counted: those of the question in their order; and which of them stands at each place that weighs. */
function countedOf({ units, terms: asked }: Question, plain: Weights) {
  const numbers = new Map(asked.map(({ term }, number) => [term, number]));
  const terms = asked.map(({ term }) => term);
  const placed: [place: number, term: number][] = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as number;
    if (plain.characters[at] === 0 || kindOf(unit) !== HAN) continue;
    const number = numbers.get(unit) ?? terms.push(unit) - 1;
    numbers.set(unit, number);
    placed.push([at, number]);
  }
  return { terms, placed };
}

/** Sum over the question's terms of how much more frequent they are in the document than everywhere: its log, if above 0. */
function aboutness(
  { question, statistics }: Finding,
  { passages }: SearchedDocument,
  having: Int32Array,
  frequencies: readonly number[],
): number {
  let about = 0;
  for (let at = 0; at < question.terms.length; at++) {
    const frequency = frequencies[at] as number;
    if (frequency === 0) continue;
    const more = ((having[at] as number) * statistics.size()) / (passages.length * frequency);
    if (more > 1) about += (question.terms[at] as QuestionTerm).share * Math.log(more);
  }
  return about;
}
