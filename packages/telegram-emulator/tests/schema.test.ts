import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generateSchema, methodNames } from '../generator/generate.ts';
import { readSources } from '../generator/sources.ts';
import type { Body } from '../src/body.ts';
import { createCheck } from '../src/schema/check.ts';
import { loadSchema, printSchema } from '../src/schema/load.ts';
import { start } from './harness.ts';

test('the committed schema is what the installed @grammyjs/types say', () => {
  const { sources, version } = readSources();
  const generated = printSchema(generateSchema(sources, version, methodNames(sources)));
  const committed = readFileSync(new URL('../src/schema/bot-api.jsonl', import.meta.url), 'utf8');
  expect(generated === committed, 'run npm run schema').toBe(true);
});

test('it knows every method, and the limits that the doc comments state', () => {
  const { methods, types } = loadSchema();
  expect(Object.keys(methods)).toHaveLength(187);
  expect(methods.sendMessage?.text).toEqual({ type: 'string', limits: [{ of: 'characters', min: 1, max: 4_096 }] });
  expect(methods.sendPhoto?.caption?.limits).toEqual([{ of: 'characters', min: 0, max: 1_024 }]);
  expect(methods.answerCallbackQuery?.text?.limits).toEqual([{ of: 'characters', min: 0, max: 200 }]);
  expect(methods.answerInlineQuery?.next_offset?.limits).toEqual([{ of: 'bytes', min: 0, max: 64 }]);
  expect(methods.setMyCommands?.commands?.limits).toEqual([{ of: 'items', min: 0, max: 100 }]);
  expect(methods.getUpdates?.limit?.limits).toEqual([{ of: 'value', min: 1, max: 100 }]);
  expect(types['InlineKeyboardButton.CallbackButton']).toMatchObject({
    fields: { callback_data: { limits: [{ of: 'bytes', min: 1, max: 64 }] } },
  });
});

