import { engineOf } from '../engine.ts';
import {
  type DocumentJudgement,
  documentFigures,
  judgeDocumentQuestion,
  overlapClass,
} from '../evaluation/document-figures.ts';
import { cut } from '../knowledge/document.ts';
import { loadLanguage } from '../lexicon/files.ts';
import { readDocument } from '../reading/reading.ts';
import { createTextSearch } from '../retrieval/search.ts';
import { readDocumentSet } from './document-set.ts';
import { table } from './table.ts';

export interface DocumentsBench {
  readonly folder: string;
  readonly questions: string | undefined;
  readonly json: boolean;
}

const HEAD = ['', 'questions', 'first', 'five', 'quote', 'right', 'shown', 'wrong', 'abstained'];
const PASSAGES = 5;

/** Puts a document set's questions to all of its documents in one library, without a phrasing written for them. */
export async function benchDocuments({ folder, questions, json }: DocumentsBench): Promise<number> {
  const set = await readDocumentSet(folder, questions);
  const language = await loadLanguage();
  const { answerer } = engineOf({ documents: set.documents, terms: [] }, language);
  const texts = createTextSearch(set.documents.map(readDocument), language);
  const times: number[] = [];
  const judgements = set.questions.map((question): DocumentJudgement => {
    const before = performance.now();
    const answer = answerer.answer(question.q);
    times.push(performance.now() - before);
    const [hit] = texts.search(question.q).hits;
    const quote = hit && hit.document.document.id === question.doc ? cut(hit.document.document, hit.clause.span) : '';
    return judgeDocumentQuestion(question, answer, texts.rank(question.q, PASSAGES), quote);
  });
  const sorted = times.toSorted((a, b) => a - b);
  const p50 = Math.round(1000 * (sorted[sorted.length >> 1] ?? 0)) / 1000;
  if (json) {
    process.stdout.write(`${JSON.stringify({ system: 'wence', ...documentFigures(judgements), p50 })}\n`);
    return 0;
  }
  const rows = (by: (one: DocumentJudgement) => string) =>
    [...Map.groupBy(judgements, by)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, some]) => row(name, some));
  const all = [
    row('all', judgements),
    ...rows(({ question }) => question.kind),
    ...rows(overlapClass),
    ...rows(({ question }) => question.doc),
  ];
  process.stdout.write(`${table(HEAD, all)}\n\np50 ${p50} ms\n`);
  return 0;
}

function row(name: string, judgements: readonly DocumentJudgement[]): readonly (string | number)[] {
  const { questions, ...shares } = documentFigures(judgements);
  return [name, questions, ...Object.values(shares).map((share) => share.toFixed(1))];
}
