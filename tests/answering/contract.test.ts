import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Quote } from '../../src/answering/answer.ts';
import { type Answerer, createAnswerer } from '../../src/answering/answerer.ts';
import { keyOf } from '../../src/answering/key.ts';
import { cut, type Document, type Library, type Section } from '../../src/knowledge/document.ts';
import { QUOTE_LIMIT } from '../../src/knowledge/schema.ts';
import { createRetriever } from '../../src/phrasings/retriever.ts';
import { phrasedOf } from '../../src/phrasings/targets.ts';
import { readDocument } from '../../src/reading/reading.ts';
import { NO_TEXTS } from '../../src/retrieval/search.ts';
import { shippedEngine } from '../shipped.ts';

let library: Library;
let answerer: Answerer;
beforeAll(async () => {
  ({ library, answerer } = await shippedEngine());
});

describe('every point and section, opened by its key', () => {
  it('keys are unique and at most 11 characters of 0-9a-z', () => {
    const keys = phrasedOf(library.documents).map(({ target }) => keyOf(target));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !/^[0-9a-z]{1,11}$/.test(key))).toEqual([]);
  });

  it('a key is the same as long as the ids are', () => {
    const [first] = phrasedOf(library.documents);
    expect(first && keyOf(first.target)).toBe(KEY_OF_THE_HEADLINE);
  });

  it('answers within the contract', () => {
    for (const { target } of phrasedOf(library.documents)) {
      const answer = answerer.open(keyOf(target));
      expect(answer?.key).toBe(keyOf(target));
      expect(answer).toMatchObject({ confidence: 1, whole: target.kind === 'section' });
      if (answer) keepsContract(answer);
    }
  });

  it('a point is its quote, and its answer a part of it', () => {
    for (const { target } of phrasedOf(library.documents)) {
      if (target.kind !== 'point') continue;
      const answer = answerer.open(keyOf(target));
      expect(answer?.quotes.map(({ text }) => text)).toEqual([cut(target.document, target.point.quote)]);
      expect(cut(target.document, target.point.quote)).toContain(answer?.answer);
    }
  });

  it('a section is in order and together holds every point’s quote', () => {
    for (const { target } of phrasedOf(library.documents)) {
      if (target.kind !== 'section') continue;
      const { quotes = [] } = answerer.open(keyOf(target)) ?? {};
      inOrder(quotes);
      for (const point of target.section.points) {
        expect(uncovered(target.document, point.quote, quotes), point.id).toBe('');
      }
    }
  });

  it('a key of nothing opens nothing', () => {
    expect(answerer.open('')).toBeUndefined();
    expect(answerer.open('nothing')).toBeUndefined();
  });
});

describe('whatever is asked', () => {
  // What shares no word with the knowledge is compared with every English phrasing, which takes its time.
  const MANY = 150;
  const FEW = 25;

  it.each([
    ['any units at all', MANY, fc.string({ unit: 'binary', maxLength: 300 })],
    ['characters with their marks', FEW, fc.string({ unit: 'grapheme', maxLength: 200 })],
    ['lone surrogates', MANY, fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 60 }).map(unitsOf)],
    [
      'Han characters',
      MANY,
      fc.string({ unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((unit) => unitsOf([unit])) }),
    ],
    ['Latin words', FEW, fc.lorem({ maxCount: 30 })],
    ['addresses', FEW, fc.webUrl({ withFragments: true, withQueryParameters: true })],
    ['what looks like JSON', FEW, fc.json()],
    ['pieces of questions and of mischief', MANY, fc.array(pieces(), { maxLength: 12 }).map((parts) => parts.join(''))],
  ])('%s: an answer that keeps the contract', (_, numRuns, texts) => {
    fc.assert(
      fc.property(texts, (question) => keepsContract(answerer.answer(question))),
      { numRuns },
    );
  });

  it.each([
    ['4096 of one character', '社'.repeat(4096)],
    ['4096 of one emoji', '👍'.repeat(2048)],
    ['4096 characters of nothing', '\u200b'.repeat(4096)],
    ['4096 spaces and a word', `${' '.repeat(4094)}体检`],
    ['4096 marks on one letter', `a${'\u0301'.repeat(4095)}`],
    ['4096 lone surrogates', '\udc00'.repeat(4096)],
    ['4096 digits', '7'.repeat(4096)],
    ['a question over and over', '社区工作者劳动合同跟谁签？'.repeat(315).slice(0, 4096)],
    ['question words over and over', '请问什么是怎么'.repeat(585)],
    ['English over and over', 'what is the foreign share cap '.repeat(136)],
    ['a bidi override', '\u202e签谁跟同合\u202c'],
    ['markup', '<b>体检</b> *体检* [体检](http://a) `体检` {{体检}} </script>'],
    ['a link', 'https://t.me/joinchat/AAAA?start=%E7%A4%BE%E5%8C%BA'],
    ['a command', '/ask@wence_bot 体检'],
    ['an object’s own names', '__proto__ constructor toString hasOwnProperty'],
    ['a pattern', '(.*)+$ [^ \\u{ $1 体检'],
    ['null', '\u0000'],
  ])('%s', (_, question) => {
    const answer = answerer.answer(question);
    keepsContract(answer);
    expect(answerer.answer(question)).toEqual(answer);
  });

  it('every 4096 characters of anything', () => {
    const long = fc.string({
      unit: fc.oneof(pieces(), fc.constantFrom('社', 'a', '👍', ' ')),
      minLength: 1500,
      maxLength: 4096,
    });
    fc.assert(
      fc.property(long, (text) => keepsContract(answerer.answer(text.slice(0, 4096)))),
      { numRuns: 15 },
    );
  });

  it('within one document, nothing is quoted from another', () => {
    for (const { id } of library.documents) {
      for (const question of ['体检', '外资股比', '防火标语', '全部内容', '谁']) {
        const answer = answerer.answer(question, { within: id });
        keepsContract(answer);
        for (const { document } of quotesIn(answer)) expect(document.id).toBe(id);
      }
    }
  });

  it('within a document that is not there, everything is uncovered', () => {
    expect(answerer.answer('体检', { within: 'nowhere' })).toMatchObject({
      outcome: 'unanswered',
      reason: 'uncovered',
    });
  });
});

