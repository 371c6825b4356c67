import type { Message } from '@grammyjs/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isTrusted } from '../src/origin.ts';
import { createPlayground } from '../src/playground.ts';
import type { ServerEvent, Snapshot } from '../src/protocol.ts';
import { untilTimeOfDay } from '../src/time-of-day.ts';
import { listen, type Neighbour, openNeighbour, START, send } from './neighbour.ts';
import { SCENARIO } from './scenario.ts';

let here: Neighbour;
let world: Snapshot;

beforeAll(async () => {
  here = await openNeighbour();
});
beforeEach(async () => {
  await here.act({ type: 'reset' });
  world = await here.snapshot();
});
afterAll(() => here.close());

const groupId = () => world.rooms.find(({ owner, topics }) => owner === undefined && topics.length === 0)?.id ?? 0;
const privateId = () => world.rooms.find(({ owner }) => owner === 'member')?.id ?? 0;
const isFromBot = (event: ServerEvent): event is ServerEvent & { readonly message: Message } =>
  event.kind === 'message' && event.message.from?.id === world.bot.id;

async function ask(text = '@test_bot 劳动合同跟谁签？'): Promise<Message> {
  const stream = await listen(here.url);
  await here.act({ type: 'say', person: 'member', chat: groupId(), text });
  const { event } = await stream.next(isFromBot);
  stream.close();
  if (!isFromBot(event)) throw new Error('unreachable: only messages fit');
  return event.message;
}

describe('only this page, opened on this machine, is served', () => {
  test.each([
    ['a foreign name that resolves to loopback', { host: 'evil.example:80' }],
    ['a name that merely begins like loopback', { host: '127.0.0.1.evil.example' }],
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    [
      'a request that a browser marks as another site’s',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    ],
  ])('%s is refused everywhere', async (_, headers) => {
    for (const path of ['/', '/events', '/page/main.ts']) {
      expect(await send(here.url, path, { headers })).toMatchObject({ status: 403 });
    }
    const body = JSON.stringify({ type: 'privacy', on: false });
    expect(await send(here.url, '/act', { headers, body })).toMatchObject({ status: 403 });
    expect((await here.snapshot()).privacy).toBe(true);
  });

  test('localhost, whatever the port forwarded to it, and the page’s own requests are welcome', async () => {
    expect(await send(here.url, '/', { headers: { host: 'localhost:9999' } })).toMatchObject({ status: 200 });
    const headers = { host: 'localhost:9999', origin: 'http://localhost:9999', 'sec-fetch-site': 'same-origin' };
    expect(await send(here.url, '/act', { headers, body: '{"type":"privacy","on":true}' })).toMatchObject({
      status: 200,
    });
  });

  test('a link from elsewhere may open the page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(await send(here.url, '/', { headers })).toMatchObject({ status: 200 });
  });
});

