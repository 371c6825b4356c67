import { readDocumentSet } from '../../src/cli/document-set.ts';
import type { Reader } from '../../src/cli/reader.ts';
import { table } from '../../src/cli/table.ts';
import { engineOf } from '../../src/engine.ts';
import {
  type DocumentFigures,
  type DocumentJudgement,
  documentFigures,
  judgeDocumentQuestion,
  overlapClass,
} from '../../src/evaluation/document-figures.ts';
import { cut } from '../../src/knowledge/document.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { CLI } from '../../src/messages/wording.ts';
import { answerByReader } from '../../src/pointing/point.ts';
import { readDocument } from '../../src/reading/reading.ts';
import { createTextSearch } from '../../src/retrieval/search.ts';

export interface DocumentsBench {
  readonly folder: string;
  readonly questions: string | undefined;
  /** See DocumentSetOptions. */
  readonly form: string | undefined;
  readonly json: boolean;
  /** In percent: what must be reached at least, of wrong ones at most. */
  readonly limits: Partial<Omit<DocumentFigures, 'questions'>>;
  /** Whoever may point at what answers; undefined: nobody. */
  readonly reader: Reader | undefined;
}

const HEAD = ['', 'questions', 'first', 'five', 'quote', 'right', 'shown', 'wrong', 'abstained'];
const PASSAGES = 5;

/** Puts a document set's questions to all of its documents in one library, without a phrasing written for them. */
export async function benchDocuments({
  folder,
  questions,
  form,
  json,
  limits,
  reader,
}: DocumentsBench): Promise<number> {
  const set = await readDocumentSet(folder, { ...(questions === undefined ? {} : { questions }), form });
  const language = await loadLanguage();
  const { answerer } = engineOf({ documents: set.documents, terms: [] }, language);
  const texts = createTextSearch(set.documents.map(readDocument), language);
  const times: number[] = [];
  const judgements: DocumentJudgement[] = [];
  for (const question of set.questions) {
    const before = performance.now();
    const answer = reader
      ? (await answerByReader(answerer, question.q, {}, reader.ask, reader)).answer
      : answerer.answer(question.q);
    times.push(performance.now() - before);
    const [hit] = texts.search(question.q).hits;
    const quote = hit && hit.document.document.id === question.doc ? cut(hit.document.document, hit.clause.span) : '';
    judgements.push(judgeDocumentQuestion(question, answer, texts.rank(question.q, PASSAGES).passages, quote));
  }
  const sorted = times.toSorted((a, b) => a - b);
  const p50 = Math.round(1000 * (sorted[sorted.length >> 1] ?? 0)) / 1000;
  const reached = documentFigures(judgements);
  const missed = Object.entries(limits).filter(([name, limit]) => {
    const figure = reached[name as keyof typeof limits];
    return name === 'wrong' ? figure > limit : figure < limit;
  });
  if (reader) process.stderr.write(`${CLI.readerCounts(reader.counts.asked, reader.counts.missed)}\n`);
  for (const [name, limit] of missed) process.stderr.write(`${name} ${limit} %\n`);
  const code = missed.length > 0 ? 1 : 0;
  if (json) {
    process.stdout.write(`${JSON.stringify({ system: 'wence', ...reached, p50 })}\n`);
    return code;
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
  return code;
}

function row(name: string, judgements: readonly DocumentJudgement[]): readonly (string | number)[] {
  const { questions, ...shares } = documentFigures(judgements);
  return [name, questions, ...Object.values(shares).map((share) => share.toFixed(1))];
}
