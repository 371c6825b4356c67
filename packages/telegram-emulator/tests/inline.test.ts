import { describe, expect, test } from 'vitest';
import { start } from './harness.ts';

const keyboard = {
  inline_keyboard: [
    [
      { text: '原文', callback_data: 'v:1' },
      { text: '网页', url: 'https://gov.cn' },
    ],
  ],
};

describe('inline mode', () => {
  const article = (id: string, extra: object = {}) => ({
    type: 'article',
    id,
    title: '待遇',
    input_message_content: { message_text: '引文' },
    ...extra,
  });

  async function withQuery() {
    const harness = await start();
    const user = harness.emulator.places.user();
    const asked = harness.emulator.buttons.inline(user, '待遇', { chatType: 'supergroup' });
    const [update] = await harness.updates();
    const answer = (params: object) =>
      harness.refused('answerInlineQuery', { inline_query_id: update?.inline_query?.id, ...params });
    return { ...harness, user, asked, update, answer };
  }

  test('a query resolves with the results', async () => {
    const { update, user, answer, asked } = await withQuery();
    expect(update?.inline_query).toMatchObject({ from: user, query: '待遇', offset: '', chat_type: 'supergroup' });
    expect(await answer({ results: [article('1')], cache_time: 60, is_personal: true, next_offset: '20' })).toBe(
      'accepted',
    );
    expect(await asked).toEqual({
      answered: true,
      results: [article('1')],
      cacheTime: 60,
      personal: true,
      nextOffset: '20',
    });
  });

  const answers: readonly [name: string, results: unknown, expected: string][] = [
    ['50 results', Array.from({ length: 50 }, (_, i) => article(String(i))), 'accepted'],
    ['51 results', Array.from({ length: 51 }, (_, i) => article(String(i))), '400 Bad Request: RESULTS_TOO_MUCH'],
    ['an id twice', [article('1'), article('1')], '400 Bad Request: RESULT_ID_DUPLICATE'],
    ['an id of 65 bytes', [article('x'.repeat(65))], '400 Bad Request: RESULT_ID_INVALID'],
    ['no id', [article('')], '400 Bad Request: RESULT_ID_INVALID'],
    ['no text', [article('1', { input_message_content: { message_text: ' ' } })], '400 Bad Request: MESSAGE_EMPTY'],
    ['no list', 'x', "400 Bad Request: can't parse inline query results JSON object"],
  ];
  test.each(answers)('%s', async (_, results, expected) => {
    expect(await (await withQuery()).answer({ results })).toBe(expected);
  });

  test('a chosen result is sent via the bot, told to it, and can be edited', async () => {
    const { emulator, user, updates, ok, refused } = await withQuery();
    const chat = emulator.places.supergroup({ members: [user] });
    const message = emulator.buttons.choose(chat, user, '待遇', article('7', { reply_markup: keyboard }));
    expect(message).toMatchObject({ text: '引文', from: user, via_bot: { username: 'test_bot' } });
    const [chosen, heard] = await updates();
    const inline_message_id = chosen?.chosen_inline_result?.inline_message_id;
    expect(chosen?.chosen_inline_result).toMatchObject({ result_id: '7', query: '待遇' });
    expect(heard?.message).toMatchObject({ via_bot: { username: 'test_bot' } });
    void emulator.buttons.press(message, user, 'v:1');
    const [pressed] = await updates();
    expect(pressed?.callback_query).toMatchObject({ inline_message_id, data: 'v:1' });
    expect(pressed?.callback_query).not.toHaveProperty('message');
    expect(await ok('editMessageText', { inline_message_id, text: '上下文' })).toBe(true);
    expect(emulator.watch.messages(chat).at(-1)?.text).toBe('上下文');
    expect(await refused('editMessageText', { inline_message_id: 'x', text: '上下文' })).toBe(
      '400 Bad Request: MESSAGE_ID_INVALID',
    );
  });

  test('a query takes 256 characters', async () => {
    const { emulator } = await start();
    expect(() => emulator.buttons.inline(emulator.places.user(), '字'.repeat(257))).toThrow('256 characters');
  });
});
