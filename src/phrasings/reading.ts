import type { FrequencyTable } from '../index/frequencies.ts';
import type { Library } from '../knowledge/document.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { QUESTION_TYPES } from '../text/question-types.ts';
import { type Analysis, createAnalyzer } from './analysis.ts';
import { type ComparableTexts, comparableTexts } from './comparison.ts';
import { createSpelling } from './mistakes.ts';
import { createRowWriter } from './rows.ts';
import { entriesOf } from './targets.ts';
import { type IndexedTexts, indexTexts } from './text-index.ts';
import { BAG_BM25, PASSAGE_BM25 } from './weights.ts';

/**
 * All that is made of a library's texts: plain data, which a snapshot keeps as it is. Phrasings and near misses are
 * numbered together, in the order of their targets (see `entriesOf`).
 */
export interface LibraryReading {
  /** Of target `i` the phrasings are `asks[i]` to before `nears[i]`, the near misses from there to before `asks[i + 1]`. */
  readonly asks: Uint32Array;
  readonly nears: Uint32Array;
  /** What each is about, by target; see Analysis. */
  readonly content: ComparableTexts;
  /** How each is put, by target. */
  readonly wording: ComparableTexts;
  /** Of each target its phrasings and own words as one text. */
  readonly bags: IndexedTexts;
  /** Of each target its own words. */
  readonly passages: IndexedTexts;
  /** By target and kind of question: the share of its phrasings that are of the kind. */
  readonly types: Float32Array;
  /** The cores of all, one after the other; that of `i` ends at `coreEnds[i]`. */
  readonly cores: string;
  readonly coreEnds: Uint32Array;
  readonly spelling: FrequencyTable;
}

export function readLibrary(library: Library): LibraryReading {
  const analyzer = createAnalyzer(library.terms);
  const entries = entriesOf(library);
  const phrasings = entries.reduce((sum, { ask, not }) => sum + ask.length + not.length, 0);
  const asks = new Uint32Array(entries.length + 1);
  const nears = new Uint32Array(entries.length);
  const content = createRowWriter(phrasings + entries.length);
  const wording = createRowWriter(phrasings);
  const cores: string[] = [];
  const coreEnds = new Uint32Array(phrasings);
  const types = new Float32Array(entries.length * QUESTION_TYPES.length);
  const spelling = createSpelling();
  let units = 0;
  const add = (analysis: Analysis) => {
    content.add(analysis.content);
    wording.add(analysis.wording);
    units += analysis.core.length;
    coreEnds[cores.push(analysis.core) - 1] = units;
  };
  for (const [target, { ask, not }] of entries.entries()) {
    const folded = [...ask, ...not].map(foldQuestion);
    folded.forEach(spelling.add);
    const analyses = analyzer.questions(folded);
    analyses.forEach(add);
    nears[target] = (asks[target] as number) + ask.length;
    asks[target + 1] = (nears[target] as number) + not.length;
    for (const { types: found } of analyses.slice(0, ask.length)) {
      for (const type of found) {
        const at = target * QUESTION_TYPES.length + type;
        types[at] = (types[at] as number) + 1 / ask.length;
      }
    }
  }
  const passages = entries.map(({ passage }) => foldText(passage));
  passages.forEach(spelling.add);
  for (const { content: terms } of analyzer.passages(passages)) content.add(terms);
  const rows = content.rows();
  const own = entries.map((_, target) => [phrasings + target, phrasings + target + 1] as const);
  const bags = own.map((passage, target) => [[asks[target] as number, nears[target] as number] as const, passage]);
  return {
    asks,
    nears,
    content: comparableTexts(rows, asks),
    wording: comparableTexts(wording.rows(), asks),
    bags: indexTexts(rows, bags, BAG_BM25),
    passages: indexTexts(
      rows,
      own.map((passage) => [passage]),
      PASSAGE_BM25,
    ),
    types,
    cores: cores.join(''),
    coreEnds,
    spelling: spelling.table(),
  };
}