describe('what a call gets wrong', () => {
  const check = createCheck(loadSchema());
  const json = (params: object): Body => ({ params: { ...params }, uploads: new Map(), textual: false });
  const form = (params: object): Body => ({ ...json(params), textual: true });
  const send = (params: object) => json({ chat_id: 1, text: '好', ...params });
  const button = (extra: object) => ({ reply_markup: { inline_keyboard: [[{ text: '按', ...extra }]] } });
  const quote = (offset: number, length: number) => ({ type: 'blockquote', offset, length });
  const result = (id: string) => ({ type: 'article', id, title: '题', input_message_content: { message_text: '文' } });

  const cases: readonly [name: string, method: string, body: Body, expected: string[]][] = [
    ['nothing', 'sendMessage', send({}), []],
    [
      'nothing, with everything',
      'sendMessage',
      send({
        entities: [{ type: 'expandable_blockquote', offset: 0, length: 1 }],
        link_preview_options: { is_disabled: true },
        reply_parameters: { message_id: 5, allow_sending_without_reply: true },
        ...button({ callback_data: 'x' }),
      }),
      [],
    ],
    ['an undefined parameter is left out', 'sendMessage', send({ message_thread_id: undefined }), []],
    ['an unknown method', 'sendNothing', json({}), ['unknown method ']],
    [
      'an unknown parameter',
      'sendMessage',
      send({ disable_web_page_preview: true }),
      ['unknown parameter disable_web_page_preview'],
    ],
    ['a missing parameter', 'sendMessage', json({ chat_id: 1 }), ['missing text']],
    ['a wrong type', 'sendMessage', send({ message_thread_id: '5' }), ['wrong type message_thread_id']],
    ['null', 'sendMessage', send({ reply_parameters: null }), ['wrong type reply_parameters']],
    ['an object in JSON', 'sendMessage', send({ reply_markup: '{}' }), ['wrong type reply_markup']],
    ['a text too long', 'sendMessage', send({ text: '字'.repeat(4_097) }), ['out of limits text']],
    [
      'callback data of 66 bytes',
      'sendMessage',
      send(button({ callback_data: '字'.repeat(22) })),
      ['out of limits reply_markup.inline_keyboard[0][0].callback_data'],
    ],
    [
      'two actions on a button',
      'sendMessage',
      send(button({ callback_data: 'x', url: 'https://a.b' })),
      ['unknown parameter reply_markup.inline_keyboard[0][0].url'],
    ],
    [
      'an entity of no type',
      'sendMessage',
      send({ entities: [{ type: 'loud', offset: 0, length: 1 }] }),
      ['wrong type entities[0].type'],
    ],
    [
      'a link entity without its link',
      'sendMessage',
      send({ entities: [{ type: 'text_link', offset: 0, length: 1 }] }),
      ['missing entities[0].url'],
    ],
    [
      'nested quotations',
      'sendMessage',
      send({ text: '好好好', entities: [quote(0, 3), quote(1, 1)] }),
      ['nesting entities'],
    ],
    [
      '101 entities',
      'sendMessage',
      send({ entities: Array.from({ length: 101 }, (_, i) => ({ type: 'bold', offset: i, length: 1 })) }),
      ['out of limits entities'],
    ],
    [
      'nine buttons in a row',
      'sendMessage',
      send({ reply_markup: { inline_keyboard: [Array(9).fill({ text: '按', callback_data: 'x' })] } }),
      ['out of limits reply_markup.inline_keyboard[0]'],
    ],
    [
      'a deep link with Chinese in it',
      'sendMessage',
      send(button({ url: 'https://t.me/test_bot?start=待遇' })),
      ['out of limits reply_markup.inline_keyboard[0][0].url'],
    ],
    [
      '51 results',
      'answerInlineQuery',
      json({ inline_query_id: '1', results: Array.from({ length: 51 }, (_, i) => result(String(i))) }),
      ['out of limits results'],
    ],
    [
      'an id twice',
      'answerInlineQuery',
      json({ inline_query_id: '1', results: [result('1'), result('1')] }),
      ['out of limits results[1].id'],
    ],
    [
      'an unknown kind of update',
      'getUpdates',
      json({ allowed_updates: ['message', 'talk'] }),
      ['wrong type allowed_updates[1]'],
    ],
    ['a limit of 500', 'getUpdates', json({ limit: 500 }), ['out of limits limit']],
    [
      'a command with capitals',
      'setMyCommands',
      json({ commands: [{ command: 'Ask', description: '问' }] }),
      ['out of limits commands[0].command'],
    ],
    [
      'a language that there is none of',
      'setMyCommands',
      json({ commands: [], language_code: 'xx' }),
      ['wrong type language_code'],
    ],
    ['another action', 'sendChatAction', json({ chat_id: 1, action: 'dancing' }), ['wrong type action']],
    [
      'a form, read as JSON where it is no text',
      'sendMessage',
      form({ chat_id: '1', text: '5', message_thread_id: '7', reply_markup: '{"inline_keyboard":[]}' }),
      [],
    ],
    [
      'a form with a bad number',
      'sendMessage',
      form({ chat_id: '1', text: '5', message_thread_id: 'x' }),
      ['wrong type message_thread_id'],
    ],
  ];
  test.each(cases)('%s', (_, method, body, expected) => {
    expect(check(method, body).map(({ problem, path }) => `${problem} ${path}`)).toEqual(expected);
  });

  test('is part of the recorded call', async () => {
    const { emulator, send: sendMessage, call } = await start();
    const { id } = emulator.places.group();
    await sendMessage({ chat_id: id, text: '好' });
    await call('sendMessage', { chat_id: id, text: '好', loud: true });
    await call('sendSomething');
    expect(emulator.watch.calls().map(({ method, verdict }) => [method, verdict])).toEqual([
      ['sendMessage', 'ok'],
      ['sendMessage', [{ path: 'loud', problem: 'unknown parameter', detail: 'there is no loud here' }]],
      ['sendSomething', [{ path: '', problem: 'unknown method', detail: 'the Bot API has no sendSomething' }]],
    ]);
    expect(emulator.watch.violations()).toHaveLength(2);
  });
});
