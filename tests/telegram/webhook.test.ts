import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/storage/store-error.ts';
import { ALLOWED_UPDATES } from '../../src/telegram/update-shape.ts';
import { createWebhook, WEBHOOK_LIMITS } from '../../src/telegram/webhook.ts';
import { freePort } from '../free-port.ts';
import { type Harness, only, privately, startHarness } from './harness.ts';

const SECRET = 'a-secret-that-only-Telegram-knows';
const PATH = '/telegram/updates';
const ASK = '社区工作者有哪些补贴';

let port: number;
let bot: Harness;
beforeAll(async () => {
  port = await freePort();
  bot = await startHarness({
    environment: {
      WEBHOOK_URL: `http://127.0.0.1:${port}${PATH}`,
      WEBHOOK_SECRET: SECRET,
      PORT: String(port),
    },
  });
  await until(() => setCalls() === 1);
});
afterAll(() => bot?.close());

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

function setCalls(): number {
  return bot.emulator.watch.calls().filter(({ method }) => method === 'setWebhook').length;
}

interface Posted {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Post {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const KNOWN = { ...JSON_TYPE, 'x-telegram-bot-api-secret-token': SECRET };

function post({ method = 'POST', path = PATH, headers = KNOWN, body = '' }: Post, at = port): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: at, method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    let answered = false;
    outgoing.on('response', () => {
      answered = true;
    });
    // A body that is refused halfway breaks the pipe after the answer.
    outgoing.on('error', (cause) => (answered ? undefined : reject(cause)));
    outgoing.end(body);
  });
}

/** What comes back when raw bytes are sent. */
function raw(bytes: string, at = port): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(at, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.on('error', () => resolve(heard));
    socket.on('close', () => resolve(heard));
    socket.write(bytes);
  });
}

describe('by webhook', () => {
  it('questions are answered, and nothing is polled', async () => {
    const { chat, user } = privately(bot);
    const answer = only(await bot.replies(chat, () => bot.emulator.people.say(chat, user, ASK)));
    expect(answer.text).toContain('社区工作者');
    expect(bot.emulator.watch.calls().some(({ method }) => method === 'getUpdates')).toBe(false);
  });

  it('it is set once, for the kinds that are handled, and not again by the next start', async () => {
    expect(bot.emulator.watch.calls().find(({ method }) => method === 'setWebhook')?.params).toMatchObject({
      url: `http://127.0.0.1:${port}${PATH}`,
      secret_token: SECRET,
      allowed_updates: ALLOWED_UPDATES,
    });
    const asked = () => bot.emulator.watch.calls().filter(({ method }) => method === 'getWebhookInfo').length;
    const before = asked();
    await bot.restart();
    await until(() => asked() > before);
    const { chat, user } = privately(bot);
    only(await bot.replies(chat, () => bot.emulator.people.say(chat, user, ASK)));
    expect(setCalls()).toBe(1);
  });

  it('an update that is posted twice is answered once', async () => {
    const { chat, user } = privately(bot);
    const update = {
      update_id: 2_000_000_000,
      message: { message_id: 1_000_000, date: 1_767_225_600, chat, from: user, text: ASK },
    };
    const body = JSON.stringify(update);
    const replies = await bot.replies(chat, () => Promise.all([1, 2, 3].map(() => post({ body }))));
    expect(replies).toHaveLength(1);
  });
});

