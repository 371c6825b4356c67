import { createFrequencies, type FrequencyTable } from '../index/frequencies.ts';
import type { Library } from '../knowledge/document.ts';
import { createAnalyzer } from './analysis.ts';
import { type ComparableTexts, comparableTexts } from './comparison.ts';
import { type DocumentPhrasings, readPhrasings } from './document-phrasings.ts';
import { joinRows, type RowRange } from './rows.ts';
import { type IndexedTexts, indexTexts } from './text-index.ts';
import { BAG_BM25, PASSAGE_BM25 } from './weights.ts';

/** The phrasings of all documents as they are searched; targets and phrasings are numbered through. */
export interface PhrasingIndex extends Pick<DocumentPhrasings, 'asks' | 'nears' | 'types' | 'cores' | 'coreEnds'> {
  /** What each is about, by target; see Analysis. */
  readonly content: ComparableTexts;
  /** How each is put, by target. */
  readonly wording: ComparableTexts;
  /** Of each target its phrasings and own words as one text. */
  readonly bags: IndexedTexts;
  /** Of each target its own words. */
  readonly passages: IndexedTexts;
  readonly spelling: FrequencyTable;
}

/** All of a library read anew. */
export function indexPhrasings({ documents, terms }: Library): PhrasingIndex {
  const analyzer = createAnalyzer(terms);
  return joinPhrasings(documents.map((document) => readPhrasings(document, analyzer)));
}

/** What was read of each document, in the order of the documents. */
export function joinPhrasings(all: readonly DocumentPhrasings[]): PhrasingIndex {
  const targets = all.map(({ nears }) => nears.length);
  const sizes = all.map(({ coreEnds }) => coreEnds.length);
  const count = sum(targets);
  const phrasings = sum(sizes);
  const asks = new Uint32Array(count + 1);
  const nears = new Uint32Array(count);
  const types = new Float32Array(sum(all.map((one) => one.types.length)));
  const coreEnds = new Uint32Array(phrasings);
  let [target, phrasing, type, units] = [0, 0, 0, 0];
  for (const one of all) {
    for (const [at, near] of one.nears.entries()) {
      asks[target] = phrasing + (one.asks[at] as number);
      nears[target++] = phrasing + near;
    }
    types.set(one.types, type);
    type += one.types.length;
    for (const end of one.coreEnds) coreEnds[phrasing++] = units + end;
    units += one.cores.length;
  }
  asks[count] = phrasings;
  const rows = joinRows([
    ...all.map(({ content }, at): RowRange => ({ rows: content, start: 0, end: sizes[at] as number })),
    ...all.map(({ content }, at): RowRange => {
      const start = sizes[at] as number;
      return { rows: content, start, end: start + (targets[at] as number) };
    }),
  ]);
  const wording = joinRows(all.map((one, at) => ({ rows: one.wording, start: 0, end: sizes[at] as number })));
  const own = Array.from(nears, (_, at) => [phrasings + at, phrasings + at + 1] as const);
  const bags = own.map((passage, at) => [[asks[at] as number, nears[at] as number] as const, passage]);
  const spelling = createFrequencies();
  for (const one of all) spelling.addAll(one.spelling);
  return {
    asks,
    nears,
    content: comparableTexts(rows, asks),
    wording: comparableTexts(wording, asks),
    bags: indexTexts(rows, bags, BAG_BM25),
    passages: indexTexts(
      rows,
      own.map((passage) => [passage]),
      PASSAGE_BM25,
    ),
    types,
    cores: all.map(({ cores }) => cores).join(''),
    coreEnds,
    spelling: spelling.table(),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
