import { describe, expect, it } from 'vitest';
import { BIGRAM, bigram, CHARACTER, RUN } from '../../src/index/terms.ts';
import { createAnalyzer } from '../../src/phrasings/analysis.ts';
import { numbersIn } from '../../src/phrasings/question.ts';
import { CONCEPT, conceptTerm, kindOf, TYPE, typeTerm, WORD, wordTerm } from '../../src/phrasings/terms.ts';
import { readingOf } from './reading.ts';

const unit = (character: string) => character.charCodeAt(0);

describe('terms', () => {
  it.each([
    [CHARACTER, unit('社')],
    [BIGRAM, bigram(unit('社'), unit('区'))],
    [BIGRAM, bigram(unit('\u{9fff}'), unit('\u{9fff}'))],
    [BIGRAM, bigram(0xd840, 0xdc00)],
    [RUN, [...numbersIn('2024')][0] ?? 0],
    [WORD, wordTerm('社区工作者')],
    [CONCEPT, conceptTerm(0)],
    [CONCEPT, conceptTerm(100_000)],
    [TYPE, typeTerm(14)],
  ])('kind %i has a room of its own: %i', (kind, term) => {
    expect(kindOf(term)).toBe(kind);
  });
});

describe('createAnalyzer', () => {
  const analyzer = createAnalyzer([{ text: '社会保险', say: ['社保', '五险'] }]);

  it('of a question, question words are in the wording and not in the content', () => {
    const [terms] = analyzer.questions(['社保谁交']);
    const [first, second] = [unit('社'), unit('保')];
    expect(terms?.content).toEqual([first, second, bigram(first, second), unit('交'), conceptTerm(0)]);
    expect(terms?.wording).toContain(bigram(unit('谁'), unit('交')));
    expect(terms?.wording).toContain(conceptTerm(0));
    expect(terms?.types).toHaveLength(1);
  });

  it('a passage asks nothing', () => {
    const [terms] = analyzer.passages(['谁交']);
    expect(terms).toMatchObject({ wording: [], types: [] });
    expect(terms?.content).toContain(unit('谁'));
  });
});

describe('createQuestionReader', () => {
  const { ask, reading } = readingOf(
    [{ passage: '社区工作者', ask: ['外资股比IDC', '签劳动合同要社保吗'] }],
    [{ text: '社会保险', say: ['社保'] }],
  );

  it('numbers what the texts have; what they have not stays, each term once', () => {
    const { content, unknown } = ask('外资外资甲');
    expect(new Set(content.terms).size).toBe(content.terms.length);
    for (const [at, number] of content.numbers.entries()) {
      if (number >= 0) expect(reading.content.terms[number]).toBe(content.terms[at]);
    }
    expect(content.numbers.filter((number) => number < 0)).toHaveLength(3); // 甲, 资外, 资甲
    expect(unknown).toBeGreaterThan(0);
    expect(ask('外资').unknown).toBe(0);
    expect(ask('👍').unknown).toBe(1);
  });

  it('a word of unknown letters counts as a bigram and as a word', () => {
    expect(ask('外资 xyz').unknown).toBeCloseTo(2 / (2 + 2), 5);
  });

  it('a concept that was both written and meant comes twice, one that was only meant once', () => {
    expect(ask('外资社保').concepts).toHaveLength(1);
    expect(ask('签劳动合铜要社保').concepts).toHaveLength(2);
  });

  it('beside what is meant stands of what was written only what is known', () => {
    const { content, changed, core } = ask('签劳动合铜');
    expect(changed).toBeCloseTo(1 / 5, 5);
    expect(core).toBe('签劳动合同');
    expect(content.numbers.every((number) => number >= 0)).toBe(true);
  });
});
