import { describe, expect, test } from 'vitest';
import { Refusal } from '../src/controls/refs.ts';
import { start, summary } from './harness.ts';

describe('the bot comes, rises, falls and goes', () => {
  const steps = [
    ['supergroup', 'left', 'member', ['my_chat_member left>member', 'message new_chat_members']],
    ['supergroup', 'member', 'administrator', ['my_chat_member member>administrator']],
    ['supergroup', 'member', 'restricted', ['my_chat_member member>restricted']],
    ['supergroup', 'member', 'kicked', ['my_chat_member member>kicked']],
    ['group', 'member', 'kicked', ['my_chat_member member>kicked', 'message left_chat_member']],
    ['channel', 'left', 'administrator', ['my_chat_member left>administrator']],
    ['channel', 'administrator', 'left', ['my_chat_member administrator>left']],
  ] as const;
  test.each(steps)('in a %s from %s to %s', async (type, from, to, expected) => {
    const { emulator, updates } = await start();
    const chat = emulator.places[type]({ bot: false });
    if (from !== 'left') emulator.rule.bot(chat, { status: from });
    await updates();
    emulator.rule.bot(chat, { status: to });
    expect((await updates()).map(summary)).toEqual(expected);
  });

  test('leaveChat ends its membership', async () => {
    const { emulator, ok, updates, refused } = await start();
    const chat = emulator.places.supergroup();
    await ok('leaveChat', { chat_id: chat.id });
    expect((await updates()).map(summary)).toEqual(['my_chat_member member>left']);
    expect(await refused('getChatMemberCount', { chat_id: chat.id })).toBe(
      '403 Forbidden: bot is not a member of the supergroup chat',
    );
  });

  test('blocking and unblocking in private changes its membership', async () => {
    const { emulator, updates } = await start();
    const user = emulator.places.user();
    emulator.people.start(user);
    emulator.people.block(user);
    emulator.people.block(user);
    emulator.people.start(user, 'again');
    expect((await updates()).map(summary)).toEqual([
      'message /start',
      'my_chat_member member>kicked',
      'my_chat_member kicked>member',
      'message /start again',
    ]);
  });

  test('a person who joins is announced to the bot even in privacy mode', async () => {
    const { emulator, updates } = await start();
    const chat = emulator.places.supergroup();
    const user = emulator.places.user();
    emulator.rule.role(chat, user, { status: 'member' });
    emulator.rule.role(chat, user, { status: 'left' });
    expect((await updates()).map(summary)).toEqual(['message new_chat_members', 'message left_chat_member']);
  });
});

describe('what the bot can ask about a chat', () => {
  test('members, administrators and their number', async () => {
    const { emulator, ok, refused } = await start();
    const [owner, admin, member, stranger] = [1, 2, 3, 4].map((id) => emulator.places.user({ id }));
    if (!owner || !admin || !member || !stranger) throw new Error('unreachable');
    const chat = emulator.places.supergroup({ creator: owner, members: [admin, member] });
    emulator.rule.role(chat, admin, { status: 'administrator', is_anonymous: true });
    const status = async (user_id: number) =>
      (await ok<{ status: string }>('getChatMember', { chat_id: chat.id, user_id })).status;
    expect(await Promise.all([1, 2, 3, 4, emulator.bot().id].map(status))).toEqual([
      'creator',
      'administrator',
      'member',
      'left',
      'member',
    ]);
    expect(await refused('getChatMember', { chat_id: chat.id, user_id: 99 })).toBe(
      '400 Bad Request: PARTICIPANT_ID_INVALID',
    );
    expect(await ok('getChatAdministrators', { chat_id: chat.id })).toMatchObject([
      { status: 'creator', user: { id: 1 } },
      { status: 'administrator', user: { id: 2 }, is_anonymous: true },
    ]);
    expect(await ok('getChatMemberCount', { chat_id: chat.id })).toBe(4);
  });

  test('the chat itself, with slow mode and link', async () => {
    const { emulator, ok } = await start();
    const chat = emulator.places.supergroup({ title: '论坛', forum: true });
    const channel = emulator.places.channel({ discussion: chat });
    emulator.rule.slowMode(chat, 60);
    expect(await ok('getChat', { chat_id: chat.id })).toMatchObject({
      id: chat.id,
      type: 'supergroup',
      title: '论坛',
      is_forum: true,
      slow_mode_delay: 60,
      linked_chat_id: channel.id,
      permissions: { can_send_messages: true },
    });
  });
});

describe('a group becomes a supergroup', () => {
  test('both sides say so, and the old one points to the new', async () => {
    const { emulator, updates, call, ok } = await start();
    const user = emulator.places.user();
    const group = emulator.places.group({ members: [user] });
    const supergroup = emulator.rule.migrate(group);
    const [joined, away, here] = await updates();
    expect(joined?.my_chat_member).toMatchObject({
      chat: { id: supergroup.id },
      new_chat_member: { status: 'member' },
    });
    expect(away?.message).toMatchObject({ chat: { id: group.id }, migrate_to_chat_id: supergroup.id });
    expect(here?.message).toMatchObject({ chat: { id: supergroup.id }, migrate_from_chat_id: group.id });
    expect(await call('sendMessage', { chat_id: group.id, text: '好' })).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: supergroup.id },
    });
    await ok('sendMessage', { chat_id: supergroup.id, text: '好' });
    emulator.people.say(supergroup, user, '/ask 待遇');
    expect((await updates()).map(summary)).toEqual(['message /ask 待遇']);
  });
});

describe('people are held to what the apps allow', () => {
  test.each([
    ['who left', 'not_member', { status: 'left' }],
    ['who is muted', 'no_right', { status: 'restricted' }],
  ] as const)('one %s can not speak', async (_, code, role) => {
    const { emulator } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user] });
    emulator.rule.role(chat, user, role);
    expect(() => emulator.people.say(chat, user, '喂')).toThrow(expect.objectContaining({ code }));
  });

  test('slow mode holds back members, not administrators', async () => {
    const { emulator, clock } = await start();
    const [member, admin] = [emulator.places.user(), emulator.places.user()];
    const chat = emulator.places.supergroup({ members: [member, admin] });
    emulator.rule.role(chat, admin, { status: 'administrator' });
    emulator.rule.slowMode(chat, 10);
    for (const user of [member, admin, admin]) emulator.people.say(chat, user, '一');
    expect(() => emulator.people.say(chat, member, '二')).toThrow('slow mode: 10 s to wait');
    clock.now += 10_000;
    emulator.people.say(chat, member, '二');
  });

  test('a deep link takes 64 harmless characters', async () => {
    const { emulator } = await start();
    const user = emulator.places.user();
    expect(emulator.people.start(user, 'q_1-A').text).toBe('/start q_1-A');
    expect(() => emulator.people.start(user, '待遇')).toThrow(Refusal);
    expect(() => emulator.people.start(user, 'x'.repeat(65))).toThrow(Refusal);
  });
});
