import type { Update } from '@grammyjs/types';
import { Bot, BotError, Context, GrammyError, HttpError } from 'grammy';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog, faultOf } from '../src/log.ts';
import { openStore } from '../src/storage/store.ts';
import { StoreError } from '../src/storage/store-error.ts';
import { createIntake } from '../src/telegram/intake.ts';

const SAID = '我叫欧阳娜娜，电话13800138000，怎么报名';
const update = {
  update_id: 4711,
  message: {
    message_id: 55_066,
    date: 1,
    text: SAID,
    chat: { id: 987_654_321, type: 'private', first_name: '欧阳' },
    from: { id: 987_654_321, is_bot: false, first_name: '欧阳', username: 'ouyang_nana' },
  },
} as const satisfies Update;
const PERSONAL = /欧阳|娜娜|13800138000|报名|987654321|55066|ouyang/;
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

function logInto(level: string) {
  const lines: string[] = [];
  return { lines, log: createLog(level, [], { write: (line) => void lines.push(line) }) };
}

/** Everything that has ever been thrown in a handler, with what somebody wrote in its words or beside them. */
function faults(): readonly (readonly [string, unknown])[] {
  const bot = new Bot('1:x', { botInfo: { id: 1, is_bot: true, first_name: 'x', username: 'x' } as never });
  const refused = new GrammyError(
    'Call to sendMessage failed!',
    { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
    'sendMessage',
    { chat_id: update.message.chat.id, text: SAID },
  );
  const parse = (text: string) => {
    try {
      return JSON.parse(text);
    } catch (cause) {
      return cause;
    }
  };
  return [
    [
      "grammY's own, with the whole update",
      new BotError(new TypeError(SAID), new Context(update, bot.api, bot.botInfo)),
    ],
    ['a refusal, with what was to be sent', refused],
    ['one within another', new HttpError('Network request failed!', refused)],
    ['what could not be parsed', parse(SAID)],
    ['a name that was looked up', new TypeError(`Cannot read properties of undefined (reading '${SAID}')`)],
    ['words over several lines that look like code', new Error(`${SAID}\n    at ${SAID} (file:///x.ts:1:1)`)],
    ['a database', new StoreError('failed', 'wence.db', new Error(`Key (question)=(${SAID}) already exists.`))],
    ['a fault that is none', SAID],
    ['properties of its own', Object.assign(new Error('x'), { update, ctx: update })],
  ];
}

describe.each(faults())('%s', (_, fault) => {
  it.each(LEVELS)(
    'tells at level %s the number and the kind of the update, and nothing of the person',
    async (level) => {
      const { lines, log } = logInto(level);
      const store = await openStore({
        url: 'sqlite::memory:',
        now: Date.now,
        log: { info() {}, warn() {}, error() {} },
      });
      onTestFinished(() => store.close());
      const decide = async () => {
        throw fault;
      };
      await createIntake({ decide, prepare: () => undefined }, { store, now: Date.now, log }, () => {}).take([update]);
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] as string)).toMatchObject({
        update: 4711,
        kind: 'message',
        err: { type: expect.any(String) },
      });
      expect(lines[0]).not.toMatch(PERSONAL);
    },
  );
});

it('a fault says where in the code it was thrown, and in its own words at level trace', () => {
  const fault = new TypeError('我说的');
  expect(faultOf(fault)).toEqual({
    type: 'TypeError',
    at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
  });
  const { lines, log } = logInto('trace');
  log.error({ err: fault }, '错');
  expect(lines[0]).toContain('我说的');
});

it('faults of the network and the database say what they are', () => {
  expect(faultOf(new StoreError('full', 'wence.db'))).toMatchObject({
    code: 'full',
    message: expect.stringContaining('已满'),
  });
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
  expect(faultOf(new HttpError('failed!', new TypeError('fetch failed', { cause: reset })))).toMatchObject({
    message: 'failed!',
    cause: { type: 'TypeError', cause: { code: 'ECONNRESET', message: 'read ECONNRESET' } },
  });
});

it('what holds itself comes to an end', () => {
  const fault: Error & { cause?: unknown } = new Error('x');
  fault.cause = fault;
  expect(JSON.stringify(faultOf(fault)).length).toBeLessThan(20_000);
});
