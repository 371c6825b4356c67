import { describe, expect, test } from 'vitest';
import { start } from './harness.ts';

const list = (...names: string[]) => names.map((command) => ({ command, description: `关于${command}` }));

describe('the command menu', () => {
  test('is kept by scope and language', async () => {
    const { ok } = await start();
    await ok('setMyCommands', { commands: list('ask') });
    await ok('setMyCommands', { commands: list('ask', 'settings'), scope: { type: 'all_chat_administrators' } });
    await ok('setMyCommands', { commands: list('help'), language_code: 'en' });
    expect(await ok('getMyCommands')).toEqual(list('ask'));
    expect(await ok('getMyCommands', { scope: { type: 'all_chat_administrators' } })).toEqual(list('ask', 'settings'));
    expect(await ok('getMyCommands', { language_code: 'en' })).toEqual(list('help'));
    await ok('deleteMyCommands');
    expect(await ok('getMyCommands')).toEqual([]);
  });

  test('shows each person the narrowest that was set', async () => {
    const { emulator, ok } = await start();
    const [admin, member, foreigner] = [
      emulator.places.user(),
      emulator.places.user({ language_code: 'zh-hans' }),
      emulator.places.user({ language_code: 'en' }),
    ];
    const chat = emulator.places.supergroup({ members: [admin, member, foreigner] });
    emulator.rule.role(chat, admin, { status: 'administrator' });
    emulator.places.privateChat(member);
    await ok('setMyCommands', { commands: list('default') });
    await ok('setMyCommands', { commands: list('english'), language_code: 'en' });
    await ok('setMyCommands', { commands: list('private'), scope: { type: 'all_private_chats' } });
    await ok('setMyCommands', { commands: list('admins'), scope: { type: 'all_chat_administrators' } });
    await ok('setMyCommands', { commands: list('one'), scope: { type: 'chat_member', chat_id: chat.id, user_id: 5 } });
    const menu = (place: number, user: typeof admin) => emulator.watch.menu(place, user).map(({ command }) => command);
    expect(menu(chat.id, admin)).toEqual(['admins']);
    expect(menu(chat.id, member)).toEqual(['default']);
    expect(menu(chat.id, foreigner)).toEqual(['english']);
    expect(menu(member.id, member)).toEqual(['private']);
  });

  const refusals: readonly [name: string, params: object, expected: string][] = [
    ['capital letters', { commands: [{ command: 'Ask', description: '问' }] }, '400 Bad Request: BOT_COMMAND_INVALID'],
    [
      '33 characters',
      { commands: [{ command: 'a'.repeat(33), description: '问' }] },
      '400 Bad Request: BOT_COMMAND_INVALID',
    ],
    [
      'no description',
      { commands: [{ command: 'ask', description: ' ' }] },
      '400 Bad Request: command description must be non-empty',
    ],
    [
      '257 characters of description',
      { commands: [{ command: 'ask', description: '字'.repeat(257) }] },
      '400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
    ],
    [
      '101 commands',
      { commands: Array(101).fill({ command: 'ask', description: '问' }) },
      '400 Bad Request: BOT_COMMANDS_TOO_MUCH',
    ],
    [
      'an unknown scope',
      { commands: [], scope: { type: 'x' } },
      "400 Bad Request: can't parse BotCommandScope: unsupported type specified",
    ],
    [
      'a scope without its chat',
      { commands: [], scope: { type: 'chat' } },
      `400 Bad Request: can't parse BotCommandScope: Can't find field "chat_id"`,
    ],
    [
      'a language of three letters',
      { commands: [], language_code: 'zho' },
      '400 Bad Request: invalid language code specified',
    ],
  ];
  test.each(refusals)('refuses %s', async (_, params, expected) => {
    expect(await (await start()).refused('setMyCommands', params)).toBe(expected);
  });
});

test('descriptions fall back to the one without a language', async () => {
  const { ok, refused } = await start();
  await ok('setMyDescription', { description: '测试' });
  await ok('setMyDescription', { description: 'Test', language_code: 'en' });
  await ok('setMyShortDescription', { short_description: '短' });
  expect(await ok('getMyDescription', { language_code: 'en' })).toEqual({ description: 'Test' });
  expect(await ok('getMyDescription', { language_code: 'fr' })).toEqual({ description: '测试' });
  expect(await ok('getMyShortDescription')).toEqual({ short_description: '短' });
  expect(await refused('setMyShortDescription', { short_description: '字'.repeat(121) })).toBe(
    '400 Bad Request: short description is too long',
  );
});
