import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BM25, impactTable } from '../../src/index/impacts.ts';
import { rank } from '../../src/index/ranking.ts';
import { createPassageStore, type PassageStore } from '../../src/index/store.ts';
import { eachTerm, kindOfTerm } from '../../src/index/terms.ts';
import { foldUnits, toUnits } from '../../src/index/units.ts';
import { passagesOf, text, texts } from '../retrieval/texts.ts';

/** The documents that share most with a question, and their sums. */
function search({ segments, documents, statistics }: PassageStore, question: string) {
  const tables = BM25.map((parameters) => impactTable(parameters, statistics.averageLength()));
  const terms = new Set<number>();
  eachTerm(foldUnits(toUnits(question)), (term) => terms.add(term));
  const weighted = Array.from(terms, (term) => ({
    term,
    weight: statistics.idf(term),
    table: tables[kindOfTerm(term)] as Float32Array,
  })).sort((a, b) => b.weight - a.weight || a.term - b.term);
  return rank(segments, weighted, 10).map(({ segment, passage, score }) => ({
    document: documents[segments[segment]?.segment.documents[passage] as number],
    score,
  }));
}

function storeOf(all: readonly string[]): PassageStore {
  const store = createPassageStore();
  store.add(passagesOf(all));
  return store;
}

describe('passages', () => {
  it('added one after the other are found as if built at once', () => {
    fc.assert(
      fc.property(texts, text, (all, question) => {
        const oneByOne = createPassageStore();
        for (const passage of passagesOf(all)) oneByOne.add([passage]);
        expect(search(oneByOne, question)).toEqual(search(storeOf(all), question));
      }),
      { numRuns: 150 },
    );
  });

  it('removed are as if they had never been', () => {
    fc.assert(
      fc.property(texts, texts, text, (kept, gone, question) => {
        const removed = createPassageStore();
        removed.add([...gone.map((one) => ({ document: 'gone', text: one })), ...passagesOf(kept)]);
        expect(removed.remove('gone')).toBe(true);
        expect(removed.remove('gone')).toBe(false);
        expect(search(removed, question)).toEqual(search(storeOf(kept), question));
      }),
      { numRuns: 150 },
    );
  });

  it('joins small segments, so that adding stays cheap and searching does too', () => {
    const store = createPassageStore();
    for (let at = 0; at < 300; at++) store.add([{ document: String(at), text: `第${at}条：社区工作者的岗位` }]);
    expect(store.segments.length).toBeLessThan(10);
    expect(store.statistics.size()).toBe(300);
  });
});
