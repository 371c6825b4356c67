import { postingsOf, type TermPostings, type Texts } from '../index/segment.ts';
import type { NewPassage } from '../index/store.ts';
import { foldUnits, toUnits } from '../index/units.ts';
import { cut, type Document } from '../knowledge/document.ts';
import type { Passage, Reading } from './reading.ts';

/** A document's passages under its number in a store. */
export interface Numbered extends Pick<Reading, 'document' | 'passages'> {
  readonly number: number;
}

/** What can be kept of a document, since nothing but its text decides it. */
export function postingsOfPassages(reading: Reading): TermPostings {
  return postingsOf(textsOf({ ...reading, number: 0 }));
}

export function newPassages({ number, document, passages }: Numbered): readonly NewPassage[] {
  return passages.map((passage, place) => ({ document: number, place, units: unitsOf(document, passage) }));
}

export function textsOf(reading: Numbered): Texts {
  const all = newPassages(reading).map(({ units }) => units);
  const starts = new Uint32Array(all.length + 1);
  for (const [at, { length }] of all.entries()) starts[at + 1] = (starts[at] as number) + length;
  const units = new Uint16Array(starts[all.length] as number);
  for (const [at, one] of all.entries()) units.set(one, starts[at]);
  return {
    units,
    starts,
    documents: new Uint32Array(all.length).fill(reading.number),
    places: Uint32Array.from(all.keys()),
  };
}

/** A passage as it is indexed: what stands above it, then its clauses, a line each; folded. */
function unitsOf(document: Document, { above, clauses }: Passage): Uint16Array {
  const texts = clauses.map(({ span }) => cut(document, span));
  return foldUnits(toUnits([above, ...texts].join('\n')));
}

/** Where in it what stands above ends, then each clause. */
export function endsOf({ above, clauses }: Passage): readonly number[] {
  const ends = [above.length + 1];
  for (const { span } of clauses) ends.push((ends.at(-1) as number) + span.end - span.start + 1);
  // No line break follows the last.
  ends[ends.length - 1] = (ends.at(-1) as number) - 1;
  return ends;
}