describe('a file', () => {
  const post = (query: Record<string, string>, body: Uint8Array, type = 'application/octet-stream') =>
    fetch(`${here.url}/file?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(body),
    });
  const bytes = new TextEncoder().encode('明日停水。');

  test('is a message of who sends it, and the bot can fetch it', async () => {
    const stream = await listen(here.url);
    const query = { person: 'member', chat: String(privateId()), name: '通知.txt' };
    expect(await (await post(query, bytes)).json()).toMatchObject({ ok: true });
    const { event } = await stream.next((each) => each.kind === 'message');
    stream.close();
    expect(event).toMatchObject({ message: { document: { file_name: '通知.txt', file_size: bytes.length } } });
  });

  test.each<[string, Record<string, string>, Uint8Array, string, number]>([
    ['sent as a form of another site could', {}, bytes, 'text/plain', 400],
    ['without a name', { name: '' }, bytes, 'application/octet-stream', 400],
    ['in a chat of somebody else', { person: 'admin' }, bytes, 'application/octet-stream', 409],
    ['larger than a bot may fetch', {}, new Uint8Array(20 * 1_024 * 1_024 + 1), 'application/octet-stream', 413],
  ])('%s is refused', async (_, change, body, type, status) => {
    const query = { person: 'member', chat: String(privateId()), name: 'a.txt', ...change };
    expect((await post(query, body, type)).status).toBe(status);
  });
});

describe('who is let in', () => {
  const visit = (remoteAddress: string, host: string) => ({ headers: { host }, socket: { remoteAddress } });

  test('is told by the socket, not by what the request says of itself', () => {
    for (const address of ['192.168.1.9', '8.8.8.8', '::ffff:10.0.0.2', 'fe80::1', '2001:db8::1', '']) {
      expect(isTrusted(visit(address, 'localhost:8080'), false), address).toBe(false);
    }
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
      expect(isTrusted(visit(address, 'localhost:8080'), false), address).toBe(true);
    }
  });

  test('others too where the page is open, but no foreign name', () => {
    expect(isTrusted(visit('192.168.1.9', '192.168.1.2:8080'), true)).toBe(true);
    expect(isTrusted(visit('2001:db8::1', '[2001:db8::2]:8080'), true)).toBe(true);
    expect(isTrusted(visit('192.168.1.9', 'evil.example:8080'), true)).toBe(false);
    expect(isTrusted(visit('127.0.0.1', 'evil.example:8080'), true)).toBe(false);
  });

  test.each(['0.0.0.0', '::'])('a page on %s is not served unless it is told twice', async (host) => {
    const { emulator } = here;
    const options = { emulator, scenario: SCENARIO, port: 0, host, now: () => START };
    await expect(createPlayground(options).listen()).rejects.toMatchObject({ code: 'open_to_others' });
    const open = createPlayground({ ...options, open: true });
    const { url } = await open.listen();
    const local = `http://127.0.0.1:${new URL(url).port}`;
    expect(await send(local, '/')).toMatchObject({ status: 200 });
    expect(await send(local, '/', { headers: { host: 'evil.example' } })).toMatchObject({ status: 403 });
    await open.close();
  });
});

