import { describe, expect, it } from 'vitest';
import { createAnalyzer, type Terms } from '../../src/phrasings/analysis.ts';
import { createTextIndex } from '../../src/phrasings/text-index.ts';
import { createVocabulary, joined } from '../../src/phrasings/vocabulary.ts';
import { PASSAGE_WEIGHTS } from '../../src/phrasings/weights.ts';
import { foldQuestion } from '../../src/text/fold.ts';

const TEXTS = ['社区工作者参加社会保险', '设立社区工作者培训基地', '取消外资股比限制', '数据中心首次开放'];

const analyzer = createAnalyzer([{ text: '社会保险', say: ['社保', '五险'] }]);
const passage = (text: string) => analyzer.passages([foldQuestion(text)])[0] as Terms;
const asked = (text: string) => analyzer.questions([foldQuestion(text)])[0] as Terms;
const vocabulary = createVocabulary();
const encoded = TEXTS.map((text) => vocabulary.learn(passage(text)));
const index = createTextIndex(encoded, vocabulary, PASSAGE_WEIGHTS);

function search(question: string) {
  const { touched, bm25, shared, total } = index.search(vocabulary.encode(asked(question)));
  const best = touched.toSorted((a, b) => (bm25[b] ?? 0) - (bm25[a] ?? 0)).map((text) => TEXTS[text]);
  return { best, shared: TEXTS.map((_, text) => shared[text] ?? 0), bm25: [...bm25], total };
}

describe('createTextIndex', () => {
  it.each([
    ['培训基地', '设立社区工作者培训基地'],
    ['外资股比', '取消外资股比限制'],
    ['數據中心開放', '数据中心首次开放'],
    ['五险', '社区工作者参加社会保险'],
  ])('%s finds %s first', (question, text) => {
    expect(search(question).best[0]).toBe(text);
  });

  it('a search leaves nothing behind for the next', () => {
    const first = search('外资股比');
    search('社区工作者培训');
    expect(search('外资股比')).toEqual(first);
    expect(search('👍')).toEqual({ best: [], shared: [0, 0, 0, 0], bm25: [0, 0, 0, 0], total: 0 });
  });

  it('a text with all of the question’s terms shares all of its mass; saying a term twice asks for it once', () => {
    const { shared, total } = search('取消外资股比限制');
    expect(shared[2]).toBeCloseTo(total, 4);
    expect(search('外资外资').total).toBeGreaterThan(search('外资').total); // 资外 is a bigram of its own
    expect(search('外资，外资').total).toBeCloseTo(search('外资').total, 4);
  });

  it('a term that no text has counts in full, as the rarest', () => {
    const known = search('外资');
    const unknown = search('外资𠮷𠮷');
    expect(unknown.total).toBeGreaterThan(known.total);
    expect(unknown.shared).toEqual(known.shared);
  });

  it.each([
    ['外资股比限制', 2, { share: 0, rarest: 0, count: 0 }],
    ['外资培训', 2, { rarest: 1, count: 2 }], // 资培, which no text has, and 培训
    ['𠮷𠮷', 0, { share: 1, rarest: 1, count: 1 }],
    ['', 0, { share: 0, rarest: 0, count: 0 }],
  ])('tells what of 「%s」 text %i does not have', (question, text, missing) => {
    expect(index.missing(vocabulary.encode(asked(question)), 'bigrams', text)).toMatchObject(missing);
  });

  it('mass is what a text shares with itself', () => {
    for (const [text, words] of TEXTS.entries()) expect(search(words).shared[text]).toBeCloseTo(index.mass(text), 4);
    expect(index.mass(99)).toBe(0);
  });
});

describe('createVocabulary', () => {
  it('numbers terms by field; what it has not learned stays unknown, each term its own', () => {
    const small = createVocabulary();
    const learned = small.learn(passage('社保'));
    expect(learned).toMatchObject({ characters: [0, 1], bigrams: [0], concepts: [0] });
    const found = small.encode(asked('社区区社'));
    expect(found.characters).toEqual([0, -2, -2, 0]);
    expect(new Set(found.bigrams).size).toBe(3);
    expect(found.bigrams.every((term) => term < 0)).toBe(true);
    expect([small.size('characters'), small.has('characters', '社'), small.has('characters', '区')]).toEqual([
      2,
      true,
      false,
    ]);
    expect([...small.terms('bigrams')]).toEqual(['社保']);
  });

  it('joins the terms of several texts', () => {
    const [a, b] = [vocabulary.encode(passage('外资')), vocabulary.encode(passage('社保'))];
    const both = joined([a, b]);
    expect(both.characters).toEqual([...a.characters, ...b.characters]);
    expect(both.concepts).toEqual(b.concepts);
  });
});
