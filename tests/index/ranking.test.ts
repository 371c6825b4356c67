import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BM25, impactCode, impactTable, lengthClass } from '../../src/index/impacts.ts';
import { rank, type WeightedTerm } from '../../src/index/ranking.ts';
import { createPassageStore, type PassageStore, segmentsOf } from '../../src/index/store.ts';
import { bigram, eachTerm, kindOfTerm } from '../../src/index/terms.ts';
import { foldUnits, toUnits } from '../../src/index/units.ts';
import { newPassages, passagesOf, text, texts } from '../retrieval/texts.ts';

function termsOf(passage: string): number[] {
  const terms: number[] = [];
  eachTerm(foldUnits(toUnits(passage)), (term) => terms.push(term));
  return terms;
}

function weighted(store: PassageStore, question: string): readonly WeightedTerm[] {
  const tables = BM25.map((parameters) => impactTable(parameters, store.statistics.averageLength()));
  return [...new Set(termsOf(question))]
    .map((term) => ({ term, weight: store.statistics.idf(term), table: tables[kindOfTerm(term)] as Float32Array }))
    .sort((a, b) => b.weight - a.weight || a.term - b.term);
}

/** Every passage read again for every question: slow, and plain to see. */
function bruteForce(all: readonly { document: number; text: string }[], terms: readonly WeightedTerm[], k: number) {
  const ranked = all
    .map(({ document, text: passage }, order) => {
      const counts = Map.groupBy(termsOf(passage), (term) => term);
      let score = 0;
      for (const { term, weight, table } of terms) {
        const count = counts.get(term)?.length ?? 0;
        if (count > 0)
          score = Math.fround(score + weight * (table[impactCode(count, lengthClass(passage.length))] as number));
      }
      return { document, score, order };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order);
  return ranked.slice(0, k).map(({ document, score }) => ({ document, score }));
}

function found(store: PassageStore, question: string, k: number) {
  return rank(store.segments, weighted(store, question), k).map(({ segment, passage, score }) => {
    return { document: store.segments[segment]?.segment.documents[passage] ?? -1, score };
  });
}

describe('ranking', () => {
  it('finds the same passages with the same sums as reading every passage', () => {
    fc.assert(
      fc.property(texts, text, fc.integer({ min: 1, max: 12 }), (all, question, k) => {
        const store = createPassageStore(segmentsOf(newPassages(passagesOf(all))));
        expect(found(store, question, k)).toEqual(bruteForce(passagesOf(all), weighted(store, question), k));
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same in however many segments, and after passages were removed', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), text, fc.nat(), (batches, question, removed) => {
        let whole = createPassageStore();
        const all = passagesOf(batches.flat());
        let from = 0;
        for (const batch of batches) {
          whole = whole.with(segmentsOf(newPassages(all.slice(from, from + batch.length))));
          from += batch.length;
        }
        const gone = removed % all.length;
        const store = whole.without(gone);
        const rest = all.filter(({ document }) => document !== gone);
        expect(found(store, question, 10)).toEqual(bruteForce(rest, weighted(store, question), 10));
      }),
      { numRuns: 300 },
    );
  });

  it('stops early on many passages and still finds the same', () => {
    const words = ['社区', '工作者', '薪酬', '待遇', '电信', '试点', '外资', '开放', '数据', '中心', '街道', '办事处'];
    const all = passagesOf(
      Array.from({ length: 70_000 }, (_, at) =>
        Array.from({ length: 6 }, (_, place) => words[(at * (place + 3) + (at >> place)) % 12]).join(''),
      ),
    );
    const store = createPassageStore(segmentsOf(newPassages(all)));
    expect(store.segments.length).toBe(2);
    const terms = weighted(store, '外资电信开放试点的社区');
    expect(found(store, '外资电信开放试点的社区', 20)).toEqual(bruteForce(all, terms, 20));
  });

  it('counts of words any of which may be meant the one that a passage has most surely', () => {
    const all = ['停车场', '泊位', '停车泊位', '车'].map((one, document) => ({ document, text: one }));
    const store = createPassageStore(segmentsOf(newPassages(all)));
    const [停车, 泊位] = ['停车', '泊位'].map((word) => bigram(word.charCodeAt(0), word.charCodeAt(1))) as [
      number,
      number,
    ];
    const words = [
      { weight: 1, terms: [{ term: 停车, share: 1 }] },
      { weight: 0.5, terms: [{ term: 泊位, share: 1 }] },
      // Half of it is there.
      {
        weight: 1,
        terms: [
          { term: 泊位, share: 0.5 },
          { term: 1, share: 0.5 },
        ],
      },
    ];
    const table = new Float32Array(256).fill(1);
    const ranked = rank(store.segments, [], 4, undefined, [{ weight: 2, words, table }]);
    expect(ranked.map(({ passage, score }) => [passage, score])).toEqual([
      [0, 2],
      [2, 2],
      [1, 1],
    ]);
  });
});