describe('the page', () => {
  test('comes with a policy that lets nothing foreign in', async () => {
    const { headers, body } = await send(here.url, '/');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(body).toContain('<html lang="zh-Hans">');
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test('its modules arrive as JavaScript, with their types gone', async () => {
    const { headers, body } = await send(here.url, '/page/world.ts');
    expect(headers['content-type']).toContain('text/javascript');
    expect(body).toContain('export function applyEvent(');
    expect(body).not.toContain('interface');
  });

  test.each(['/page/../playground.ts', '/page/%2e%2e/playground.ts', '/page/tsconfig.json', '/page/none.ts', '/etc'])(
    '%s is not there',
    async (path) => {
      expect(await send(here.url, path)).toMatchObject({ status: 404 });
    },
  );

  test('other methods are refused', async () => {
    expect(await send(here.url, '/', { method: 'PUT' })).toMatchObject({ status: 405 });
    expect(await send(here.url, '/act')).toMatchObject({ status: 405 });
  });
});

describe('acts are checked before anything happens', () => {
  test.each([
    ['no JSON', '{', 400],
    ['no known act', '{"type":"fly"}', 400],
    ['a missing field', '{"type":"say","person":"member","chat":1}', 400],
    ['an empty text', '{"type":"say","person":"member","chat":1,"text":""}', 400],
    [
      'more than Telegram sends at once',
      JSON.stringify({ type: 'say', person: 'member', chat: 1, text: 'x'.repeat(4_097) }),
      400,
    ],
    ['nobody we know', '{"type":"say","person":"mallory","chat":1,"text":"x"}', 409],
    ['a field too many', '{"type":"reset","now":true}', 400],
    ['more than 64 KB', `"${'x'.repeat(70_000)}"`, 413],
    ['a chat that is not there', '{"type":"say","person":"member","chat":1,"text":"x"}', 409],
  ])('%s', async (_, body, status) => {
    expect(await send(here.url, '/act', { body })).toMatchObject({ status });
  });

  test('a form of another site cannot even send JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(await send(here.url, '/act', { headers, body: '{"type":"reset"}' })).toMatchObject({ status: 400 });
  });
});

describe('events', () => {
  test('begin with a snapshot of people, rooms and calls', async () => {
    const stream = await listen(here.url);
    const { event } = await stream.next(() => true);
    stream.close();
    if (event.kind !== 'snapshot') throw new Error('the first event is no snapshot');
    expect(event.snapshot.rooms.map(({ title }) => title)).toContain('阳光社区居民群');
    expect(event.snapshot.people.map(({ user }) => user.language_code)).toEqual([
      'zh-hans',
      'zh-hans',
      'zh-hans',
      'zh-hant',
      'en',
    ]);
    expect(event.snapshot.clock).toEqual({
      morning: '08:29',
      now: expect.any(Number),
      timeZone: 'Asia/Shanghai',
      canAdvance: true,
    });
  });

  test('go on after the last one received, without a snapshot', async () => {
    const first = await listen(here.url);
    await here.act({ type: 'say', person: 'member', chat: groupId(), text: '一' });
    const { id } = await first.next((event) => event.kind === 'message');
    first.close();
    await here.act({ type: 'say', person: 'member', chat: groupId(), text: '二' });
    const second = await listen(here.url, id);
    const { event } = await second.next(() => true);
    second.close();
    expect(event).toMatchObject({ kind: 'message', message: { text: '二' } });
  });

  test.each(['gone-1', 'nonsense', ''])('begin anew after the unknown id "%s"', async (id) => {
    const stream = await listen(here.url, id);
    expect((await stream.next(() => true)).event.kind).toBe('snapshot');
    stream.close();
  });
});

describe('what a visitor does reaches the bot over HTTP', () => {
  test('a question is answered with a quote in reply, and the call stands in the panel', async () => {
    const answer = await ask();
    expect(answer.entities?.map(({ type }) => type)).toContain('blockquote');
    expect(answer.reply_to_message?.text).toBe('@test_bot 劳动合同跟谁签？');
    const { calls } = await here.snapshot();
    expect(calls.findLast(({ method }) => method === 'sendMessage')).toMatchObject({
      verdict: 'ok',
      reply: { ok: true },
    });
  });

  test('a button answers with a toast, an alert, or an edit', async () => {
    const answer = await ask();
    const place = { type: 'press', person: 'admin', chat: groupId(), message: answer.message_id, row: 0 } as const;
    expect(await here.act({ ...place, column: 1 })).toEqual({
      ok: true,
      result: { answered: true, alert: false, text: '谢谢你的反馈' },
    });
    expect(await here.act({ ...place, column: 2 })).toMatchObject({ result: { alert: true } });
    await here.act({ ...place, column: 0 });
    const messages = (await here.snapshot()).messages[groupId()];
    expect(messages?.find(({ message_id: id }) => id === answer.message_id)?.text).toContain('原文');
    expect(await here.act({ ...place, row: 7, column: 0 })).toMatchObject({ ok: false, code: 'no_button' });
  });

  test.each([
    [true, '大家好', false],
    [true, '@test_bot 你好', true],
    [true, '/help', true],
    [false, '大家好', true],
  ])('privacy mode %s: 「%s」 is handed to the bot: %s', async (on, text, reached) => {
    await here.act({ type: 'privacy', on });
    const said = await here.act({ type: 'say', person: 'member', chat: groupId(), text });
    const { message } = (said.ok ? said.result : {}) as { message: number };
    expect((await here.snapshot()).reached.includes(`${groupId()}:${message}`)).toBe(reached);
  });

  test('the anonymous administrator speaks as the group, in private as himself', async () => {
    await here.act({ type: 'say', person: 'anonymous', chat: groupId(), text: '通知' });
    const own = world.rooms.find(({ owner }) => owner === 'anonymous')?.id ?? 0;
    await here.act({ type: 'say', person: 'anonymous', chat: own, text: '你好' });
    const { messages } = await here.snapshot();
    expect(messages[groupId()]?.at(-1)).toMatchObject({ sender_chat: { id: groupId() } });
    expect(messages[own]?.[0]).toMatchObject({ from: { first_name: '老周' } });
  });

  test('one changes and removes only what is one’s own', async () => {
    const said = await here.act({ type: 'say', person: 'member', chat: groupId(), text: '错字' });
    const { message } = (said.ok ? said.result : {}) as { message: number };
    const place = { chat: groupId(), message };
    expect(await here.act({ type: 'edit', person: 'admin', ...place, text: '改' })).toMatchObject({ code: 'no_right' });
    expect(await here.act({ type: 'edit', person: 'member', ...place, text: '改好了' })).toMatchObject({ ok: true });
    expect((await here.snapshot()).messages[groupId()]?.at(-1)).toMatchObject({ text: '改好了' });
    expect(await here.act({ type: 'remove', person: 'member', ...place })).toMatchObject({ ok: true });
    expect((await here.snapshot()).messages[groupId()]).toEqual([]);
  });

  test('nobody enters another’s private chat', async () => {
    const chat = privateId();
    expect(await here.act({ type: 'say', person: 'admin', chat, text: '?' })).toMatchObject({ code: 'not_member' });
  });

  test.each([
    ['member', ['ask', 'help']],
    ['admin', ['ask', 'help', 'settings']],
    ['english', ['help']],
  ] as const)('the menu of %s is %j', async (person, names) => {
    const reply = await here.act({ type: 'menu', person, chat: groupId() });
    expect(reply).toMatchObject({ ok: true, result: names.map((command) => ({ command })) });
  });

  test('inline results are shown, and the one chosen is sent via the bot', async () => {
    const place = { person: 'member', chat: groupId() } as const;
    expect(await here.act({ type: 'inline', ...place, query: '外资' })).toMatchObject({
      result: { answered: true, results: [{ id: 'q1', title: '引用1：外资' }, { id: 'q2' }] },
    });
    expect(await here.act({ type: 'choose', ...place, result: 'q2' })).toMatchObject({ ok: true });
    expect((await here.snapshot()).messages[groupId()]?.at(-1)).toMatchObject({ text: '插入的引用2', via_bot: {} });
    expect(await here.act({ type: 'choose', ...place, result: 'q9' })).toMatchObject({ code: 'not_found' });
  });

  test('the bot is thrown out and taken back, people join and leave, the creator stays', async () => {
    const chat = groupId();
    await here.act({ type: 'bot', chat, standing: 'absent' });
    await here.act({ type: 'role', chat, person: 'english', standing: 'absent' });
    const room = (await here.snapshot()).rooms.find(({ id }) => id === chat);
    expect(room).toMatchObject({ bot: 'absent', people: { english: 'absent', admin: 'administrator' } });
    expect(await here.act({ type: 'say', person: 'english', chat, text: 'hi' })).toMatchObject({ code: 'not_member' });
    await here.act({ type: 'bot', chat, standing: 'administrator' });
    expect((await here.snapshot()).rooms.find(({ id }) => id === chat)?.bot).toBe('administrator');
    const demotion = { type: 'role', chat, person: 'anonymous', standing: 'member' } as const;
    expect(await here.act(demotion)).toMatchObject({ code: 'no_right' });
  });

  test('who has blocked the bot can’t write to it until it is unblocked', async () => {
    const say = { type: 'say', person: 'member', chat: privateId(), text: '你好' } as const;
    await here.act({ type: 'block', person: 'member', on: true });
    expect(await here.act(say)).toMatchObject({ code: 'blocked' });
    await here.act({ type: 'block', person: 'member', on: false });
    expect(await here.act(say)).toMatchObject({ ok: true });
  });

  test('topics keep apart', async () => {
    const forum = world.rooms.find(({ topics }) => topics.length > 0);
    const topic = forum?.topics.find(({ name }) => name === '政策问答')?.id ?? 0;
    await here.act({ type: 'say', person: 'member', chat: forum?.id ?? 0, topic, text: '@test_bot 问' });
    const { messages } = await here.snapshot();
    expect(messages[forum?.id ?? 0]?.find(({ text }) => text === '@test_bot 问')).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
    });
  });

  test('a reset brings strangers and empty chats', async () => {
    await ask();
    await here.act({ type: 'privacy', on: false });
    await here.act({ type: 'reset' });
    const next = await here.snapshot();
    expect(next.people[0]?.user.id).not.toBe(world.people[0]?.user.id);
    expect(Object.keys(next.messages)).not.toContain(String(groupId()));
    expect(next.privacy).toBe(true);
    expect(next.calls.filter(({ method }) => method !== 'getUpdates')).toEqual([]);
  });
});

