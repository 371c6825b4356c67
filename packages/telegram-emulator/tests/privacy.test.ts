import type { Message, User } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import type { SayOptions } from '../src/controls/people.ts';
import type { Emulator } from '../src/emulator.ts';
import { start, summary } from './harness.ts';

interface Scene {
  readonly emulator: Emulator;
  readonly bot: User;
  readonly fromBot: Message;
  readonly fromOther: Message;
}

describe('privacy mode delivers from a group only what is addressed to the bot', () => {
  const cases: readonly [name: string, text: string, options: (scene: Scene) => SayOptions, heard: boolean][] = [
    ['talk', '大家好', () => ({}), false],
    ['a command', '/measures', () => ({}), true],
    ['a command to this bot', '/ask@TEST_bot 待遇', () => ({}), true],
    ['a command to another bot', '/ask@other_bot 待遇', () => ({}), false],
    ['a mention', '@Test_Bot 待遇', () => ({}), true],
    ['a mention of another', '@other_bot 待遇', () => ({}), false],
    ['a mention glued to Chinese, which is none', '请问@test_bot待遇', () => ({}), false],
    ['a name that stands for the bot', '测试，待遇', ({ bot }) => ({ mentions: [{ text: '测试', user: bot }] }), true],
    ['a reply to the bot', '再说说', ({ fromBot }) => ({ replyTo: fromBot }), true],
    ['a reply to another', '再说说', ({ fromOther }) => ({ replyTo: fromOther }), false],
    ['a caption with a mention', '@test_bot 这是什么', () => ({ photo: true }), true],
    ['a message sent through the bot', '引文', ({ bot }) => ({ viaBot: bot }), true],
    ['an anonymous administrator', '大家好', () => ({ as: 'anonymous' }), false],
    ['an anonymous administrator with a command', '/settings', () => ({ as: 'anonymous' }), true],
  ];
  test.each(cases)('%s', async (_, text, options, heard) => {
    const { emulator, send, updates } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user] });
    const fromOther = emulator.people.say(chat, user, '闲聊');
    const fromBot = await send({ chat_id: chat.id, text: '你好' });
    emulator.people.say(chat, user, text, options({ emulator, bot: emulator.bot(), fromBot, fromOther }));
    expect(await updates()).toHaveLength(heard ? 1 : 0);
  });

  test('an administrator bot hears all', async () => {
    const { emulator, updates } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user], bot: 'administrator' });
    emulator.people.say(chat, user, '大家好');
    expect((await updates()).map(summary)).toEqual(['message 大家好']);
  });

  test('privacy switched off shows in getMe and lets everything through', async () => {
    const { emulator, ok, updates } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.group({ members: [user] });
    expect(await ok('getMe')).toMatchObject({ can_read_all_group_messages: false });
    emulator.setPrivacy(false);
    expect(await ok('getMe')).toMatchObject({ can_read_all_group_messages: true });
    emulator.people.say(chat, user, '大家好');
    expect(await updates()).toHaveLength(1);
  });

  test('an edit is heard as the message would be', async () => {
    const { emulator, updates } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.group({ members: [user] });
    const message = emulator.people.say(chat, user, '待遇怎么样');
    const edited = emulator.people.edit(message, '@test_bot 待遇怎么样');
    emulator.people.edit(edited, '算了');
    expect((await updates()).map(summary)).toEqual(['edited_message @test_bot 待遇怎么样']);
    expect(emulator.watch.message(chat, message.message_id)?.earlier.map(({ text }) => text)).toEqual([
      '待遇怎么样',
      '@test_bot 待遇怎么样',
    ]);
  });

  test('nothing is heard from a chat that the bot is not in', async () => {
    const { emulator, updates } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.group({ members: [user], bot: false });
    emulator.people.say(chat, user, '/ask@test_bot 待遇');
    expect(await updates()).toEqual([]);
  });
});

describe('who a message comes from', () => {
  test('an anonymous administrator is the group itself behind a placeholder', async () => {
    const { emulator } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user] });
    expect(emulator.people.say(chat, user, '/settings', { as: 'anonymous' })).toMatchObject({
      from: { username: 'GroupAnonymousBot', is_bot: true },
      sender_chat: { id: chat.id },
    });
  });

  test('an administrator set to be anonymous is so without saying', async () => {
    const { emulator } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user] });
    emulator.rule.role(chat, user, { status: 'administrator', is_anonymous: true });
    expect(emulator.people.say(chat, user, '大家好')).toMatchObject({ sender_chat: { id: chat.id } });
  });

  test('a channel speaks in a group behind a placeholder', async () => {
    const { emulator } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user] });
    const channel = emulator.places.channel();
    expect(emulator.people.say(chat, user, '/ask', { as: channel })).toMatchObject({
      from: { username: 'Channel_Bot' },
      sender_chat: { id: channel.id, type: 'channel' },
    });
  });

  test('a channel post reaches the bot and is forwarded to the discussion group', async () => {
    const { emulator, updates } = await start();
    const user = emulator.places.user();
    const group = emulator.places.supergroup({ bot: 'administrator' });
    const channel = emulator.places.channel({ discussion: group });
    const original = emulator.people.say(channel, user, '公告', { as: channel });
    const [post, forwarded] = await updates();
    expect(post?.channel_post).toMatchObject({ text: '公告', sender_chat: { id: channel.id } });
    expect(post?.channel_post).not.toHaveProperty('from');
    expect(forwarded?.message).toMatchObject({
      text: '公告',
      chat: { id: group.id },
      from: { id: 777_000 },
      sender_chat: { id: channel.id },
      is_automatic_forward: true,
      forward_origin: { type: 'channel', message_id: original.message_id, chat: { id: channel.id } },
    });
  });

  test('a forward names its origin', async () => {
    const { emulator } = await start();
    const [user, author] = [emulator.places.user(), emulator.places.user()];
    const origin = { type: 'user', date: 1, sender_user: author } as const;
    const message = emulator.people.say(emulator.places.privateChat(user), user, '转发', { forwardOrigin: origin });
    expect(message.forward_origin).toEqual(origin);
  });
});
