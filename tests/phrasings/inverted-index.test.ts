import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPosting, invert, invertPlaces, type Part } from '../../src/phrasings/inverted-index.ts';
import { createRowWriter, type Rows } from '../../src/phrasings/rows.ts';

const TERMS = 8;
const corpus = fc.array(fc.array(fc.integer({ min: 0, max: TERMS - 1 }), { maxLength: 12 }), { maxLength: 12 });

function rowsOf(texts: readonly (readonly number[])[]): Rows {
  const writer = createRowWriter(texts.length);
  for (const text of texts) writer.add(text.map((term) => term + 1));
  return writer.rows();
}

/** Cuts rows into texts of two, one, and the rest. */
function partsOf(rows: number): readonly (readonly Part[])[] {
  const part = (start: number, end: number): Part => [Math.min(start, rows), Math.min(end, rows)];
  return [[part(0, 2)], [part(2, 3)], [part(3, rows)]];
}

describe('rows', () => {
  it('have each term once, with how often it stands there', () => {
    fc.assert(
      fc.property(corpus, (texts) => {
        const { terms, from, numbers, counts } = rowsOf(texts);
        for (const [row, text] of texts.entries()) {
          const found = new Map<number, number>();
          for (let at = from[row] ?? 0; at < (from[row + 1] ?? 0); at++)
            found.set((terms[numbers[at] ?? 0] ?? 0) - 1, counts[at] ?? 0);
          const wanted = Map.groupBy(text, (term) => term);
          expect(found).toEqual(new Map([...wanted].map(([term, all]) => [term, all.length])));
        }
      }),
    );
  });

  it('count no further than a byte goes', () => {
    expect([...rowsOf([new Array<number>(300).fill(0)]).counts]).toEqual([255]);
  });
});

describe('inverted rows', () => {
  it('are complete: each text once for each of its terms, in order, as often as its rows have it', () => {
    fc.assert(
      fc.property(corpus, (texts) => {
        const rows = rowsOf(texts);
        const parts = partsOf(texts.length);
        const { from, texts: found, counts } = invert(rows, parts, rows.counts);
        const once = invert(rows, parts);
        for (const [number, term] of rows.terms.entries()) {
          const [start, end] = [from[number] ?? 0, from[number + 1] ?? 0];
          const having = parts.map((some) => some.flatMap(([first, last]) => texts.slice(first, last)));
          const times = having.map((some) => some.flat().filter((other) => other === term - 1).length);
          expect([...found.subarray(start, end)]).toEqual([...times.keys()].filter((text) => times[text]));
          expect([...counts.subarray(start, end)]).toEqual(times.filter((time) => time > 0));
          const inRows = having.map((some) => some.filter((row) => row.includes(term - 1)).length);
          expect([...once.counts.subarray(start, end)]).toEqual(inRows.filter((count) => count > 0));
        }
      }),
    );
  });

  it('of several parts are one text', () => {
    const rows = rowsOf([[0], [1], [0, 2]]);
    const { from, texts, counts } = invert(rows, [
      [
        [0, 1],
        [2, 3],
      ],
      [[1, 2]],
    ]);
    expect([[...from], [...texts], [...counts]]).toEqual([
      [0, 1, 2, 3],
      [0, 1, 0],
      [2, 1, 1],
    ]);
  });

  it('know in which of its rows a text has the term', () => {
    fc.assert(
      fc.property(corpus, (texts) => {
        const rows = rowsOf(texts);
        const parts = partsOf(texts.length).map(([part]) => part as Part);
        const { from, texts: found, placesFrom, places } = invertPlaces(rows, parts);
        for (const [number, term] of rows.terms.entries()) {
          for (let posting = from[number] ?? 0; posting < (from[number + 1] ?? 0); posting++) {
            const [first, last] = parts[found[posting] ?? 0] as Part;
            const wanted = texts.slice(first, last).flatMap((row, place) => (row.includes(term - 1) ? [place] : []));
            expect([...places.subarray(placesFrom[posting], placesFrom[posting + 1])]).toEqual(wanted);
          }
        }
      }),
    );
  });

  it('are found by halving, or are not there', () => {
    fc.assert(
      fc.property(corpus, (texts) => {
        const rows = rowsOf(texts);
        const postings = invert(rows, partsOf(texts.length));
        for (const number of rows.terms.keys()) {
          for (const text of [0, 1, 2]) {
            const at = postings.texts.subarray(postings.from[number], postings.from[number + 1]).indexOf(text);
            expect(findPosting(postings, number, text)).toBe(at < 0 ? -1 : at + (postings.from[number] ?? 0));
          }
        }
      }),
    );
  });
});
