import { describe, expect, test } from 'vitest';
import { createTimers, start } from './harness.ts';

const keyboard = {
  inline_keyboard: [
    [
      { text: '原文', callback_data: 'v:1' },
      { text: '网页', url: 'https://gov.cn' },
    ],
  ],
};

async function withButton(options = {}) {
  const harness = await start(options);
  const user = harness.emulator.places.user();
  const chat = harness.emulator.places.supergroup({ members: [user] });
  const message = await harness.send({ chat_id: chat.id, text: '答', reply_markup: keyboard });
  const query = async () => {
    const [update] = await harness.updates();
    return update?.callback_query ?? { id: 'none' };
  };
  return { ...harness, user, chat, message, query };
}

describe('a press of a button', () => {
  test('reaches the bot with the message, and resolves with its answer', async () => {
    const { emulator, user, message, query, ok } = await withButton();
    const pressed = emulator.buttons.press(message, user, 'v:1');
    const { id, ...rest } = await query();
    expect(rest).toMatchObject({ from: user, data: 'v:1', message: { message_id: message.message_id, text: '答' } });
    await ok('answerCallbackQuery', { callback_query_id: id, text: '好的', show_alert: true });
    expect(await pressed).toEqual({ answered: true, text: '好的', alert: true });
  });

  test('can name the button by its place; one without data is none', async () => {
    const { emulator, user, message, query } = await withButton();
    void emulator.buttons.press(message, user, { row: 0, column: 0 });
    expect(await query()).toMatchObject({ data: 'v:1' });
    expect(() => emulator.buttons.press(message, user, { row: 0, column: 1 })).toThrow('no such callback button');
    expect(() => emulator.buttons.press(message, user, 'v:9')).toThrow('no such callback button');
  });

  test('on a message that is gone carries only where it was', async () => {
    const { emulator, user, chat, message, query, ok } = await withButton();
    await ok('deleteMessage', { chat_id: chat.id, message_id: message.message_id });
    void emulator.buttons.pressData(message, user, 'v:1');
    expect(await query()).toMatchObject({
      message: { chat: { id: chat.id }, message_id: message.message_id, date: 0 },
    });
  });

  test('is answered once, and in time', async () => {
    const timers = createTimers();
    const { emulator, user, message, query, ok, refused, clock } = await withButton({ after: timers.after });
    const tooOld = '400 Bad Request: query is too old and response timeout expired or query ID is invalid';
    void emulator.buttons.press(message, user, 'v:1');
    const { id } = await query();
    await ok('answerCallbackQuery', { callback_query_id: id });
    expect(await refused('answerCallbackQuery', { callback_query_id: id })).toBe(tooOld);
    expect(await refused('answerCallbackQuery', { callback_query_id: 'forged' })).toBe(tooOld);
    const pressed = emulator.buttons.press(message, user, 'v:1');
    const late = await query();
    clock.now += 30_001;
    expect(await refused('answerCallbackQuery', { callback_query_id: late.id })).toBe(tooOld);
    timers.advance(30_001);
    expect(await pressed).toEqual({ answered: false });
  });

  const answers: readonly [name: string, params: object, expected: string][] = [
    ['200 characters', { text: '字'.repeat(200) }, 'accepted'],
    ['201 characters', { text: '字'.repeat(201) }, '400 Bad Request: MESSAGE_TOO_LONG'],
    ['a link that starts the bot', { url: 'https://t.me/test_bot?start=q1' }, 'accepted'],
    ['another link', { url: 'https://gov.cn' }, '400 Bad Request: URL_INVALID'],
  ];
  test.each(answers)('an answer of %s', async (_, params, expected) => {
    const { emulator, user, message, query, refused } = await withButton();
    void emulator.buttons.press(message, user, 'v:1');
    const { id } = await query();
    expect(await refused('answerCallbackQuery', { callback_query_id: id, ...params })).toBe(expected);
  });
});
