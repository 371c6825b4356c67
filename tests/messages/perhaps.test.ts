import { beforeAll, describe, expect, it } from 'vitest';
import type { Related } from '../../src/answering/answer.ts';
import { type Engine, engineOf } from '../../src/engine.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut } from '../../src/knowledge/document.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { answerMessages } from '../../src/messages/answer.ts';
import { localeOf } from '../../src/messages/locale.ts';
import type { Message } from '../../src/messages/message.ts';

const PARKING = `停车办法
第一章 收费
第一条 停车不足一个计时单位的不收取费用。
第二条 有下列情形之一的，免收停车费：
（一）执行任务的救护车；
（二）停放不超过三十分钟的。`;

const FAQ = `停车问答
停车费交到哪里？
停车费可以在物业服务中心交，也可以用手机交，还可以在出口的岗亭交给值班的保安，都会开具发票。`;

let engine: Engine;
beforeAll(async () => {
  const documents = [plainDocument('parking', PARKING), plainDocument('faq', FAQ)];
  engine = engineOf({ documents, terms: [] }, await loadLanguage());
});

/** The card of a few clauses, found by their words. */
function cardOf(clauses: readonly string[], code = 'zh-hans'): Message {
  const related = clauses.map((words): Related => {
    const found = engine.answerer.search(words, 20).find(({ quotes: [{ text }] }) => text.includes(words));
    if (!found) throw new Error(`not found: ${words}`);
    return found;
  });
  const answer = { outcome: 'related', degree: 'perhaps', confidence: 0.3, related } as const;
  const [message] = answerMessages(answer, engine.library, localeOf(code));
  return message as Message;
}

const buttonsOf = ({ buttons }: Message) => buttons.map((row) => row.map(({ text }) => text));

describe('the card of what may answer', () => {
  it('names a document once above what follows one another in it, and puts the place before the words', () => {
    const message = cardOf(['停车不足一个计时单位', '停放不超过三十分钟', '停车费可以在物业服务中心交']);
    expect(message.text.split('\n')).toEqual([
      '拿不准，最可能是这几处：',
      '',
      '停车办法',
      '1 · 第一章 收费 · 第一条',
      '第一条 停车不足一个计时单位的不收取费用。',
      '',
      '2 · 第一章 收费 · 第二条第二项',
      '第二条 有下列情形之一的，免收停车费：',
      '（二）停放不超过三十分钟的。',
      '',
      '停车问答',
      '3 · 停车费交到哪里？ · 第3段',
      FAQ.split('\n')[2],
    ]);
  });

  it('names it again after another', () => {
    const { text } = cardOf(['停车不足一个计时单位', '停车费可以在物业服务中心交', '停放不超过三十分钟']);
    expect(text.match(/^停车(?:办法|问答)$/gm)).toEqual(['停车办法', '停车问答', '停车办法']);
  });

  it('has short buttons: the number of an article, else how the words begin', () => {
    const message = cardOf(['停车不足一个计时单位', '停放不超过三十分钟', '停车费可以在物业服务中心交']);
    expect(buttonsOf(message)).toEqual([
      ['1 · 第一条'],
      ['2 · 第二条（二）'],
      ['3 · 停车费可以在物业服务中心交，也可以用手…'],
    ]);
    for (const text of buttonsOf(message).flat()) expect(text.length).toBeLessThanOrEqual(24);
  });

  it.each(['zh-hant', 'en'])('in %s the quotes stay as published', (code) => {
    const { text, entities } = cardOf(['停放不超过三十分钟', '停车费可以在物业服务中心交'], code);
    const quoted = entities.filter(({ type }) => type === 'blockquote');
    expect(quoted.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual([
      '第二条 有下列情形之一的，免收停车费：\n（二）停放不超过三十分钟的。',
      FAQ.split('\n')[2],
    ]);
  });
});

describe('a clause is called', () => {
  it.each([
    ['停车不足一个计时单位', '第一条 停车不足一个计时单位的不收取费用'],
    ['执行任务的救护车', '第二条（一）执行任务的救护车'],
    [
      '停车费可以在物业服务中心交',
      '停车费可以在物业服务中心交，也可以用手机交，还可以在出口的岗亭交给值班的保安，都会开具发票',
    ],
  ])('by its number and how it begins: %s', (words, name) => {
    const found = engine.answerer.search(words, 20).find(({ quotes: [{ text }] }) => text.includes(words));
    expect(found?.name).toBe(name);
    expect(found && cut(found.quotes[0].document, found.quotes[0])).toBe(found?.quotes[0].text);
  });
});