describe('a request that is not Telegram’s', () => {
  const good = JSON.stringify({ update_id: 1 });
  it.each<[string, Post, number]>([
    ['no secret', { headers: JSON_TYPE, body: good }, 401],
    ['a wrong secret', { headers: { ...KNOWN, 'x-telegram-bot-api-secret-token': `${SECRET}x` }, body: good }, 401],
    [
      'a beginning of the secret',
      { headers: { ...KNOWN, 'x-telegram-bot-api-secret-token': SECRET.slice(0, 8) } },
      401,
    ],
    ['another method', { method: 'GET' }, 405],
    ['another path', { path: '/', body: good }, 404],
    ['a path with something behind it', { path: `${PATH}?x=1`, body: good }, 404],
    ['no JSON', { body: '{"update_id": 1' }, 400],
    ['nothing at all', { body: '' }, 400],
    ['a number', { body: '17' }, 400],
    ['null', { body: 'null' }, 400],
    ['a list', { body: '[{"update_id":1}]' }, 400],
    ['no update_id', { body: '{"message":{}}' }, 400],
    ['an update_id of the wrong kind', { body: '{"update_id":"1"}' }, 400],
    ['depth without end', { body: '['.repeat(200_000) }, 400],
    ['a form', { headers: { ...KNOWN, 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }, 415],
    ['more than an update ever has', { body: JSON.stringify({ update_id: 1, x: 'x'.repeat(1_100_000) }) }, 413],
    [
      'the same without saying so',
      { headers: { ...KNOWN, 'transfer-encoding': 'chunked' }, body: 'x'.repeat(1_100_000) },
      413,
    ],
  ])('%s: %#', async (_, sent, status) => {
    expect((await post(sent)).status).toBe(status);
  });

  it('a broken one gets 400, and none of them is an error of ours', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toContain('400 Bad Request');
    expect(await raw(`POST ${PATH} HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(5_000)}\r\n`)).toMatch(/ 4\d\d /);
    const { chat, user } = privately(bot);
    only(await bot.replies(chat, () => bot.emulator.people.say(chat, user, ASK)));
    expect(bot.warnings.filter((warning) => !warning.includes('不是 Telegram 发来的请求'))).toEqual([]);
  });

  it('content that has not the shape that it should have is taken and skipped', async () => {
    const body = JSON.stringify({ update_id: 2_000_000_001, message: { chat: 'x', text: 17 } });
    expect((await post({ body })).status).toBe(200);
    expect(bot.warnings.at(-1)).toContain('不合格式');
  });
});

describe('a request that takes its time', () => {
  it.each([
    ['with its head', 'POST / HTTP/1.1\r\nhost: x\r\n'],
    [
      'with its body',
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\nx-telegram-bot-api-secret-token: ${SECRET}\r\n\r\n{`,
    ],
  ])('%s is ended', async (_, begun) => {
    const limits = { ...WEBHOOK_LIMITS, headMs: 50, requestMs: 100 };
    const silent = { info() {}, warn() {}, error() {} };
    const webhook = createWebhook({ take: async () => 0 }, silent, { path: '/', secret: SECRET, limits });
    const slow = await webhook.listen('127.0.0.1', 0);
    expect(await raw(begun, slow)).toContain('408');
    await webhook.stop();
  });

  it('what waits for a database that is away is told when to come back', async () => {
    const silent = { info() {}, warn() {}, error() {} };
    const take = async () => {
      throw new StoreError('away', 'db');
    };
    const webhook = createWebhook({ take }, silent, { path: '/', secret: SECRET });
    const at = await webhook.listen('127.0.0.1', 0);
    const { status, headers } = await post({ path: '/', body: '{"update_id":1}' }, at);
    expect([status, headers['retry-after']]).toEqual([503, '3']);
    await webhook.stop();
  });
});

describe('polling and webhook', () => {
  it('take over from each other, both ways, without losing a question', async () => {
    const port = await freePort();
    const environment = {
      WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      WEBHOOK_SECRET: SECRET,
      PORT: String(port),
    };
    const harness = await startHarness();
    const { chat, user } = privately(harness);
    const ask = () => harness.replies(chat, () => harness.emulator.people.say(chat, user, ASK));
    only(await ask());
    await harness.restart(undefined, environment);
    only(await ask());
    expect(harness.emulator.watch.calls().at(-1)?.method).not.toBe('getUpdates');
    await harness.restart(undefined, {});
    only(await ask());
    // Set again with another secret: Telegram is told.
    await harness.restart(undefined, { ...environment, WEBHOOK_SECRET: `${SECRET}-2` });
    only(await ask());
    const secrets = harness.emulator.watch
      .calls()
      .filter(({ method }) => method === 'setWebhook')
      .map(({ params }) => params.secret_token);
    expect(secrets).toEqual([SECRET, `${SECRET}-2`]);
    await harness.close();
  });
});
