import type { MessageEntity } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import { detectEntities } from '../src/detect.ts';
import { formatText, nestingProblems } from '../src/formatting.ts';

const bold = (offset: number, length: number): MessageEntity => ({ type: 'bold', offset, length });
const quote = (offset: number, length: number): MessageEntity => ({ type: 'blockquote', offset, length });

describe('entities outside of the text or inside of a character are refused', () => {
  const cases: readonly [text: string, offset: number, length: number, reason: string][] = [
    ['👉 a', 1, 1, 'entity begins in a middle of a UTF-16 symbol at byte offset 4'],
    ['👉 a', 0, 1, 'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4'],
    ['aba caba', 3, 6, 'entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 9'],
    ['aba caba', 9, 1, 'entity begins after the end of the text at UTF-16 offset 9'],
    ['aba caba', -1, 1, 'receive an entity with incorrect offset -1'],
    ['aba caba', 0, -1, 'receive an entity with incorrect length -1'],
  ];
  test.each(cases)('%j at %i, %i long', (text, offset, length, reason) => {
    expect(formatText(text, [bold(offset, length)])).toMatchObject({
      ok: false,
      description: `Bad Request: ${reason}`,
    });
  });
});

describe('a text is cleaned and trimmed, its entities moving along', () => {
  const cases: readonly [
    name: string,
    text: string,
    entities: MessageEntity[],
    expected: string,
    left: MessageEntity[],
  ][] = [
    ['white space at both ends goes', '  好的 \n', [], '好的', []],
    ['leading white space before the first entity goes', '  好的', [bold(3, 1)], '好的', [bold(1, 1)]],
    ['an entity gives up the blanks it begins with', '  好的', [bold(0, 4)], '好的', [bold(0, 2)]],
    ['an entity ends where the text ends', '好的  ', [bold(0, 4)], '好的', [bold(0, 2)]],
    ['an entity of blanks alone goes', '好  的', [bold(1, 2)], '好  的', []],
    ['an empty entity goes', '好的', [bold(1, 0)], '好的', []],
    ['carriage returns vanish', '好\r\n的', [bold(3, 1)], '好\n的', [bold(2, 1)]],
    ['control characters become spaces', '好\u0007的', [], '好 的', []],
    ['a quotation in a quotation goes', '好好好好', [quote(0, 4), quote(1, 2)], '好好好好', [quote(0, 4)]],
    ['bold in a quotation stays', '好好好好', [quote(0, 4), bold(1, 2)], '好好好好', [quote(0, 4), bold(1, 2)]],
    [
      'only a hundred entities count',
      '好'.repeat(120),
      Array.from({ length: 120 }, (_, i) => bold(i, 1)),
      '好'.repeat(120),
      Array.from({ length: 100 }, (_, i) => bold(i, 1)),
    ],
  ];
  test.each(cases)('%s', (_, text, entities, expected, left) => {
    expect(formatText(text, entities)).toEqual({ text: expected, entities: left });
  });

  test('a mention in a quotation is marked by Telegram itself', () => {
    expect(formatText('见 @test_bot 说明', [quote(0, 13)])).toMatchObject({
      entities: [quote(0, 13), { type: 'mention', offset: 2, length: 9 }],
    });
  });
});

describe('nesting that Telegram would silently repair is reported', () => {
  const link: MessageEntity = { type: 'text_link', offset: 2, length: 2, url: 'https://example.com' };
  const cases: readonly [name: string, entities: MessageEntity[], problems: number][] = [
    ['side by side', [bold(0, 2), bold(2, 2)], 0],
    ['bold in a quotation', [quote(0, 4), bold(1, 2)], 0],
    ['a link in a quotation', [quote(0, 4), link], 0],
    ['a quotation in a quotation', [quote(0, 4), quote(1, 2)], 1],
    ['an expandable one in a quotation', [quote(0, 4), { type: 'expandable_blockquote', offset: 1, length: 2 }], 1],
    ['crossing', [bold(0, 3), { type: 'italic', offset: 2, length: 3 }], 1],
    ['a quotation in a link', [{ ...link, offset: 0, length: 4 }, quote(1, 2)], 1],
    ['code in bold', [bold(0, 4), { type: 'code', offset: 1, length: 2 }], 1],
  ];
  test.each(cases)('%s', (_, entities, problems) => {
    expect(nestingProblems(entities)).toHaveLength(problems);
  });
});

describe('what Telegram marks in a typed text', () => {
  const cases: readonly [text: string, marked: string[]][] = [
    ['@test_bot 待遇', ['mention @test_bot']],
    ['请问 @test_bot', ['mention @test_bot']],
    ['请问@test_bot 待遇', []],
    ['@test_bot待遇', []],
    ['（@test_bot）', ['mention @test_bot']],
    ['，@test_bot，', ['mention @test_bot']],
    ['/ask 外资', ['bot_command /ask']],
    ['/ask@test_bot 外资', ['bot_command /ask@test_bot']],
    ['/ask外资', []],
    ['/ask@test_bot外资', []],
    ['/ask@t 外资', []],
    ['/ask@test_bot@other_bot', ['bot_command /ask@test_bot']],
    ['/ask/help', []],
    ['/Measures', ['bot_command /Measures']],
    ['a/b 和 1/2', []],
    ['看 https://www.gov.cn/a?b=1。', ['url https://www.gov.cn/a?b=1']],
    ['看 www.gov.cn 吧', ['url www.gov.cn']],
    ['写信到 a.b@example.com', ['email a.b@example.com']],
    ['#测试用语 的', ['hashtag #测试用语']],
    ['#123', []],
    ['#l·l', ['hashtag #l·l']],
    ['#一#二', []],
    ['$USD 和 $1INCH，$usd、$$A 不算', ['cashtag $USD', 'cashtag $1INCH']],
    ['没有什么', []],
  ];
  test.each(cases)('%s', (text, marked) => {
    const found = detectEntities(text).map(
      ({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`,
    );
    expect(found).toEqual(marked);
  });

  test('a name can stand for a user without a username', () => {
    const user = { id: 5, is_bot: false, first_name: '小王' };
    expect(detectEntities('请小王说 /ask', [{ text: '小王', user }])).toEqual([
      { type: 'text_mention', offset: 1, length: 2, user },
      { type: 'bot_command', offset: 5, length: 4 },
    ]);
  });
});
