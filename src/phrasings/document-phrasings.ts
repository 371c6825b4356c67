import { copyOf, createFrequencies, type FrequencyTable } from '../index/frequencies.ts';
import { eachTerm, type Term } from '../index/terms.ts';
import { toUnits } from '../index/units.ts';
import type { Document } from '../knowledge/document.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { QUESTION_TYPES } from '../text/question-types.ts';
import type { Analysis, Analyzer } from './analysis.ts';
import { createRowWriter, type Rows } from './rows.ts';
import { type Phrased, phrasedOf } from './targets.ts';
import { kindOf, TYPE, typeOf } from './terms.ts';

/**
 * What is made of the phrasings of one document, whatever the others are: plain numbers, which can be kept. Phrasings
 * and near misses are numbered together, in the order of their targets (see `phrasedOf`).
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
  const entries = phrasedOf([document]);
  const size = entries.reduce((sum, { ask, not }) => sum + ask.length + not.length, 0);
  const asks = new Uint32Array(entries.length + 1);
  const nears = new Uint32Array(entries.length);
  const content = createRowWriter(size + entries.length);
  const wording = createRowWriter(size);
  const cores: string[] = [];
  const coreEnds = new Uint32Array(size);
  const types = new Float32Array(entries.length * QUESTION_TYPES.length);
  const analyze = before ? createRecaller(before, analyzer) : analyzeWith(analyzer);
  let units = 0;
  for (const [target, { ask, not }] of entries.entries()) {
    const analyses = analyze([...ask, ...not]);
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
  for (const { content: terms } of analyzer.passages(passages)) content.add(terms);
  return {
    asks,
    nears,
    content: content.rows(),
    wording: wording.rows(),
    types,
    cores: cores.join(''),
    coreEnds,
    spelling: spellingOf(entries, before),
  };
}

type Analyze = (phrasings: readonly string[]) => readonly Analysis[];

function analyzeWith({ questions }: Analyzer): Analyze {
  return (phrasings) => questions(phrasings.map(foldQuestion));
}

/** Analyses as they were made before, and anew of what is new. */
function createRecaller({ document, phrasings }: Before, analyzer: Analyzer): Analyze {
  const all = phrasedOf([document]).flatMap(({ ask, not }) => [...ask, ...not]);
  const rows = new Map(all.map((phrasing, row) => [phrasing, row]));
  const recalled = (row: number): Analysis => {
    const wording = termsOf(phrasings.wording, row);
    return {
      content: termsOf(phrasings.content, row),
      wording,
      types: wording.filter((term) => kindOf(term) === TYPE).map(typeOf),
      core: phrasings.cores.slice(phrasings.coreEnds[row - 1] ?? 0, phrasings.coreEnds[row]),
    };
  };
  const analyze = analyzeWith(analyzer);
  return (some) => {
    const fresh = some.filter((one) => !rows.has(one));
    const analyses = fresh.length === 0 ? [] : analyze(fresh);
    let next = 0;
    return some.map((one) => {
      const row = rows.get(one);
      return row === undefined ? (analyses[next++] as Analysis) : recalled(row);
    });
  };
}

/** How often terms stand in all that is said of the targets; of what was there before only what is new or gone is read. */
function spellingOf(entries: readonly Phrased[], before: Before | undefined): FrequencyTable {
  const { add, table } = createFrequencies(before && copyOf(before.phrasings.spelling));
  const earlier = before ? phrasedOf([before.document]) : [];
  const count = (textsOf: (entry: Phrased) => readonly string[], fold: (text: string) => string) => {
    const changes = new Map<string, number>();
    const note = (text: string, by: number) => changes.set(text, (changes.get(text) ?? 0) + by);
    for (const entry of entries) for (const text of textsOf(entry)) note(text, 1);
    for (const entry of earlier) for (const text of textsOf(entry)) note(text, -1);
    for (const [text, by] of changes) if (by !== 0) eachTerm(toUnits(fold(text)), (term) => add(term, by));
  };
  count(({ ask, not }) => [...ask, ...not], foldQuestion);
  count(({ passage }) => [passage], foldText);
  return table();
}

/** Each as often as it stands there. */
function termsOf({ terms, from, numbers, counts }: Rows, row: number): readonly Term[] {
  const found: Term[] = [];
  for (let at = from[row] as number; at < (from[row + 1] as number); at++) {
    for (let count = counts[at] as number; count > 0; count--) found.push(terms[numbers[at] as number] as number);
  }
  return found;
}
