import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChatModel, createChatModel } from '../../src/model/chat.ts';
import { fails, hangs, type Service, says, startService } from './service.ts';

const SECRET = 'sk-secret-0123456789';
const PATIENT = { timeoutMs: 10_000 };
const PROMPT = { system: '规则', user: '问题' };

let service: Service;
let model: ChatModel;
beforeAll(async () => {
  service = await startService(says(''));
});
afterAll(() => service.close());
beforeEach(() => {
  model = createChatModel({ url: service.url, model: 'm', key: SECRET });
});

describe('a model behind an endpoint', () => {
  it('is asked in one piece, for JSON, at no temperature, with its key', async () => {
    service.does(says('{"answers":[[1]]}'));
    expect(await model.ask(PROMPT, PATIENT)).toEqual({ ok: true, value: '{"answers":[[1]]}' });
    const { path, authorization, body } = service.asked.at(-1) as Service['asked'][number];
    expect({ path, authorization }).toEqual({ path: '/v1/chat/completions', authorization: `Bearer ${SECRET}` });
    expect(body).toMatchObject({
      model: 'm',
      stream: false,
      temperature: 0,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: '规则' },
        { role: 'user', content: '问题' },
      ],
    });
  });

  it('takes the whole address of the call as well, and no key where there is none', async () => {
    service.does(says('x'));
    const local = createChatModel({ url: `${service.url}/chat/completions`, model: 'm', key: undefined });
    expect((await local.ask(PROMPT, PATIENT)).ok).toBe(true);
    expect(service.asked.at(-1)).toMatchObject({ path: '/v1/chat/completions', authorization: undefined });
  });

  it.each([400, 422])('is asked plainly, from then on, where it knows no JSON mode and says %i', async (status) => {
    service.does((response, request) => (request.body.response_format ? fails(status) : says('{}'))(response, request));
    const before = service.asked.length;
    expect(await model.ask(PROMPT, PATIENT)).toEqual({ ok: true, value: '{}' });
    expect(await model.ask(PROMPT, PATIENT)).toEqual({ ok: true, value: '{}' });
    expect(service.asked.slice(before).map(({ body }) => 'response_format' in body)).toEqual([true, false, false]);
    expect(service.asked.at(-1)?.body).toEqual({
      model: 'm',
      stream: false,
      messages: [
        { role: 'system', content: '规则' },
        { role: 'user', content: '问题' },
      ],
    });
  });
});

describe('a call that fails', () => {
  it.each<[number, string]>([
    [401, 'denied'],
    [403, 'denied'],
    [404, 'rejected'],
    [500, 'sick'],
    [502, 'sick'],
    [503, 'sick'],
  ])('with %i is %s, and not tried again', async (status, fault) => {
    service.does(fails(status));
    const before = service.asked.length;
    expect(await model.ask(PROMPT, PATIENT)).toEqual({ ok: false, fault, status });
    expect(service.asked.length - before).toBe(1);
  });

  it('with 429 says how long to leave it alone', async () => {
    service.does(fails(429, { 'retry-after': '7' }));
    expect(await model.ask(PROMPT, PATIENT)).toEqual({ ok: false, fault: 'busy', status: 429, retryAfterMs: 7_000 });
    service.does(fails(429));
    expect(await model.ask(PROMPT, PATIENT)).toEqual({ ok: false, fault: 'busy', status: 429 });
  });

  it('by saying nothing is given up in time', async () => {
    service.does(hangs);
    expect(await model.ask(PROMPT, { timeoutMs: 50 })).toEqual({ ok: false, fault: 'slow' });
  });

  it('by stopping in the middle is given up in time, or at the break', async () => {
    service.does((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"choices":[{"message":{"content":"{\\"ans');
    });
    expect(await model.ask(PROMPT, { timeoutMs: 50 })).toMatchObject({ ok: false, fault: 'slow' });
    service.does((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"choices"');
      setTimeout(() => response.destroy(), 10);
    });
    expect(await model.ask(PROMPT, PATIENT)).toMatchObject({ ok: false, fault: 'slow' });
  });

  it.each<[string, string, string]>([
    ['half a JSON', 'application/json', '{"choices":[{"message":'],
    ['a stream by mistake', 'text/event-stream', 'data: {"choices":[{"delta":{"content":"{"}}]}\n\ndata: [DONE]\n\n'],
    ['a page', 'text/html', '<html><h1>502 Bad Gateway</h1></html>'],
    ['something else', 'application/json', '{"message":{"content":"x"}}'],
    ['no choice', 'application/json', '{"choices":[]}'],
    ['no text', 'application/json', '{"choices":[{"message":{"content":null}}]}'],
    ['nothing', 'application/json', ''],
  ])('by answering with %s is malformed', async (_, type, body) => {
    service.does((response) => {
      response.setHeader('content-type', type);
      response.end(body);
    });
    expect(await model.ask(PROMPT, PATIENT)).toMatchObject({ ok: false, fault: 'malformed' });
  });

  it('by pouring out without an end is stopped', async () => {
    service.does((response) => {
      response.writeHead(200);
      const megabyte = 'x'.repeat(1024 * 1024);
      const pour = () => {
        while (!response.destroyed && response.write(megabyte));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    expect(await model.ask(PROMPT, PATIENT)).toMatchObject({ ok: false, fault: 'malformed' });
  });

  it('by sending it elsewhere takes the key nowhere', async () => {
    const other = await startService(says('{}'));
    service.does((response) => {
      response.writeHead(307, { location: `${other.url}/chat/completions` });
      response.end();
    });
    expect((await model.ask(PROMPT, PATIENT)).ok).toBe(false);
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('because nobody listens is tried once more, and only once', async () => {
    const url = await deadEnd();
    const nobody = createChatModel({ url, model: 'm', key: SECRET });
    const called = await nobody.ask(PROMPT, PATIENT);
    expect(called).toEqual({ ok: false, fault: 'unreachable' });
    expect(JSON.stringify(called)).not.toContain(SECRET);
  });

  it('because nobody listens yet succeeds when somebody does a moment later', async () => {
    const url = new URL(await deadEnd());
    const late = createServer((socket) => {
      socket.once('data', () => {
        const body = JSON.stringify({ choices: [{ message: { content: 'da' } }] });
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      });
    });
    const asking = createChatModel({ url: url.href, model: 'm', key: undefined }).ask(PROMPT, PATIENT);
    setTimeout(() => late.listen(Number(url.port), '127.0.0.1'), 60);
    expect(await asking).toEqual({ ok: true, value: 'da' });
    late.close();
  });

  it('is given up when whoever asked goes', async () => {
    service.does(hangs);
    const leaving = new AbortController();
    const asking = model.ask(PROMPT, { ...PATIENT, signal: leaving.signal });
    leaving.abort();
    expect(await asking).toMatchObject({ ok: false, fault: 'slow' });
  });
});

/** An address of loopback where nobody listens. */
async function deadEnd(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/`;
}
