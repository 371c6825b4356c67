import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSegments } from '../../src/index/segment.ts';
import { createPassageStore, type PassageStore, segmentsOf } from '../../src/index/store.ts';
import { newPassages, passagesOf, text, texts } from '../retrieval/texts.ts';

function segment(all: readonly string[], first = 0) {
  return segmentsOf(newPassages(passagesOf(all).map((one) => ({ ...one, document: first + one.document }))));
}

/** What a store knows of a text's documents and terms, however it came to be. */
function knownOf({ statistics, segments }: PassageStore, terms: readonly number[]) {
  return {
    size: statistics.size(),
    averageLength: statistics.averageLength(),
    frequencies: terms.map(statistics.frequency),
    documents: segments
      .flatMap(({ segment: { documents }, removed }) => [...documents].filter((_, at) => removed[at] === 0))
      .toSorted((a, b) => a - b),
  };
}

describe('passages', () => {
  it('joined are as if indexed together', () => {
    fc.assert(
      fc.property(texts, texts, (some, others) => {
        const parts = [...segment(some), ...segment(others, some.length)];
        const joined = joinSegments(
          parts.map((one) => ({ segment: one, removed: new Uint8Array(one.documents.length) })),
        );
        expect(joined).toEqual(segment([...some, ...others])[0]);
      }),
      { numRuns: 150 },
    );
  });

  it('added and removed one after the other leave what the rest alone would be', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.boolean()), { minLength: 1, maxLength: 30 }), (all) => {
        let store = createPassageStore();
        for (const [number, [one]] of all.entries()) store = store.with(segment([one], number));
        const whole = store;
        const before = knownOf(
          whole,
          [...'社区工作'].map((one) => one.charCodeAt(0)),
        );
        for (const [number, [, gone]] of all.entries()) if (gone) store = store.without(number);
        const rest = all.flatMap(([one, gone], number) => (gone ? [] : segment([one], number)));
        const terms = rest.flatMap(({ terms: some }) => [...some]);
        expect(knownOf(store, terms)).toEqual(knownOf(createPassageStore(rest), terms));
        // Whoever holds the store as it was is not disturbed.
        expect(
          knownOf(
            whole,
            [...'社区工作'].map((one) => one.charCodeAt(0)),
          ),
        ).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });

  it('joins small segments, so that adding stays cheap and searching does too', () => {
    let store = createPassageStore();
    for (let at = 0; at < 300; at++) store = store.with(segment([`第${at}条：社区工作者的岗位`], at));
    expect(store.segments.length).toBeLessThan(10);
    expect(store.statistics.size()).toBe(300);
    for (let at = 0; at < 290; at++) store = store.without(at);
    expect(store.segments.reduce((sum, one) => sum + one.segment.documents.length, 0)).toBeLessThan(40);
  });
});
