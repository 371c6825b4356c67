import { describe, expect, it } from 'vitest';
import { keyOf } from '../../src/answering/key.ts';
import { folds, type HeldOut, without } from '../../src/evaluation/hold-out.ts';
import { phrasingKey } from '../../src/knowledge/check.ts';
import type { Library } from '../../src/knowledge/document.ts';
import { phrasedOf } from '../../src/phrasings/targets.ts';
import { shippedEngine } from '../shipped.ts';

const phrasingsOf = (library: Library): readonly HeldOut[] =>
  phrasedOf(library.documents).flatMap(({ target, ask, not }) => {
    const of = (near: boolean) => (question: string) => ({ question, key: keyOf(target), near });
    return [...ask.map(of(false)), ...not.map(of(true))];
  });

const sorted = (phrasings: readonly HeldOut[]) =>
  phrasings.map(({ question, key, near }) => `${key} ${near ? 'not' : 'ask'} ${question}`).toSorted();

describe.each([3, 5])('%i folds', (count) => {
  it('hold out every phrasing and near miss exactly once', async () => {
    const { library } = await shippedEngine();
    const heldOut = folds(library, count).flatMap((fold) => fold.heldOut);
    expect(sorted(heldOut)).toEqual(sorted(phrasingsOf(library)));
  });

  it('each keep what they do not hold out, and nothing else changes', async () => {
    const { library } = await shippedEngine();
    for (const fold of folds(library, count)) {
      expect(sorted([...phrasingsOf(fold.library), ...fold.heldOut])).toEqual(sorted(phrasingsOf(library)));
      expect(fold.library.terms).toEqual(library.terms);
      expect(withoutPhrasings(fold.library)).toEqual(withoutPhrasings(library));
    }
  });

  it('are of about the same size', async () => {
    const { library } = await shippedEngine();
    const all = phrasingsOf(library).length;
    for (const { heldOut } of folds(library, count)) {
      expect(heldOut.length).toBeGreaterThan((0.9 * all) / count);
      expect(heldOut.length).toBeLessThan((1.1 * all) / count);
    }
  });
});

it('a library without some questions has all others, and those no more, however they are punctuated', async () => {
  const { library } = await shippedEngine();
  const all = phrasingsOf(library);
  const asked = all.filter((_, i) => i % 7 === 0).map(({ question }) => question);
  const rest = phrasingsOf(
    without(
      library,
      asked.map((question) => `${question}？`),
    ),
  );
  const gone = new Set(asked.map(phrasingKey));
  expect(sorted(rest)).toEqual(sorted(all.filter(({ question }) => !gone.has(phrasingKey(question)))));
  expect(rest.length).toBeLessThan(all.length);
});

function withoutPhrasings({ documents }: Library) {
  return documents.map((document) => ({
    ...document,
    sections: document.sections.map((section) => ({
      ...section,
      ask: [],
      points: section.points.map((point) => ({ ...point, ask: [], not: [] })),
    })),
  }));
}
