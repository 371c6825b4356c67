import type { Message, Update } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { inGroup, only, privately, useBot } from './harness.ts';

const bot = useBot();
const NOT_TEXT = '请用文字提问，比如：';
const UNCOVERED = '原文里没有说到这个';
const LIMIT = 4_096;

/** Text that is nobody's question, and what a private chat hears in return. */
const TEXTS: readonly (readonly [string, string, string])[] = [
  ['blank', ' \u3000\n\t ', NOT_TEXT],
  ['emoji only', '😀👍🏽👨‍👩‍👧‍👦🇨🇳', NOT_TEXT],
  ['punctuation only', '？！。……——', NOT_TEXT],
  ['a URL', 'https://example.com/a?b=c#d', ''],
  ['4,096 times one character', '问'.repeat(LIMIT), ''],
  ['4,096 units of emoji', '😀'.repeat(LIMIT / 2), NOT_TEXT],
  ['4,096 question marks', '?'.repeat(LIMIT), NOT_TEXT],
  ['4,096 characters of questions', '社区工作者有体检吗？'.repeat(410).slice(0, LIMIT), ''],
  ['4,096 letters', 'a'.repeat(LIMIT), ''],
  ['4,096 digits', '9'.repeat(LIMIT), ''],
  ['4,096 lines', `${'\n'.repeat(LIMIT - 1)}问`, ''],
  ['control characters', '\u0000\u0001\u0007\u001b[31m社区\u007f', ''],
  ['bidi and invisible characters', '\u202e社区\u2066工作者\u2069\u200b有\u200d体检\ufeff吗', '体检'],
  ['a lone high surrogate', '体检\ud83d', ''],
  ['a lone low surrogate', '\udc00体检', ''],
  ['nothing but lone surrogates', '\ud800\ud800\udfff', NOT_TEXT],
  ['combining marks without end', `问${'\u0301'.repeat(2_000)}`, ''],
  ['HTML', '<b>社区</b><script>alert(1)</script> &amp; <a href="tg://user?id=1">x</a>', ''],
  ['Markdown', '*_~`[x](http://a)`~_* ||社区|| ```js\n```', ''],
  ['SQL', "'; drop table outbox; --", ''],
  ['a format string', '%s%n{} $BOT_TOKEN {{7*7}}', ''],
  ['words that JavaScript objects have', 'constructor __proto__ toString', ''],
  ['a slash', '/', ''],
  ['an at sign', '@', NOT_TEXT],
  ['a regular expression that never ends', `${'(a+)+$'.repeat(50)}`, ''],
];

describe('bad input in private', () => {
  it.each(TEXTS)('%s gets one polite reply', async (_, text, expected) => {
    const { chat, user } = privately(bot());
    const reply = only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, text)));
    expect(reply.text).toContain(expected);
  });

  it('nothing at all', async () => {
    const { chat, user } = privately(bot());
    expect(only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, ''))).text).toContain(NOT_TEXT);
  });
});

describe('bad input in a group', () => {
  it.each(TEXTS)('%s by mention gets at most one reply', async (_, text) => {
    const { chat, user } = inGroup(bot());
    const said = `@wence_bot ${text}`.slice(0, LIMIT);
    const replies = await bot().replies(chat, () => bot().emulator.people.say(chat, user, said));
    expect(replies.length).toBeLessThanOrEqual(1);
  });

  it.each(TEXTS)('%s by /ask and to a document gets at most one reply each', async (_, text) => {
    const { chat, user } = inGroup(bot());
    const replies = await bot().replies(chat, () => {
      bot().emulator.people.say(chat, user, `/ask ${text}`.slice(0, LIMIT));
      bot().emulator.people.say(chat, user, `/pilot ${text}`.slice(0, LIMIT));
    });
    expect(replies.length).toBeLessThanOrEqual(2);
  });

  it('none of it is kept but what was asked and not covered, as text alone', async () => {
    await bot().settled();
    expect(bot().warnings).toEqual([]);
  });
});

describe('updates that lack what is optional, or hold what is unknown', () => {
  const from = { id: 77, is_bot: false, first_name: '赵' };
  const chat = { id: 77, type: 'private', first_name: '赵' };
  const group = { id: -1_009_999, type: 'supergroup', title: '' };
  const message = { message_id: 1, date: 1, chat, from };
  const bare = { message_id: 1, date: 0, chat };

  it.each<[string, object]>([
    ['an update without anything', {}],
    ['an update of a kind that comes later', { telepathy: { thought: '社区' } }],
    ['a message without text', { message }],
    ['a message without a sender', { message: { ...bare, text: '社区工作者有体检吗' } }],
    ['a message of an unknown kind', { message: { ...message, hologram: { size: 3 } } }],
    [
      'a message in a chat of an unknown kind',
      { message: { ...message, chat: { id: -5, type: 'metaverse' }, text: '问' } },
    ],
    [
      'an entity of an unknown kind',
      { message: { ...message, text: '社区', entities: [{ type: 'glow', offset: 0, length: 2 }] } },
    ],
    [
      'entities beyond the text',
      { message: { ...message, chat: group, text: '@', entities: [{ type: 'mention', offset: 5, length: 99 }] } },
    ],
    [
      'a text mention without a user',
      {
        message: { ...message, chat: group, text: '问策', entities: [{ type: 'text_mention', offset: 0, length: 2 }] },
      },
    ],
    ['an edit of what we never saw', { edited_message: { ...message, text: '社区工作者有体检吗', edit_date: 2 } }],
    ['a press without data', { callback_query: { id: '1', from, chat_instance: '1' } }],
    [
      'a press below an inline message',
      { callback_query: { id: '1', from, chat_instance: '1', inline_message_id: 'x', data: '1u:17tau528or1' } },
    ],
    ['a press on a game', { callback_query: { id: '1', from, chat_instance: '1', game_short_name: 'x' } }],
    ['a membership in a channel', { my_chat_member: member({ id: -1_001, type: 'channel', title: '频道' }) }],
    ['a membership by nobody', { my_chat_member: { ...member(group), from: undefined } }],
    ['an inline query without words', { inline_query: { id: '1', from, query: '', offset: '' } }],
    [
      'a reply to nothing that can be seen',
      { message: { ...message, text: '社区', reply_to_message: { message_id: 3, date: 0, chat } } },
    ],
    ['a migration to where it was', { message: { ...message, chat: group, migrate_to_chat_id: group.id } }],
    ['an unknown status', { my_chat_member: { ...member(group), new_chat_member: { status: 'revered', user: bot } } }],
  ])('%s is no reason to stumble', async (_, update) => {
    const { emulator, settled } = bot();
    const warned = bot().warnings.length;
    emulator.raw(update as Partial<Update>);
    const room = privately(bot());
    const say = () => emulator.people.say(room.chat, room.user, '社区工作者有体检吗');
    expect(only(await bot().replies(room.chat, say)).text).toContain('体检');
    await settled();
    const ours = bot()
      .warnings.slice(warned)
      .filter((line) => line.startsWith('处理一条更新时出错'));
    expect(ours).toEqual([]);
  });

  function member(where: object) {
    const status = (name: string) => ({ status: name, user: { id: 7_000_000_001, is_bot: true, first_name: '问策' } });
    return { chat: where, from, date: 1, old_chat_member: status('left'), new_chat_member: status('member') };
  }
});

it('a question that the sources do not cover is told so', async () => {
  const { chat, user } = privately(bot());
  const reply: Message = only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, '红烧肉怎么做')));
  expect(reply.text).toContain(UNCOVERED);
});
