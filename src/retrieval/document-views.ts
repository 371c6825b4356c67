import { idf } from '../index/impacts.ts';
import type { Term } from '../index/terms.ts';
import { createMatcher, type Match, type Weights, weightsOf } from './matcher.ts';
import { massOf, type Places, sum, totalMass } from './measures.ts';
import type { Finding, SearchedDocument } from './passage-finder.ts';

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
  const { question, concepts, passages } = finding;
  const matcher = createMatcher(question);
  const documents = [...new Set(passages.map(({ document }) => document))];
  const counts = documents.map((document) => countsWithin(finding, document));
  const abouts = documents.map((document, at) => aboutness(finding, document, counts[at] as Counts));
  const most = Math.max(...abouts);
  const total = totalMass(plain);
  return new Map(
    documents.map((document, at): [SearchedDocument, DocumentView] => {
      const { title, passages: own } = document;
      const having = counts[at] as Counts;
      const local = weightsOf(
        question,
        (term) => idf(having.get(term) ?? finding.countWithin(document, term), own.length),
        1,
      );
      const match = matcher.match(title, [title.length])[0] as Match;
      const about = abouts[at] as number;
      return [
        document,
        {
          weights: local.characters,
          total: sum(local.characters) || 1,
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

/** By term of the question, how many of a document's passages have it. */
type Counts = ReadonlyMap<Term, number>;

function countsWithin({ question, countWithin }: Finding, document: SearchedDocument): Counts {
  return new Map(question.terms.map(({ term }) => [term, countWithin(document, term)]));
}

/** Sum over the question's terms of how much more frequent they are in the document than everywhere: its log, if above 0. */
function aboutness({ question, statistics }: Finding, document: SearchedDocument, having: Counts): number {
  let about = 0;
  for (const { term, share } of question.terms) {
    const frequency = statistics.frequency(term);
    if (frequency === 0) continue;
    const more = ((having.get(term) ?? 0) * statistics.size()) / (document.passages.length * frequency);
    if (more > 1) about += share * Math.log(more);
  }
  return about;
}
