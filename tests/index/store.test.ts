import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPassageIndex } from '../../src/passages/passage-index.ts';
import { createPassageStore } from '../../src/passages/store.ts';
import { passagesOf, text, texts } from './texts.ts';

describe('passages', () => {
  it('added one after the other answer as if built at once', () => {
    fc.assert(
      fc.property(texts, text, (all, question) => {
        const atOnce = createPassageIndex(passagesOf(all));
        const oneByOne = createPassageIndex();
        for (const passage of passagesOf(all)) oneByOne.add([passage]);
        expect(oneByOne.search(question, 10)).toEqual(atOnce.search(question, 10));
      }),
      { numRuns: 150 },
    );
  });

  it('removed are as if they had never been', () => {
    fc.assert(
      fc.property(texts, texts, text, (kept, gone, question) => {
        const never = createPassageIndex(passagesOf(kept));
        const removed = createPassageIndex([
          ...gone.map((one) => ({ document: 'gone', text: one })),
          ...passagesOf(kept),
        ]);
        expect(removed.remove('gone')).toBe(true);
        expect(removed.remove('gone')).toBe(false);
        expect(removed.search(question, 10)).toEqual(never.search(question, 10));
      }),
      { numRuns: 150 },
    );
  });

  it('may be of no text at all', () => {
    const index = createPassageIndex([{ document: 'empty', text: '' }]);
    expect(index.search('社区', 5)).toEqual({ hits: [], quote: undefined, confidence: 0 });
    expect(createPassageIndex().search('社区', 5).hits).toEqual([]);
  });

  it('joins small segments, so that adding stays cheap and searching does too', () => {
    const store = createPassageStore();
    for (let at = 0; at < 300; at++) store.add([{ document: String(at), text: `第${at}条：社区工作者的岗位` }]);
    expect(store.segments.length).toBeLessThan(10);
    expect(store.statistics.size()).toBe(300);
  });
});
