import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTimers, start, summary } from './harness.ts';

interface Received {
  readonly update: Update;
  readonly headers: IncomingHttpHeaders;
}

/** A bot's own server; `answer` decides what each delivery gets. */
async function receive(answer: (update: Update, response: ServerResponse) => void) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const update: Update = JSON.parse(Buffer.concat(chunks).toString());
      received.push({ update, headers: request.headers });
      answer(update, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { received, hook: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

const accept = (_: Update, response: ServerResponse) => void response.end();

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('a webhook', () => {
  test('gets each update once, with the secret in its header', async () => {
    const { emulator, ok } = await start();
    const { received, hook } = await receive(accept);
    await ok('setWebhook', { url: hook, secret_token: 'geheim_1' });
    const user = emulator.places.user();
    emulator.people.start(user);
    emulator.people.say(user, user, '待遇');
    await emulator.watch.drained();
    expect(received.map(({ update }) => summary(update))).toEqual(['message /start', 'message 待遇']);
    expect(received[0]?.headers['x-telegram-bot-api-secret-token']).toBe('geheim_1');
    expect(await ok('getWebhookInfo')).toMatchObject({ url: hook, pending_update_count: 0, max_connections: 40 });
  });

  test('keeps the order within a chat while others go on', async () => {
    const held: (() => void)[] = [];
    const { emulator, ok } = await start();
    const { received, hook } = await receive((update, response) => {
      if (update.message?.text === '慢') held.push(() => response.end());
      else response.end();
    });
    await ok('setWebhook', { url: hook });
    const [slow, fast] = [emulator.places.user(), emulator.places.user()];
    emulator.places.privateChat(slow);
    emulator.places.privateChat(fast);
    emulator.people.say(slow, slow, '慢');
    emulator.people.say(slow, slow, '随后');
    emulator.people.say(fast, fast, '快');
    await until(() => received.length === 2);
    expect(received.map(({ update }) => update.message?.text)).toEqual(['慢', '快']);
    for (const release of held) release();
    await emulator.watch.drained();
    expect(received.map(({ update }) => update.message?.text)).toEqual(['慢', '快', '随后']);
  });

  test('tries again at once, then with growing pauses, and reports the error', async () => {
    const timers = createTimers();
    const { emulator, ok } = await start({ after: timers.after });
    let failures = 3;
    const { received, hook } = await receive((_, response) => {
      if (failures-- > 0) response.statusCode = 500;
      response.end();
    });
    await ok('setWebhook', { url: hook });
    emulator.people.start(emulator.places.user());
    for (const [tries, pause] of [
      [1, 0],
      [2, 2_000],
      [3, 4_000],
    ] as const) {
      await until(() => received.length === tries && timers.pending() === 1);
      timers.advance(pause - 1);
      expect(received).toHaveLength(tries);
      timers.advance(1);
    }
    await emulator.watch.drained();
    expect(received).toHaveLength(4);
    expect(await ok('getWebhookInfo')).toMatchObject({
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
      pending_update_count: 0,
    });
  });

  test('honours Retry-After', async () => {
    const timers = createTimers();
    const { emulator, ok } = await start({ after: timers.after });
    let drained = false;
    const { received, hook } = await receive((_, response) => {
      if (drained) response.end();
      else response.writeHead(503, { 'retry-after': '7' }).end();
      drained = true;
    });
    await ok('setWebhook', { url: hook });
    emulator.people.start(emulator.places.user());
    await until(async () => 'last_error_date' in (await ok<object>('getWebhookInfo')));
    timers.advance(6_999);
    expect(received).toHaveLength(1);
    timers.advance(1);
    await emulator.watch.drained();
    expect(received).toHaveLength(2);
  });

  test('runs a method call in its answer', async () => {
    const { emulator, ok } = await start();
    const { hook } = await receive((update, response) => {
      const call = { method: 'sendMessage', chat_id: update.message?.chat.id, text: '收到' };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(call));
    });
    await ok('setWebhook', { url: hook });
    const user = emulator.places.user();
    const chat = emulator.places.privateChat(user);
    const answer = emulator.watch.nextFromBot(chat);
    emulator.people.say(chat, user, '在吗');
    expect((await answer).text).toBe('收到');
    expect(emulator.watch.calls('sendMessage')).toHaveLength(1);
  });

  test('drops pending updates when told to', async () => {
    const { emulator, ok } = await start();
    const { received, hook } = await receive(accept);
    emulator.people.start(emulator.places.user());
    await ok('setWebhook', { url: hook, drop_pending_updates: true });
    emulator.people.start(emulator.places.user(), 'later');
    await emulator.watch.drained();
    expect(received.map(({ update }) => summary(update))).toEqual(['message /start later']);
  });

  test('gives what it could not deliver back to getUpdates', async () => {
    const { emulator, ok, updates } = await start();
    await ok('setWebhook', { url: 'http://127.0.0.1:9/' });
    emulator.people.start(emulator.places.user());
    await until(async () => 'last_error_message' in (await ok<object>('getWebhookInfo')));
    expect(await ok('getWebhookInfo')).toMatchObject({
      last_error_message: 'Connection refused',
      pending_update_count: 1,
    });
    await ok('deleteWebhook');
    expect((await updates()).map(summary)).toEqual(['message /start']);
  });

  const refusals: readonly [name: string, params: object, expected: string][] = [
    [
      'plain HTTP elsewhere',
      { url: 'http://example.com' },
      '400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    ],
    [
      'another port',
      { url: 'https://example.com:5000' },
      '400 Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
    ],
    ['no URL at all', { url: '::' }, '400 Bad Request: bad webhook: invalid webhook URL specified'],
    [
      'a secret with other characters',
      { url: 'http://127.0.0.1:9', secret_token: '密' },
      '400 Bad Request: secret token contains unallowed characters',
    ],
    [
      'a secret too long',
      { url: 'http://127.0.0.1:9', secret_token: 'x'.repeat(257) },
      '400 Bad Request: secret token is too long',
    ],
  ];
  test.each(refusals)('refuses %s', async (_, params, expected) => {
    const { refused } = await start();
    expect(await refused('setWebhook', params)).toBe(expected);
  });

  test('says what became of it', async () => {
    const { call } = await start();
    expect(await call('setWebhook', { url: 'http://127.0.0.1:9' })).toMatchObject({ description: 'Webhook was set' });
    expect(await call('deleteWebhook')).toMatchObject({ description: 'Webhook was deleted' });
    expect(await call('deleteWebhook')).toMatchObject({ description: 'Webhook is already deleted' });
    expect(await call('getWebhookInfo')).toEqual({
      ok: true,
      result: { url: '', has_custom_certificate: false, pending_update_count: 0 },
    });
  });
});
