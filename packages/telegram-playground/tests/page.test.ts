import type { MessageEntity } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import { safeLink, startPayload } from '../src/page/links.ts';
import { cut, type Piece } from '../src/page/pieces.ts';
import { insertMention, triggerAt } from '../src/page/suggestions.ts';

// What of the page needs no browser.

function show(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : `<${piece.entity.type}>${show(piece.pieces)}</>`))
    .join('');
}

const entity = (type: 'bold' | 'italic' | 'blockquote' | 'code', offset: number, length: number): MessageEntity => ({
  type,
  offset,
  length,
});

describe('a text is cut along its entities', () => {
  test.each<[string, string, MessageEntity[], string]>([
    ['none', '原文', [], '原文'],
    ['one inside', '看原文吧', [entity('bold', 1, 2)], '看<bold>原文</>吧'],
    ['nested', 'abcd', [entity('bold', 0, 4), entity('italic', 1, 2)], '<bold>a<italic>bc</>d</>'],
    ['crossing', 'abcd', [entity('bold', 0, 3), entity('italic', 2, 2)], '<bold>ab<italic>c</></><italic>d</>'],
    ['after a surrogate pair', '😀粗', [entity('bold', 2, 1)], '😀<bold>粗</>'],
    ['a quotation takes its line breaks', '答\n引\n出', [entity('blockquote', 2, 1)], '答<blockquote>引</>出'],
    ['an empty line stays', '答\n\n引', [entity('blockquote', 3, 1)], '答\n<blockquote>引</>'],
    ['beyond the end', 'ab', [entity('bold', 1, 9)], 'a<bold>b</>'],
  ])('%s', (_, text, entities, expected) => {
    expect(show(cut(text, entities))).toBe(expected);
  });
});

describe('what is being typed asks for', () => {
  test.each([
    ['/', 'command', ''],
    ['/As', 'command', 'as'],
    ['/ask 外资', undefined, undefined],
    ['请问/ask', undefined, undefined],
    ['@', 'mention', ''],
    ['请问@we', 'mention', 'we'],
    ['mail@we', undefined, undefined],
    ['@test_bot 外资 IDC', 'inline', '外资 IDC'],
    ['@Test_Bot ', 'inline', ''],
    ['@xiaolin 你好', undefined, undefined],
  ])('「%s」: %s', (text, kind, wanted) => {
    const trigger = triggerAt(text, text.length, 'test_bot');
    expect(trigger?.kind).toBe(kind);
    if (trigger) expect(trigger.kind === 'inline' ? trigger.query : trigger.prefix).toBe(wanted);
  });

  test('no inline query where the bot has no inline mode', () => {
    expect(triggerAt('@test_bot 外资', 12, undefined)).toBeUndefined();
  });

  test.each([
    ['@we', 0, 3, '@test_bot '],
    ['请问@we', 2, 5, '请问 @test_bot '],
    ['请问 @we 好', 3, 6, '请问 @test_bot 好'],
  ])('a mention in 「%s」 stands apart from words', (text, from, to, expected) => {
    expect(insertMention(text, { from, to }, 'test_bot').text).toBe(expected);
  });
});

describe('links', () => {
  test.each([
    ['https://t.me/test_bot?start=abc', 'abc'],
    ['https://t.me/Test_Bot', ''],
    ['https://t.me/other?start=abc', undefined],
    ['https://evil.example/test_bot?start=abc', undefined],
  ])('%s starts the bot with %s', (url, payload) => {
    expect(startPayload(url, 'test_bot')).toBe(payload);
  });

  test.each([
    ['javascript:alert(1)', undefined],
    [' javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['gov.cn/a', 'https://gov.cn/a'],
    ['http://gov.cn', 'http://gov.cn'],
  ])('%s leads to %s', (url, expected) => {
    expect(safeLink(url)).toBe(expected);
  });
});
