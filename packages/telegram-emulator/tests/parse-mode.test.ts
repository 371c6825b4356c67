import type { MessageEntity } from '@grammyjs/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHtml } from '../src/parse-mode/html.ts';
import { parseMarkdown } from '../src/parse-mode/markdown.ts';
import { parseMarkdownV2 } from '../src/parse-mode/markdown-v2.ts';
import type { ParseMode } from '../src/parse-mode/marked.ts';
import { isFailure } from '../src/reply.ts';
import { start } from './harness.ts';

const SOMEBODY = { id: 5, is_bot: false, first_name: '小王' };

/** What is marked, in the order of the ends: `type(argument) text`; or the error. */
function shown(parse: ParseMode, source: string): readonly string[] {
  const marked = parse(source, (id) => (id === SOMEBODY.id ? SOMEBODY : undefined));
  if (isFailure(marked)) return [marked.description.replace("Bad Request: can't parse entities: ", '! ')];
  return [marked.text, ...marked.entities.map((entity) => `${label(entity)} ${cut(marked.text, entity)}`)];
}

function label(entity: MessageEntity): string {
  switch (entity.type) {
    case 'text_link':
      return `text_link(${entity.url})`;
    case 'text_mention':
      return `text_mention(${entity.user.id})`;
    case 'custom_emoji':
      return `custom_emoji(${entity.custom_emoji_id})`;
    case 'pre':
      return entity.language === undefined ? 'pre' : `pre(${entity.language})`;
    default:
      return entity.type;
  }
}

const cut = (text: string, { offset, length }: MessageEntity) => text.slice(offset, offset + length);

type Case = readonly [source: string, ...shown: string[]];

// The examples of https://core.telegram.org/bots/api#formatting-options are among them.

