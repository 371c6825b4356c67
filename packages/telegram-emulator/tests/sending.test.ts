import { describe, expect, test } from 'vitest';
import { start } from './harness.ts';

const text = (length: number) => '字'.repeat(length);
const keyboard = (...rows: unknown[][]) => ({ inline_keyboard: rows });
const button = (extra: object) => ({ text: '看原文', ...extra });

describe('a message is accepted or refused as Telegram does', () => {
  const cases: readonly [name: string, params: Record<string, unknown>, expected: string][] = [
    ['one character', { text: '好' }, 'accepted'],
    ['no text', {}, '400 Bad Request: message text is empty'],
    ['an empty text', { text: '' }, '400 Bad Request: message text is empty'],
    ['nothing but white space', { text: ' \n ' }, '400 Bad Request: text must be non-empty'],
    ['4,096 UTF-16 units', { text: text(4_096) }, 'accepted'],
    ['4,097 UTF-16 units', { text: text(4_097) }, '400 Bad Request: message is too long'],
    ['2,049 characters outside the BMP', { text: '😀'.repeat(2_049) }, '400 Bad Request: message is too long'],
    ['4,096 units after trimming', { text: `${text(4_096)}\n\n` }, 'accepted'],
    ['HTML', { text: '<b>好</b>', parse_mode: 'HTML' }, 'accepted'],
    ['a parse_mode in lower case', { text: '*好*', parse_mode: 'markdownv2' }, 'accepted'],
    ['an unknown parse_mode', { text: '好', parse_mode: 'BBCode' }, '400 Bad Request: unsupported parse_mode'],
    ['nothing but markup', { text: '<b> </b>', parse_mode: 'HTML' }, '400 Bad Request: text must be non-empty'],
    ['4,096 units beside the markup', { text: `<b>${text(4_096)}</b>`, parse_mode: 'HTML' }, 'accepted'],
    [
      'callback data of 64 bytes',
      { text: '好', reply_markup: keyboard([button({ callback_data: 'x'.repeat(64) })]) },
      'accepted',
    ],
    [
      'callback data of 65 bytes',
      { text: '好', reply_markup: keyboard([button({ callback_data: 'x'.repeat(65) })]) },
      '400 Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'callback data of 22 Chinese characters',
      { text: '好', reply_markup: keyboard([button({ callback_data: text(22) })]) },
      '400 Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'empty callback data',
      { text: '好', reply_markup: keyboard([button({ callback_data: '' })]) },
      '400 Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'a button without an action',
      { text: '好', reply_markup: keyboard([button({})]) },
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'a button with a bad link',
      { text: '好', reply_markup: keyboard([button({ url: 'javascript:1' })]) },
      "400 Bad Request: inline keyboard button URL 'javascript:1' is invalid: Wrong HTTP URL",
    ],
    [
      '100 buttons',
      {
        text: '好',
        reply_markup: keyboard(...Array.from({ length: 20 }, () => Array(5).fill(button({ callback_data: 'x' })))),
      },
      'accepted',
    ],
    [
      '101 buttons',
      { text: '好', reply_markup: keyboard(...Array.from({ length: 101 }, () => [button({ callback_data: 'x' })])) },
      '400 Bad Request: reply markup is too long',
    ],
    [
      '60 buttons of 11 kB',
      {
        text: '好',
        reply_markup: keyboard(
          ...Array.from({ length: 60 }, () => [button({ text: '字'.repeat(50), callback_data: 'x' })]),
        ),
      },
      '400 Bad Request: reply markup is too long',
    ],
    [
      'a reply to no message',
      { text: '好', reply_parameters: { message_id: 999 } },
      '400 Bad Request: message to be replied not found',
    ],
    [
      'a reply to no message, when that may be',
      { text: '好', reply_parameters: { message_id: 999, allow_sending_without_reply: true } },
      'accepted',
    ],
    ['a topic where there are none', { text: '好', message_thread_id: 5 }, '400 Bad Request: message thread not found'],
    ['no chat', { text: '好', chat_id: undefined }, '400 Bad Request: chat_id is empty'],
    ['an unknown chat', { text: '好', chat_id: -5 }, '400 Bad Request: chat not found'],
    ['an unknown username', { text: '好', chat_id: '@nobody' }, '400 Bad Request: chat not found'],
    ['the username of the group', { text: '好', chat_id: '@Shequ' }, 'accepted'],
  ];
  test.each(cases)('%s', async (_, params, expected) => {
    const { emulator, refused } = await start();
    const { id } = emulator.places.supergroup({ username: 'shequ' });
    expect(await refused('sendMessage', { chat_id: id, ...params })).toBe(expected);
  });
});