describe('the clock', () => {
  test('moves by an hour, to the morning, by a day', async () => {
    const times: number[] = [];
    for (const advance of ['hour', 'morning', 'day'] as const) {
      await here.act({ type: 'clock', advance });
      times.push((await here.snapshot()).clock.now - START);
    }
    const hour = 3_600_000;
    expect(times).toEqual([hour, 18 * hour + 29 * 60_000, 42 * hour + 29 * 60_000]);
  });

  test.each([
    ['in the afternoon', '2026-11-22T06:00:00Z', 'Asia/Shanghai', '2026-11-23T00:29:00Z'],
    ['before that minute', '2026-11-22T00:28:59Z', 'Asia/Shanghai', '2026-11-22T00:29:00Z'],
    ['on that minute', '2026-11-22T00:29:00Z', 'Asia/Shanghai', '2026-11-23T00:29:00Z'],
    ['across a lost hour', '2026-03-28T20:00:00Z', 'Europe/Berlin', '2026-03-29T06:29:00Z'],
    ['across a doubled hour', '2026-10-24T20:00:00Z', 'Europe/Berlin', '2026-10-25T07:29:00Z'],
  ])('finds 08:29 %s', (_, now, zone, then) => {
    const at = Date.parse(now);
    expect(new Date(at + untilTimeOfDay(at, '08:29', zone))).toEqual(new Date(then));
  });
});