describe('HTML', () => {
  const cases: readonly Case[] = [
    ['没有标记', '没有标记'],
    ['<b>粗</b><strong>体</strong>', '粗体', 'bold 粗', 'bold 体'],
    ['<i>a</i><em>b</em><u>c</u><ins>d</ins>', 'abcd', 'italic a', 'italic b', 'underline c', 'underline d'],
    ['<s>a</s><strike>b</strike><del>c</del>', 'abc', 'strikethrough a', 'strikethrough b', 'strikethrough c'],
    ['<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', 'ab', 'spoiler a', 'spoiler b'],
    ['<b>bold <i>italic</i> bold</b>', 'bold italic bold', 'italic italic', 'bold bold italic bold'],
    ['<a href="http://www.example.com/">inline URL</a>', 'inline URL', 'text_link(http://www.example.com/) inline URL'],
    ['<a href="example.com">x</a>', 'x', 'text_link(http://example.com/) x'],
    ['<a>example.com</a>', 'example.com', 'text_link(http://example.com/) example.com'],
    ['<a href="javascript:alert(1)">x</a>', 'x'],
    ['<a href="tg://user?id=5">他</a>', '他', 'text_mention(5) 他'],
    ['<a href="tg://user?id=6">谁</a>', '谁'],
    ['<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', '👍', 'custom_emoji(5368324170671202286) 👍'],
    ['<code>a</code><pre>b</pre>', 'ab', 'code a', 'pre b'],
    ['<pre><code class="language-python">x = 1</code></pre>', 'x = 1', 'pre(python) x = 1'],
    ['<code class="language-python"><pre>x</pre></code>', 'x', 'pre(python) x'],
    ['<pre><code class="language-python">x</code>y</pre>', 'xy', 'code x', 'pre xy'],
    ['<blockquote>a\nb</blockquote>', 'a\nb', 'blockquote a\nb'],
    ['<blockquote expandable>a</blockquote>', 'a', 'expandable_blockquote a'],
    ['<B>a</b >', 'a', 'bold a'],
    ['<b>a</>', 'a', 'bold a'],
    ['<b></b>a', 'a'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;', '1 < 2 && 3 > 2 "'],
    ['&#20320;&#x597d; &nbsp; &#0; &amp', '你好 &nbsp; &#0; &'],
    ['<a href="http://a.cn/?a=1&amp;b=2">x</a>', 'x', 'text_link(http://a.cn/?a=1&b=2) x'],
    ['<p>a</p>', '! Unsupported start tag "p" at byte offset 0'],
    ['1 < 2', '! Unsupported start tag "" at byte offset 2'],
    ['好<b', '! Unclosed start tag at byte offset 3'],
    ['好<b>a', '! Can\'t find end tag corresponding to start tag "b"'],
    ['<b>a</i>', '! Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['a</b>', '! Unexpected end tag at byte offset 1'],
    ['<b>a</b', '! Unclosed end tag at byte offset 4'],
    ['<span class="x">a</span>', '! Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<a href="x>a</a>', '! Unclosed start tag at byte offset 0'],
    ['<a href=x/y>a</a>', '! Unexpected end of name token at byte offset 8'],
    ['<a ="x">a</a>', '! Empty attribute name in the tag "a" at byte offset 0'],
    ['<tg-emoji emoji-id="x">a</tg-emoji>', '! Invalid custom emoji identifier specified'],
  ];
  test.each(cases)('%s', (source, ...expected) => {
    expect(shown(parseHtml, source)).toEqual(expected);
  });
});

describe('MarkdownV2', () => {
  const cases: readonly Case[] = [
    ['没有标记', '没有标记'],
    ['*bold \\*text*', 'bold *text', 'bold bold *text'],
    ['_italic_ __underline__', 'italic underline', 'italic italic', 'underline underline'],
    ['~a~ ||b||', 'a b', 'strikethrough a', 'spoiler b'],
    [
      '*bold _italic ~strike~ __under___*',
      'bold italic strike under',
      'strikethrough strike',
      'underline under',
      'italic italic strike under',
      'bold bold italic strike under',
    ],
    ['[inline URL](http://www.example.com/)', 'inline URL', 'text_link(http://www.example.com/) inline URL'],
    ['[x](http://a.cn/\\)\\\\)', 'x', 'text_link(http://a.cn/)\\) x'],
    ['[他](tg://user?id=5)', '他', 'text_mention(5) 他'],
    ['![👍](tg://emoji?id=5368324170671202286)', '👍', 'custom_emoji(5368324170671202286) 👍'],
    ['`inline _code_`', 'inline _code_', 'code inline _code_'],
    ['```\npre\n```', 'pre\n', 'pre pre\n'],
    ['```python\nx = 1.5\n```', 'x = 1.5\n', 'pre(python) x = 1.5\n'],
    ['>a\n>b\n后', 'a\nb\n后', 'blockquote a\nb'],
    ['前\n>a', '前\na', 'blockquote a'],
    ['>a\n**>b\n>c||', 'a\nb\nc', 'blockquote a', 'expandable_blockquote b\nc'],
    ['>a||b||', 'ab', 'spoiler b', 'blockquote ab'],
    ['**a', 'a'],
    ['1\\.5', '1.5'],
    ['1.5', "! Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['a|b', "! Character '|' is reserved and must be escaped with the preceding '\\'"],
    ['a>b', "! Character '>' is reserved and must be escaped with the preceding '\\'"],
    ['好*a', "! Can't find end of Bold entity at byte offset 3"],
    ['好```js\nx', "! Can't find end of PreCode entity at byte offset 3"],
    ['>*a\nb', "! Can't find end of Bold entity at byte offset 1"],
    ['[a](b', "! Can't find end of a URL at byte offset 4"],
    ['![a]', '! Custom emoji entity must contain a tg://emoji URL'],
  ];
  test.each(cases)('%s', (source, ...expected) => {
    expect(shown(parseMarkdownV2, source)).toEqual(expected);
  });
});

describe('the old Markdown', () => {
  const cases: readonly Case[] = [
    ['*粗* _斜_ `码`', '粗 斜 码', 'bold 粗', 'italic 斜', 'code 码'],
    ['*bold _not italic*', 'bold _not italic', 'bold bold _not italic'],
    ['1.5 - (a) > b!', '1.5 - (a) > b!'],
    ['\\_a\\*', '_a*'],
    ['[x](example.com)', 'x', 'text_link(http://example.com/) x'],
    ['[他](tg://user?id=5)', '他', 'text_mention(5) 他'],
    ['[example.com]', 'example.com', 'text_link(http://example.com/) example.com'],
    ['```python\nx\n```', 'x\n', 'pre(python) x\n'],
    ['好_a', "! Can't find end of the entity starting at byte offset 3"],
  ];
  test.each(cases)('%s', (source, ...expected) => {
    expect(shown(parseMarkdown, source)).toEqual(expected);
  });
});

test('whatever is sent is read, or refused; entities stay within the text', () => {
  const pieces = fc.constantFrom(
    ...[
      '<',
      '>',
      '</b>',
      '<b>',
      '<a href="',
      '"',
      '&lt;',
      '&#',
      '*',
      '_',
      '__',
      '~',
      '||',
      '`',
      '```',
      '[',
      '](',
      ')',
      '!',
      '\\',
      '\n',
      '好',
      '😀',
      ' ',
    ],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      for (const parse of [parseHtml, parseMarkdown, parseMarkdownV2]) {
        const marked = parse(parts.join(''), () => undefined);
        if (isFailure(marked)) continue;
        for (const { offset, length } of marked.entities) {
          expect(offset >= 0 && length > 0 && offset + length <= marked.text.length).toBe(true);
        }
      }
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

test('what was marked stands in the message: texts, captions, edits', async () => {
  const { emulator, send, ok } = await start();
  const user = emulator.places.user();
  const chat_id = emulator.places.privateChat(user).id;
  const sent = await send({ chat_id, text: ' <b>粗</b>体 ', parse_mode: 'HTML' });
  expect(sent).toMatchObject({ text: '粗体', entities: [{ type: 'bold', offset: 0, length: 1 }] });
  const edited = await ok('editMessageText', {
    chat_id,
    message_id: sent.message_id,
    text: `[他](tg://user?id=${user.id})`,
    parse_mode: 'MarkdownV2',
  });
  expect(edited).toMatchObject({ text: '他', entities: [{ type: 'text_mention', user: { id: user.id } }] });
});