describe('where the bot may write', () => {
  test('a person who never wrote first can not be written to', async () => {
    const { emulator, refused } = await start();
    const { id } = emulator.places.privateChat(emulator.places.user(), { started: false });
    expect(await refused('sendMessage', { chat_id: id, text: '好' })).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
  });

  test('a person who blocked the bot is out of reach until they unblock it', async () => {
    const { emulator, refused } = await start();
    const user = emulator.places.user();
    emulator.people.start(user);
    emulator.people.block(user);
    expect(await refused('sendMessage', { chat_id: user.id, text: '好' })).toBe(
      '403 Forbidden: bot was blocked by the user',
    );
    emulator.people.unblock(user);
    expect(await refused('sendMessage', { chat_id: user.id, text: '好' })).toBe('accepted');
    emulator.people.deactivate(user);
    expect(await refused('sendMessage', { chat_id: user.id, text: '好' })).toBe('403 Forbidden: user is deactivated');
  });

  const places = [
    ['group', 'kicked', '403 Forbidden: bot was kicked from the group chat'],
    ['group', 'left', '403 Forbidden: bot is not a member of the group chat'],
    ['supergroup', 'kicked', '403 Forbidden: bot was kicked from the supergroup chat'],
    ['supergroup', 'left', '403 Forbidden: bot is not a member of the supergroup chat'],
    ['supergroup', 'restricted', '400 Bad Request: not enough rights to send text messages to the chat'],
    ['channel', 'kicked', '403 Forbidden: bot was kicked from the channel chat'],
    ['channel', 'left', '403 Forbidden: bot is not a member of the channel chat'],
    ['channel', 'member', '400 Bad Request: need administrator rights in the channel chat'],
    ['channel', 'administrator', 'accepted'],
  ] as const;
  test.each(places)('in a %s where the bot is %s', async (type, status, expected) => {
    const { emulator, refused } = await start();
    const { id } = emulator.places[type]();
    emulator.rule.bot(id, { status });
    expect(await refused('sendMessage', { chat_id: id, text: '好' })).toBe(expected);
  });

  test('a muted group refuses ordinary members and takes administrators', async () => {
    const { emulator, refused } = await start();
    const { id } = emulator.places.supergroup();
    emulator.rule.permissions(id, { can_send_messages: false });
    expect(await refused('sendMessage', { chat_id: id, text: '好' })).toBe(
      '400 Bad Request: not enough rights to send text messages to the chat',
    );
    emulator.rule.bot(id, { status: 'administrator' });
    expect(await refused('sendMessage', { chat_id: id, text: '好' })).toBe('accepted');
  });

  test('slow mode makes the bot wait as it does people', async () => {
    const { emulator, call, clock } = await start();
    const { id } = emulator.places.supergroup();
    emulator.rule.slowMode(id, 30);
    expect((await call('sendMessage', { chat_id: id, text: '一' })).ok).toBe(true);
    clock.now += 10_000;
    expect(await call('sendMessage', { chat_id: id, text: '二' })).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 20',
      parameters: { retry_after: 20 },
    });
    clock.now += 20_000;
    expect((await call('sendMessage', { chat_id: id, text: '二' })).ok).toBe(true);
  });
});

describe('what a sent message looks like', () => {
  test('it carries the bot as sender, the reply without its own reply, and the keyboard', async () => {
    const { emulator, send } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.group({ members: [user] });
    const first = emulator.people.say(chat, user, '第一');
    const second = emulator.people.say(chat, user, '第二', { replyTo: first });
    const sent = await send({
      chat_id: chat.id,
      text: '  答\n',
      reply_parameters: { message_id: second.message_id },
      reply_markup: keyboard([button({ callback_data: 'v' })]),
    });
    expect(sent).toMatchObject({
      message_id: second.message_id + 1,
      text: '答',
      from: { id: emulator.bot().id, is_bot: true },
      reply_to_message: { message_id: second.message_id, text: '第二' },
      reply_markup: keyboard([button({ callback_data: 'v' })]),
    });
    expect(sent.reply_to_message).not.toHaveProperty('reply_to_message');
    expect(sent.from).not.toHaveProperty('can_read_all_group_messages');
  });

  test('in a supergroup a reply carries the thread without being a topic message', async () => {
    const { emulator, send } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user] });
    const question = emulator.people.say(chat, user, '问');
    const sent = await send({ chat_id: chat.id, text: '答', reply_parameters: { message_id: question.message_id } });
    expect(sent.message_thread_id).toBe(question.message_id);
    expect(sent).not.toHaveProperty('is_topic_message');
  });

  test('a quote must stand in the message replied to', async () => {
    const { emulator, refused } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.group({ members: [user] });
    const { message_id } = emulator.people.say(chat, user, '测试用语的待遇');
    const reply = (quote: string) => ({ chat_id: chat.id, text: '答', reply_parameters: { message_id, quote } });
    expect(await refused('sendMessage', reply('待遇'))).toBe('accepted');
    expect(await refused('sendMessage', reply('工资'))).toBe('400 Bad Request: QUOTE_TEXT_INVALID');
  });
});
