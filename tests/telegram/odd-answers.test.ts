import type { Update } from '@grammyjs/types';
import type { FaultOutcome } from 'telegram-emulator/faults';
import { describe, expect, it } from 'vitest';
import { readUpdate } from '../../src/telegram/update-shape.ts';
import { type Harness, IMPATIENT, inGroup, only, privately, startHarness, UNPACED, useBot } from './harness.ts';

const ASK = '社区工作者有体检吗';
const QUICK = { ...UNPACED, retry: { ...UNPACED.retry, ambiguousMs: 20, tooManyMs: 20 } };
const HTTP = { bodyMs: 200, bodyBytes: 1_048_576 };
const bot = useBot({ limits: QUICK, polling: IMPATIENT, http: HTTP });

/** Somebody new asks, and gets the one answer. */
async function expectAnswer(harness: Harness): Promise<void> {
  const { chat, user } = privately(harness);
  const say = () => harness.emulator.people.say(chat, user, ASK);
  expect(only(await harness.replies(chat, say)).text).toContain('体检');
}

function envelope(change: object): FaultOutcome {
  return { kind: 'body', status: 200, text: JSON.stringify({ ok: false, error_code: 400, ...change }) };
}

const ODD: readonly (readonly [string, FaultOutcome])[] = [
  ...[
    null,
    {},
    { length: 3 },
    'no list',
    5,
    true,
    [null],
    [5],
    [[]],
    [{}],
    [{ update_id: 'x' }],
    [{ update_id: 1e300 }],
  ].map((result) => [`the result ${JSON.stringify(result)}`, { kind: 'result', result }] as const),
  ...['', 'null', '[]', '5', '"ok"', '{}', '{"ok":true}', '{"ok":1,"result":[]}', '{"ok":true,"resu', '\u0000'].map(
    (text) => [`the body ${JSON.stringify(text)}`, { kind: 'body', status: 200, text }] as const,
  ),
  ['a code that is no number', envelope({ error_code: 'x', description: 'no' })],
  ['no description', envelope({ description: null })],
  ['parameters that are none', envelope({ description: 'no', parameters: null })],
  ['a wait that is no number', envelope({ error_code: 429, description: 'no', parameters: { retry_after: 'soon' } })],
  ['a wait below nothing', envelope({ error_code: 429, description: 'no', parameters: { retry_after: -1e9 } })],
  ['a chat that is no number', envelope({ description: 'no', parameters: { migrate_to_chat_id: '-100' } })],
  ['a connection that breaks inside', { kind: 'cut' }],
  ['a connection that falls silent inside', { kind: 'stall' }],
  ['an answer without end', { kind: 'endless' }],
  ['a page of a proxy', { kind: 'html' }],
];

describe('a poll that is answered by', () => {
  it.each(ODD)('%s: it is said in the log, and the next goes on', async (_, outcome) => {
    const { emulator, warnings } = bot();
    const before = warnings.length;
    emulator.faults.add({ method: 'getUpdates', outcome });
    // The one in the air ends without a fault.
    await expectAnswer(bot());
    await expectAnswer(bot());
    expect(warnings.slice(before).filter((line) => line.startsWith('取更新失败'))).toHaveLength(1);
  });

  it('nothing, at once, again and again, is not asked without a pause', async () => {
    const { emulator } = bot();
    emulator.faults.add({
      method: 'getUpdates',
      times: Number.POSITIVE_INFINITY,
      outcome: { kind: 'body', status: 200, text: '{"ok":true,"result":[]}' },
    });
    await expectNothingHammered(emulator);
    emulator.faults.clear();
    await expectAnswer(bot());
  });
});

async function expectNothingHammered(emulator: Harness['emulator']): Promise<void> {
  // Wakes the poll that waits.
  emulator.raw({ telepathy: {} } as Partial<Update>);
  const count = () => emulator.watch.calls('getUpdates').length;
  const before = count();
  await new Promise((resolve) => setTimeout(resolve, 300));
  // Pauses of 10 ms here, of up to 30 s in life.
  expect(count() - before).toBeLessThan(40);
}

