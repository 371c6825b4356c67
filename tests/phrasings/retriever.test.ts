import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { mistype } from '../../src/evaluation/typos.ts';
import type { Library } from '../../src/knowledge/document.ts';
import { SIGNALS } from '../../src/phrasings/evidence.ts';
import { indexPhrasings } from '../../src/phrasings/phrasing-index.ts';
import { createRetriever, type Retrieved, type Retriever, THOROUGH } from '../../src/phrasings/retriever.ts';
import { type PhrasedTarget, phrasedOf } from '../../src/phrasings/targets.ts';
import { RANKING } from '../../src/phrasings/weights.ts';
import { shippedEngine } from '../shipped.ts';

let library: Library;
let retriever: Retriever;
beforeAll(async () => {
  library = (await shippedEngine()).library;
  retriever = createRetriever(library);
});

const nameOf = (target: PhrasedTarget | undefined) =>
  target && (target.kind === 'point' ? target.point.id : `${target.section.id}/`);

describe('createRetriever', () => {
  it.each([
    ['社区工作者的劳动合同是和谁签的', 'labour-contract'],
    ['物联网平台外国公司能独资做吗', 'iot-sole'],
    ['社工有体检吗', 'care-health-checkup'],
    ['培训基地', 'training-base'],
    ['防火标语', 'forest-fire-slogan'],
  ])('%s → %s', (question, point) => {
    expect(nameOf(retriever.retrieve(question).candidates[0]?.target)).toBe(point);
  });

  it.each([
    ['试点在哪些地方', 'telecom-pilot'],
    ['体检', 'community-workers'],
    ['体检', 'telecom-pilot'],
    ['防火', 'slogans'],
  ])('%s within %s finds nothing of another document, in the same order', (question, document) => {
    const within = retriever.retrieve(question, document).candidates.map(({ target }) => target);
    const all = retriever.retrieve(question).candidates.map(({ target }) => target);
    expect(within.every((target) => target.document.id === document)).toBe(true);
    // One document more closely looked at than all of them: so it may find more.
    expect(within.filter((target) => all.includes(target))).toEqual(
      all.filter((target) => target.document.id === document),
    );
  });

  it('within a document that is not there is nothing', () => {
    expect(retriever.retrieve('体检', 'nowhere').candidates).toEqual([]);
  });

  it('two retrievers of one library agree, and one with itself, whatever was asked between', () => {
    const other = createRetriever(library);
    const questions = [
      '外资持股上限',
      '社区工作者考核看什么',
      'foreign ownership cap',
      '资料中心',
      '体检',
      '👍',
      'zzz',
    ];
    const plain = ({ candidates, ...found }: Retrieved) => ({
      ...found,
      candidates: candidates.map(({ target, score, evidence, missing }) => ({
        target,
        score,
        ...evidence(),
        ...missing(),
      })),
    });
    const first = questions.map((question) => plain(retriever.retrieve(question)));
    const again = questions.toReversed().map((question) => plain(retriever.retrieve(question)));
    expect(again).toEqual(first.toReversed());
    expect(questions.map((question) => plain(other.retrieve(question)))).toEqual(first);
  });

  it('best first, each target once, every signal a number', () => {
    fc.assert(
      fc.property(fc.constantFrom(...someTexts()), fc.string({ unit: 'grapheme', maxLength: 12 }), (text, more) => {
        const { candidates, mass, unknown, nearMiss } = retriever.retrieve(text + more);
        expect(new Set(candidates.map(({ target }) => `${target.document.id} ${nameOf(target)}`)).size).toBe(
          candidates.length,
        );
        const scores = candidates.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        for (const { evidence } of candidates) {
          for (const signal of SIGNALS) expect(evidence()[signal], signal).toSatisfy(Number.isFinite);
        }
        expect(mass).toBeGreaterThanOrEqual(0);
        for (const share of [unknown, nearMiss]) expect(share).toSatisfy((x) => x >= 0 && x <= 1.0001);
      }),
      { numRuns: 30 },
    );
  });

  it('a phrasing of the knowledge finds its own target among the first', () => {
    const missed = phrasedOf(library.documents).flatMap(({ target, ask }) => {
      const [question = ''] = ask;
      const first = retriever.retrieve(question).candidates.slice(0, 5);
      return first.some((candidate) => nameOf(candidate.target) === nameOf(target)) ? [] : [question];
    });
    expect(missed).toEqual([]);
  });

  it('comparing the phrasings of the likeliest targets alone finds the best that comparing all of them finds', () => {
    const thorough = createRetriever(library, indexPhrasings(library), THOROUGH);
    const questions = phrasedOf(library.documents).flatMap(({ ask, not }, number) =>
      [...ask, ...not].filter((_, at) => (at + number) % 40 === 0).map((text) => mistype(text, 'drop')),
    );
    expect(questions.length).toBeGreaterThan(400);
    const missed: string[] = [];
    for (const question of questions) {
      const some = retriever.retrieve(question);
      const all = thorough.retrieve(question);
      expect(all.rest.length).toBe(0);
      expect(some.candidates.length + some.rest.length).toBe(all.candidates.length);
      const best = ({ candidates: [first] }: Retrieved) => [nameOf(first?.target), { ...first?.evidence(), fuzzy: 0 }];
      expect([question, ...best(some)]).toEqual([question, ...best(all)]);
      // Of what Fuse.js says of some phrasing or other, more is not left out.
      for (const place of [0, 1, 2, 3]) {
        const lacks = (all.candidates[place]?.score ?? 0) - (some.candidates[place]?.score ?? 0);
        expect(Math.abs(lacks), question).toBeLessThanOrEqual(RANKING.fuzzy + 1e-9);
      }
      expect(some.nearMiss).toBeLessThanOrEqual(all.nearMiss);
      if (all.nearMiss - some.nearMiss > 0.05) missed.push(question);
    }
    expect(missed.length).toBeLessThan(questions.length / 20);
  });

  it('a library of nothing finds nothing', () => {
    expect(createRetriever({ documents: [], terms: [] }).retrieve('体检')).toMatchObject({
      candidates: [],
      unknown: 1,
    });
  });
});

describe('phrasedOf', () => {
  it('is every point and every section once', () => {
    const points = library.documents.flatMap(({ sections }) => sections.flatMap((section) => section.points));
    const sections = library.documents.flatMap((document) => document.sections);
    const kinds = Map.groupBy(phrasedOf(library.documents), ({ target }) => target.kind);
    expect(kinds.get('point')?.length).toBe(points.length);
    expect(kinds.get('section')?.length).toBe(sections.length);
  });
});

function someTexts(): readonly string[] {
  return ['社区工作者待遇', '外资股比', 'what is IDC', '有哪些', '', '100%'];
}