test('the snapshot tells the scenario: who is who, the words, the morning', () => {
  expect(world.people.map(({ key, role, anonymous }) => [key, role, anonymous])).toEqual(
    SCENARIO.people.map(({ key, role, anonymous = false }) => [key, role, anonymous]),
  );
  expect(world).toMatchObject({ words: SCENARIO.words, clock: { morning: '08:29' }, bot: SCENARIO.bot });
});

test('a scenario without a creator, a morning or a group is played as it is', async () => {
  const scenario = {
    ...SCENARIO,
    people: [{ key: 'only', user: { first_name: '独' }, role: '访客', shortRole: '访客' }],
    groups: [],
    morning: undefined,
  } as const;
  let moved = 0;
  const { morning: _, ...plain } = scenario;
  const alone = createPlayground({
    emulator: here.emulator,
    scenario: plain,
    port: 0,
    now: () => START,
    advanceClock: (ms) => {
      moved += ms;
    },
  });
  const { url } = await alone.listen();
  const stream = await listen(url);
  const { event } = await stream.next(({ kind }) => kind === 'snapshot');
  if (event.kind !== 'snapshot') throw new Error('unreachable: only a snapshot fits');
  expect(event.snapshot.rooms.map(({ owner }) => owner)).toEqual(['only']);
  await send(url, '/act', { body: JSON.stringify({ type: 'clock', advance: 'morning' }) });
  expect(moved).toBe(0);
  stream.close();
  await alone.close();
});

test('a port that is taken is named, with what to do', async () => {
  const port = Number(new URL(here.url).port);
  const other = createPlayground({ emulator: here.emulator, scenario: SCENARIO, port, now: () => START });
  await expect(other.listen()).rejects.toMatchObject({
    code: 'port_in_use',
    message: expect.stringContaining('in use'),
  });
});
