import { describe, expect, it } from 'vitest';
import type { Answered } from '../../src/answering/answer.ts';
import { engineOf } from '../../src/engine.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import type { Document, Library } from '../../src/knowledge/document.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { answerMessages } from '../../src/messages/answer.ts';
import { inlineResults } from '../../src/messages/inline.ts';
import { localeOf } from '../../src/messages/locale.ts';
import { placeOf } from '../../src/messages/source-line.ts';
import { standingOf } from '../../src/messages/standing.ts';
import { renderForTerminal } from '../../src/messages/terminal.ts';
import { CHINESE } from '../../src/messages/wording.ts';

const language = await loadLanguage();
const TEXT =
  '清溪区养犬管理办法\n第一条 为了规范养犬行为，制定本办法。\n第二条 遛犬的时间为早晨七点以前和晚上七点以后。';
const URL = 'https://www.qingxi.example/1.html';

function libraryOf(about: Partial<Document>): Library {
  const old = { ...plainDocument('old', TEXT), ...about };
  const successor = { ...plainDocument('new', '清溪区养犬管理规定\n第一条 本规定所称犬只，是指家养的狗。'), url: URL };
  return { documents: [old, successor], terms: [] };
}

/** The whole of what a reader is shown for a clause of the old document, and its links. */
function shown(about: Partial<Document>, today: string, code = 'zh-hans') {
  const library = libraryOf(about);
  const { answerer } = engineOf(library, language);
  const [found] = answerer.search('遛犬的时间', 1);
  const answer = answerer.open(found?.key ?? '') as Answered;
  const locale = { ...localeOf(code), today };
  const messages = answerMessages(answer, library, locale);
  const text = messages.map((message) => message.text).join('\n');
  const links = messages.flatMap(({ text: whole, entities }) =>
    entities.flatMap((entity) =>
      entity.type === 'text_link' ? [[whole.slice(entity.offset, entity.offset + entity.length), entity.url]] : [],
    ),
  );
  return { text, links, terminal: renderForTerminal(answer, library, { width: 80, color: false, today }) };
}

describe('a document that does not hold as it stands', () => {
  it.each<[Partial<Document>, string, RegExp]>([
    [{ expires: '2025-12-31' }, '2026-01-01', /⚠️ 这份文件的有效期到 2025-12-31 为止，现已过期。/],
    [{ effective: '2026-06-01' }, '2026-05-31', /⚠️ 这份文件从 2026-06-01 起施行，现在还没有生效。/],
    [{ supersededBy: 'new' }, '2026-01-01', /⚠️ 这份文件已被取代，请以《清溪区养犬管理规定》为准。/],
    [{ supersededBy: '《犬只管理条例》' }, '2026-01-01', /⚠️ 这份文件已被取代，请以《犬只管理条例》为准。/],
  ])('%o on %s is said above its words, in a chat and in a terminal', (about, today, notice) => {
    const { text, terminal } = shown(about, today);
    expect(text).toContain('早晨七点以前');
    expect(text).toMatch(notice);
    expect(text.search(notice)).toBeLessThan(text.indexOf('早晨七点以前'));
    expect(terminal).toMatch(notice);
  });

  it.each<[Partial<Document>, string]>([
    [{}, '2026-01-01'],
    [{ expires: '2025-12-31' }, '2025-12-31'],
    [{ effective: '2026-06-01' }, '2026-06-01'],
  ])('%o on %s holds, and nothing is said', (about, today) => {
    expect(shown(about, today).text).not.toContain('⚠️');
  });

  it('a successor that is at hand is linked to its page', () => {
    expect(shown({ supersededBy: 'new' }, '2026-01-01').links).toEqual([['清溪区养犬管理规定', URL]]);
  });

  it('is said in the reader’s script and language, and in what is inserted inline', () => {
    expect(shown({ expires: '2025-12-31' }, '2026-01-01', 'zh-hant').text).toContain('現已過期');
    expect(shown({ expires: '2025-12-31' }, '2026-01-01', 'en').text).toContain('no longer is');
    const library = libraryOf({ expires: '2025-12-31' });
    const found = engineOf(library, language).answerer.search('遛犬的时间', 1);
    expect(JSON.stringify(inlineResults(found, library, 'wence_bot', '2026-01-01'))).toContain('现已过期');
  });

  it('without a day only a successor counts', () => {
    const [old] = libraryOf({ expires: '2000-01-01' }).documents;
    expect(standingOf(old as Document, libraryOf({}), undefined)).toBeUndefined();
  });
});

describe('an answer’s source', () => {
  it('is linked to the official page', () => {
    const page = 'https://www.qingxi.example/old.html';
    const { links, terminal } = shown({ url: page }, '2026-01-01');
    expect(links).toEqual([['清溪区养犬管理办法', page]]);
    expect(terminal).toContain(page);
  });

  it.each([
    ['第四章 · 第二十九条 · （三）', '第四章 · 第二十九条第三项'],
    ['第二十九条之一 · （三）', '第二十九条之一第三项'],
    ['第三条 · （二） · 1', '第三条第二项第1目'],
    ['第4條 · 十一', '第4條第十一款'],
    ['第4條 · 二 · （一）', '第4條第二款第一目'],
    ['第二章 · 第五条', '第二章 · 第五条'],
    ['一、支持企业 · （一）加大力度', '一、支持企业 · （一）加大力度 · 第1段'],
  ])('%s is cited as %s', (section, place) => {
    const quotes = [{ text: '', document: plainDocument('d', ''), paragraph: 0, start: 0, end: 0 }];
    expect(placeOf({ section, quotes }, CHINESE)).toBe(place);
  });
});