describe('a poll with an update in it of no shape', () => {
  const from = { id: 91, is_bot: false, first_name: '钱' };
  const chat = { id: 91, type: 'private', first_name: '钱' };
  const message = { message_id: 1, date: 1, chat, from, text: ASK };
  const changed: readonly (readonly [string, object])[] = [
    ['a message that is null', { message: null }],
    ['a message that is a number', { message: 5 }],
    ['a message without a chat', { message: { ...message, chat: undefined } }],
    ['a chat that is a name', { message: { ...message, chat: { ...chat, id: '@durov' } } }],
    ['a chat of a half', { message: { ...message, chat: { ...chat, id: 0.5 } } }],
    ['a chat beyond what a database gives back', { message: { ...message, chat: { ...chat, id: 2 ** 60 } } }],
    ['a message number beyond that', { message: { ...message, message_id: 1e300 } }],
    ['a topic beyond that', { message: { ...message, is_topic_message: true, message_thread_id: 2 ** 63 } }],
    ['a person beyond that', { message: { ...message, from: { ...from, id: -(2 ** 63) } } }],
    ['text that is a list', { message: { ...message, text: [ASK] } }],
    ['text without end', { message: { ...message, text: '问'.repeat(100_000) } }],
    ['entities that are none', { message: { ...message, entities: { type: 'mention' } } }],
    ['an entity before the text', { message: { ...message, entities: [{ type: 'mention', offset: -5, length: 2 }] } }],
    ['a date that is a word', { message: { ...message, date: 'today' } }],
    ['a title that is an object', { message: { ...message, chat: { ...chat, type: 'supergroup', title: {} } } }],
    ['a reply to a number', { message: { ...message, reply_to_message: 7 } }],
    ['an edit of nothing', { edited_message: [] }],
    ['a press by nobody', { callback_query: { id: '1', chat_instance: '1', data: 'x' } }],
    ['a query that is none', { inline_query: { id: '1', from, query: null, offset: '' } }],
    ['a membership that is none', { my_chat_member: { chat, from, date: 1 } }],
  ];

  it.each(changed)(
    '%s: it is skipped and named by its number, and what comes with it is answered',
    async (_, update) => {
      const { emulator, warnings } = bot();
      const before = warnings.length;
      const room = privately(bot());
      const say = () => {
        emulator.raw(update as Partial<Update>);
        emulator.people.say(room.chat, room.user, ASK);
      };
      expect(only(await bot().replies(room.chat, say)).text).toContain('体检');
      expect(warnings.slice(before)).toEqual(['一条更新不合格式，已跳过']);
      expect(emulator.watch.pending()).toEqual([]);
    },
  );

  it('messages within messages without end are odd too', () => {
    let nested: object = message;
    for (let depth = 0; depth < 100_000; depth++) nested = { ...message, reply_to_message: nested };
    expect(readUpdate({ update_id: 5, message: nested })).toEqual({
      update: { update_id: 5 },
      kind: 'message',
      isOdd: true,
    });
  });
});

describe('a message that was sent, and whose result is', () => {
  const results = [
    null,
    true,
    [],
    'sent',
    {},
    { message_id: 'x' },
    { message_id: 2 ** 60 },
    { message_id: 5, photo: 5 },
  ];
  it.each(results)('%j, is not sent again', async (result) => {
    const { emulator } = bot();
    const { chat, user } = privately(bot());
    emulator.faults.add({ method: 'sendMessage', outcome: { kind: 'result', result } });
    only(await bot().replies(chat, () => emulator.people.say(chat, user, ASK)));
  });
});

describe('a message that was refused in an odd way', () => {
  const odd = ODD.filter(([name]) => !name.startsWith('the result'));
  it.each(odd)('(%s) comes in the end', async (name, outcome) => {
    const { emulator } = bot();
    const { chat, user } = privately(bot());
    emulator.faults.add({ method: 'sendMessage', outcome });
    const replies = await bot().replies(chat, () => emulator.people.say(chat, user, ASK));
    // Telegram refused it by a word of its own, or took it and said so badly: once more, then.
    const isRefusal = ['no description', 'parameters that are none', 'a chat that is no number'].includes(name);
    const arrived = outcome.kind === 'cut' || outcome.kind === 'stall' || outcome.kind === 'endless';
    expect(replies).toHaveLength(isRefusal ? 0 : arrived ? 2 : 1);
  });
});

it.each([null, {}, { status: 5 }, 'creator'])('who may be an admin is none when the answer is %j', async (result) => {
  const { emulator } = bot();
  const { chat, user } = inGroup(bot());
  emulator.faults.add({ method: 'getChatMember', outcome: { kind: 'result', result } });
  const reply = only(await bot().replies(chat, () => emulator.people.say(chat, user, '/settings@wence_bot')));
  expect(reply.text).toContain('管理员');
});

it.each([null, {}, { id: 'x', username: 5 }])('who we are is asked again when the answer is %j', async (result) => {
  const odd = (harness: Harness['emulator']) =>
    harness.faults.add({ method: 'getMe', outcome: { kind: 'result', result } });
  const started = await startHarness({ before: odd });
  expect(started.warnings).toEqual(['连不上 Telegram，稍后再试: nobody']);
  await expectAnswer(started);
  await started.close();
});

describe('a token that is refused', () => {
  it('once, while we run, is a mistake of Telegram', async () => {
    const { emulator } = bot();
    emulator.faults.add({ method: 'getUpdates', outcome: { kind: '401' } });
    await expectAnswer(bot());
    await expectAnswer(bot());
  });

  it('twice, but not after a while, too', async () => {
    const { emulator } = bot();
    for (const method of ['getUpdates', 'getMe']) emulator.faults.add({ method, outcome: { kind: '401' } });
    await expectAnswer(bot());
    await expectAnswer(bot());
    expect(emulator.faults.left()).toEqual([]);
  });

  it('again and again, ends it', async () => {
    const started = await startHarness({ polling: IMPATIENT });
    const { emulator } = started;
    const ended = started.app().ended.then(
      () => 'went on',
      (cause: Error) => cause.constructor.name,
    );
    for (const method of ['getUpdates', 'getMe'])
      emulator.faults.add({ method, times: Number.POSITIVE_INFINITY, outcome: { kind: '401' } });
    emulator.raw({ telepathy: {} } as Partial<Update>);
    expect(await ended).toBe('TokenError');
    await started.close();
  });

  it('once, at the start, is a mistake too', async () => {
    const refuse = (harness: Harness['emulator']) => harness.faults.add({ method: 'getMe', outcome: { kind: '401' } });
    const started = await startHarness({ before: refuse });
    await expectAnswer(started);
    await started.close();
  });
});
