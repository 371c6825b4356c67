import type { FrequencyTable } from '../index/frequencies.ts';
import type { Term } from '../index/terms.ts';
import type { Document } from '../knowledge/document.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { QUESTION_TYPES } from '../text/question-types.ts';
import type { Analysis, Analyzer } from './analysis.ts';
import { createSpelling } from './mistakes.ts';
import { createRowWriter, type Rows } from './rows.ts';
import { entriesOf } from './targets.ts';
import { kindOf, TYPE, typeOf } from './terms.ts';

/**
 * What is made of the phrasings of one document, whatever the others are: plain numbers, which can be kept. Phrasings
 * and near misses are numbered together, in the order of their targets (see `entriesOf`).
 */
export interface DocumentPhrasings {
  /** Of target `i` the phrasings are `asks[i]` to before `nears[i]`, the near misses from there to before `asks[i + 1]`. */
  readonly asks: Uint32Array;
  readonly nears: Uint32Array;
  /** What each is about, see Analysis; then, by target, its own words. */
  readonly content: Rows;
  /** How each is put. */
  readonly wording: Rows;
  /** By target and kind of question: the share of its phrasings that are of the kind. */
  readonly types: Float32Array;
  /** The cores of all, one after the other; that of `i` ends at `coreEnds[i]`. */
  readonly cores: string;
  readonly coreEnds: Uint32Array;
  readonly spelling: FrequencyTable;
}

/** A document before it was edited: phrasings that were in it need not be read again. */
export interface Before {
  readonly document: Document;
  readonly phrasings: DocumentPhrasings;
}

export function readPhrasings(document: Document, analyzer: Analyzer, before?: Before): DocumentPhrasings {
  const entries = entriesOf([document]);
  const size = entries.reduce((sum, { ask, not }) => sum + ask.length + not.length, 0);
  const asks = new Uint32Array(entries.length + 1);
  const nears = new Uint32Array(entries.length);
  const content = createRowWriter(size + entries.length);
  const wording = createRowWriter(size);
  const cores: string[] = [];
  const coreEnds = new Uint32Array(size);
  const types = new Float32Array(entries.length * QUESTION_TYPES.length);
  const spelling = createSpelling();
  const analyze = before ? createRecaller(before, analyzer) : analyzer.questions;
  let units = 0;
  for (const [target, { ask, not }] of entries.entries()) {
    const folded = [...ask, ...not].map(foldQuestion);
    folded.forEach(spelling.add);
    const analyses = analyze(folded);
    for (const analysis of analyses) {
      content.add(analysis.content);
      wording.add(analysis.wording);
      units += analysis.core.length;
      coreEnds[cores.push(analysis.core) - 1] = units;
    }
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
  return {
    asks,
    nears,
    content: content.rows(),
    wording: wording.rows(),
    types,
    cores: cores.join(''),
    coreEnds,
    spelling: spelling.table(),
  };
}

/** Analyses as they were made before, and anew of what is new. */
function createRecaller({ document, phrasings }: Before, analyzer: Analyzer): Analyzer['questions'] {
  const rows = new Map(
    entriesOf([document])
      .flatMap(({ ask, not }) => [...ask, ...not])
      .map((phrasing, row) => [foldQuestion(phrasing), row]),
  );
  const recalled = (row: number): Analysis => {
    const wording = termsOf(phrasings.wording, row);
    return {
      content: termsOf(phrasings.content, row),
      wording,
      types: wording.filter((term) => kindOf(term) === TYPE).map(typeOf),
      core: phrasings.cores.slice(phrasings.coreEnds[row - 1] ?? 0, phrasings.coreEnds[row]),
    };
  };
  return (folded) => {
    const fresh = folded.filter((one) => !rows.has(one));
    const analyses = fresh.length === 0 ? [] : analyzer.questions(fresh);
    let next = 0;
    return folded.map((one) => {
      const row = rows.get(one);
      return row === undefined ? (analyses[next++] as Analysis) : recalled(row);
    });
  };
}

/** Each as often as it stands there. */
function termsOf({ terms, from, numbers, counts }: Rows, row: number): readonly Term[] {
  const found: Term[] = [];
  for (let at = from[row] as number; at < (from[row + 1] as number); at++) {
    for (let count = counts[at] as number; count > 0; count--) found.push(terms[numbers[at] as number] as number);
  }
  return found;
}