describe('long quotes of a section are cut into pieces', () => {
  it.each([
    ['of whole sentences', `${'甲'.repeat(90)}。${'乙'.repeat(90)}。`, ['甲', '乙']],
    ['of clauses, where a sentence is too long', `${'甲'.repeat(90)}，${'乙'.repeat(90)}。`, ['甲', '乙']],
    ['anywhere, where a clause is too long', '甲'.repeat(400), ['甲', '甲', '甲']],
    ['but never inside a character', `a${'𠮷'.repeat(200)}`, ['a', '𠮷', '𠮷']],
  ])('%s', (_, paragraph, beginnings) => {
    const small = libraryOf(paragraph);
    const document = small.documents[0] as Document;
    const section = document.sections[0] as Section;
    const answer = createAnswerer({
      library: small,
      readings: small.documents.map(readDocument),
      retriever: createRetriever(small),
      texts: NO_TEXTS,
    }).open(keyOf({ kind: 'section', document, section }));
    const quotes = answer?.quotes ?? [];
    expect(quotes.map(({ text }) => String.fromCodePoint(text.codePointAt(0) ?? 0))).toEqual(beginnings);
    expect(quotes.map(({ text }) => text).join('')).toBe(paragraph);
    for (const { text } of quotes) {
      expect(text.length).toBeLessThanOrEqual(QUOTE_LIMIT);
      expect(text).toSatisfy((part: string) => part.isWellFormed());
    }
  });
});

/** Buttons in old messages carry it. */
const KEY_OF_THE_HEADLINE = 'pfks6yzwdu';

function quotesIn(answer: Answer): readonly Quote[] {
  const related = answer.related.flatMap(({ quotes }) => quotes);
  return answer.outcome === 'answered' ? [...answer.quotes, ...related] : related;
}

function keepsContract(answer: Answer): void {
  if (!(answer.confidence >= 0 && answer.confidence <= 1)) throw new Error(`confidence ${answer.confidence}`);
  for (const { text, document, paragraph, start, end } of quotesIn(answer)) {
    if (text === '' || text !== document.paragraphs[paragraph]?.slice(start, end)) {
      throw new Error(`not verbatim: ${text}`);
    }
  }
  const keys = answer.related.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  if (answer.outcome === 'answered') {
    const { quotes, whole, title, section, related } = answer;
    expect(quotes[0].text.length).toBeLessThanOrEqual(QUOTE_LIMIT);
    expect(new Set(quotes.map(({ document }) => document)).size).toBe(1);
    expect(whole || quotes.length === 1).toBe(true);
    expect([title, section]).not.toContain('');
    expect(related.length).toBeLessThanOrEqual(3);
    expect(keys).not.toContain(answer.key);
  } else if (answer.outcome === 'related') {
    expect(answer.related.length).toBeGreaterThan(0);
    expect(answer.related.length).toBeLessThanOrEqual(4);
  } else {
    expect(answer.related).toEqual([]);
  }
}

function inOrder(quotes: readonly Quote[]): void {
  for (const [i, quote] of quotes.entries()) {
    const before = quotes[i - 1];
    if (!before) continue;
    const later =
      quote.paragraph > before.paragraph || (quote.paragraph === before.paragraph && quote.start >= before.end);
    expect(later, quote.text).toBe(true);
  }
}

/** What of a span no quote holds, white space aside. */
function uncovered(
  document: Document,
  span: { paragraph: number; start: number; end: number },
  quotes: readonly Quote[],
): string {
  let rest = '';
  for (let at = span.start; at < span.end; at++) {
    const held = quotes.some(({ paragraph, start, end }) => paragraph === span.paragraph && start <= at && at < end);
    if (!held) rest += document.paragraphs[span.paragraph]?.charAt(at);
  }
  return rest.trim();
}

function unitsOf(units: readonly number[]): string {
  return String.fromCharCode(...units);
}

function pieces(): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...['社区工作者', '外资', 'IDC', '多少', '请问', '体检', '，', '？', '50%', '都有哪些', '資料中心', '谢谢', '你好'],
    ...['\u202e', '\u200b', '\ud83d', '\udc4d', '👍', '<b>', '](', '&amp;', '\u0000', '\n', '__proto__', 'é', '𠮷'],
  );
}

function libraryOf(paragraph: string): Library {
  const span = { paragraph: 0, start: 0, end: paragraph.length };
  const point = { id: 'p', title: '点', quote: span, answer: span, ask: ['问'], not: [] };
  const section: Section = {
    id: 's',
    title: '节',
    heading: undefined,
    ofClauses: false,
    ask: [],
    points: [point],
  };
  const document: Document = {
    ...{ id: 'd', title: '题', subtitle: undefined, label: '题', publisher: undefined, reporters: [], about: [] },
    ...{ url: undefined, effective: undefined, expires: undefined, supersededBy: undefined },
    ...{ region: undefined, audience: undefined },
    ...{
      number: undefined,
      published: undefined,
      dates: [],
      command: undefined,
      paragraphs: [paragraph],
      sections: [section],
      slogans: [],
    },
  };
  return { documents: [document], terms: [] };
}
