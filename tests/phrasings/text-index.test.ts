import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bigram } from '../../src/index/terms.ts';
import type { Part } from '../../src/phrasings/inverted-index.ts';
import { createRowWriter } from '../../src/phrasings/rows.ts';
import { conceptTerm, kindOf, wordTerm } from '../../src/phrasings/terms.ts';
import { createTextIndex, indexTexts } from '../../src/phrasings/text-index.ts';
import { BIGRAMS, CHARACTERS, FIELDS, type FieldBm25, WORDS } from '../../src/phrasings/weights.ts';
import { readingOf } from './reading.ts';

const TEXTS = ['社区工作者参加社会保险', '设立社区工作者培训基地', '取消外资股比限制', '数据中心IDC首次开放'];
const { reading, ask } = readingOf(
  TEXTS.map((passage) => ({ passage, ask: [] })),
  [{ text: '社会保险', say: ['社保', '五险'] }],
);
const index = createTextIndex(reading.passages);
/** The sections, whose own words are empty, stand between the points. */
const target = (text: number) => 2 * text;

function search(question: string) {
  const { touched, bm25, shared, total } = index.search(ask(question).content);
  const best = touched.toSorted((a, b) => (bm25[b] ?? 0) - (bm25[a] ?? 0)).map((text) => TEXTS[text / 2]);
  return { best, shared: TEXTS.map((_, text) => shared[target(text)] ?? 0), bm25: [...bm25], total };
}

describe('createTextIndex', () => {
  it.each([
    ['培训基地', '设立社区工作者培训基地'],
    ['外资股比', '取消外资股比限制'],
    ['數據中心開放', '数据中心IDC首次开放'],
    ['五险', '社区工作者参加社会保险'],
  ])('%s finds %s first', (question, text) => {
    expect(search(question).best[0]).toBe(text);
  });

  it('a search leaves nothing behind for the next', () => {
    const first = search('外资股比');
    search('社区工作者培训');
    expect(search('外资股比')).toEqual(first);
    expect(search('👍')).toMatchObject({ best: [], shared: [0, 0, 0, 0], total: 0 });
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
    ['外资股比限制', BIGRAMS, 2, { share: 0, rarest: 0, count: 0 }],
    ['外资培训', BIGRAMS, 2, { rarest: 1, count: 2 }], // 资培, which no text has, and 培训
    ['IDC', WORDS, 2, { share: 1, count: 1 }],
    ['IDC', BIGRAMS, 3, { share: 0, count: 0 }],
    ['甲', CHARACTERS, 0, { share: 1, rarest: 1, count: 1 }],
    ['', BIGRAMS, 0, { share: 0, rarest: 0, count: 0 }],
  ])('tells what of 「%s」 a text does not have', (question, field, text, missing) => {
    expect(index.missing(ask(question).content, field, target(text))).toMatchObject(missing);
  });

  it('tells how many texts have a term, and how many of some terms a text has', () => {
    const { numbers } = ask('社区培训').content;
    const [first = -1] = numbers;
    expect(index.frequency(first)).toBe(2); // 社 of 社区
    expect(index.frequency(-1)).toBe(0);
    const counts = index.count([...numbers, -1]);
    expect(counts[target(1)]).toBe(numbers.filter((number) => number >= 0).length);
    expect(counts[target(2)]).toBe(0);
  });
});

describe('BM25', () => {
  const RUN = 0x10000;
  const terms = [0x4e00, 0x4e01, bigram(0x4e00, 0x4e01), RUN, RUN + 1, wordTerm('社区'), conceptTerm(0)];
  const corpus = fc.array(fc.array(fc.constantFrom(...terms), { maxLength: 12 }), { maxLength: 10 });
  const parameters: fc.Arbitrary<FieldBm25> = fc.record({
    k1: fc.array(fc.double({ min: 0.2, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
    b: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it('gives for every term and text what the formula gives, written out slowly', () => {
    fc.assert(
      fc.property(corpus, parameters, (texts, bm25) => {
        const writer = createRowWriter(texts.length);
        texts.forEach(writer.add);
        const rows = writer.rows();
        const {
          from,
          texts: found,
          impacts,
        } = indexTexts(
          rows,
          texts.map((_, row): readonly Part[] => [[row, row + 1]]),
          bm25,
        );
        for (const [number, term] of rows.terms.entries()) {
          for (let at = from[number] ?? 0; at < (from[number + 1] ?? 0); at++) {
            expect(impacts[at]).toBeCloseTo(slowScore(texts, term, texts[found[at] ?? 0] ?? [], bm25), 4);
            expect(impacts[at]).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

function slowScore(texts: readonly (readonly number[])[], term: number, text: readonly number[], { k1, b }: FieldBm25) {
  const count = text.filter((other) => other === term).length;
  const having = texts.filter((other) => other.includes(term)).length;
  const idf = Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
  let sum = 0;
  for (const [field, { kinds, weight }] of FIELDS.entries()) {
    if (!kinds.includes(kindOf(term))) continue;
    const lengthOf = (some: readonly number[]) => some.filter((other) => kinds.includes(kindOf(other))).length;
    const average = texts.reduce((all, other) => all + lengthOf(other), 0) / texts.length;
    const k = k1[field] ?? 0;
    sum += (weight * idf * count * (k + 1)) / (count + k * (1 - b + (b * lengthOf(text)) / average));
  }
  return sum;
}
