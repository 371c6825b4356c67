import { once } from 'node:events';
import { appendFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Child, createPlace } from './child.ts';

/** Nothing of a token: `npm start` as it is tried first. */
const NO_TOKEN = { BOT_TOKEN: '', LOG_LEVEL: 'warn' };

/** A port, held until it is released. */
async function holdPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { port, release: () => new Promise((resolve) => server.close(resolve)) };
}

/** Whether nobody listens there. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const [event] = await Promise.race([
    once(server.listen(port, '127.0.0.1'), 'listening').then(() => ['free']),
    once(server, 'error').then(() => ['taken']),
  ]);
  server.close();
  return event === 'free';
}

async function urlOf(child: Child): Promise<URL> {
  await child.says(/试用页：http\S+\n/);
  return new URL(/试用页：(\S+)/.exec(child.output())?.[1] ?? '');
}

function expectOneLine(child: Child, part: string): void {
  expect(child.output()).toContain(part);
  expect(child.output().trim().split('\n')).toHaveLength(1);
}

describe.concurrent('without a token, what is wrong ends it at once', () => {
  it('a port that is taken', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const { port, release } = await holdPort();
    onTestFinished(async () => void (await release()));
    const child = place.start({ ...NO_TOKEN, PORT: String(port) });
    expect(await child.ended).toBe(1);
    expectOneLine(child, `端口 ${port} 已被别的程序占用`);
  });

  it.for([
    ['203.0.113.1', '不能在 203.0.113.1 上监听'],
    ['no-such-host.invalid', '不能在 no-such-host.invalid 上监听'],
    ['0.0.0.0', '请再设 PLAYGROUND_OPEN=yes'],
  ] as const)('HOST=%s', async ([host, part], { onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ ...NO_TOKEN, HOST: host, PORT: '0' });
    expect(await child.ended).toBe(1);
    expectOneLine(child, part);
  });

  it('knowledge that has errors: no page is served, and the port is free again', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    await appendFile(join(place.folder, 'knowledge/notice/questions.yaml'), '\nsections: 3\n');
    const { port, release } = await holdPort();
    await release();
    const child = place.start({ ...NO_TOKEN, PORT: String(port) });
    expect(await child.ended).toBe(1);
    expect(child.output()).toContain('notice/questions.yaml');
    expect(child.output()).not.toContain('试用页');
    expect(await isFree(port)).toBe(true);
  });

  it('knowledge that is no folder', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const file = join(place.folder, 'a-file');
    await writeFile(file, '');
    const child = place.start({ ...NO_TOKEN, KNOWLEDGE_DIR: file, PORT: '0' });
    expect(await child.ended).toBe(1);
    expect(child.output()).toContain(file);
    expect(child.output()).not.toContain('试用页');
  });
});

describe.concurrent('without a token, the first signal ends it', () => {
  it('while a page is open', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ ...NO_TOKEN, PORT: '0' });
    const url = await urlOf(child);
    const [stream] = await once(request(new URL('/events', url)).end(), 'response');
    await once(stream, 'data');
    stream.on('error', () => undefined);
    child.kill('SIGINT');
    expect(await child.ended).toBe(0);
    expect(await isFree(Number(url.port))).toBe(true);
  });

  it('also while it starts', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ ...NO_TOKEN, PORT: '0', LOG_LEVEL: 'trace' });
    // As soon as the process listens for signals, which it does before it reads the knowledge.
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 400);
    await promise;
    child.kill('SIGTERM');
    expect([0, 'SIGTERM']).toContain(await child.ended);
  });
});

describe.concurrent('told twice, the page is open to others', () => {
  it('HOST=0.0.0.0 and PLAYGROUND_OPEN=yes', async ({ onTestFinished }) => {
    const place = await createPlace(onTestFinished);
    const child = place.start({ ...NO_TOKEN, HOST: '0.0.0.0', PLAYGROUND_OPEN: 'yes', PORT: '0' });
    const { port } = await urlOf(child);
    const [response] = await once(request(`http://127.0.0.1:${port}/`).end(), 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });
});
