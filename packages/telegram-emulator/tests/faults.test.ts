import { describe, expect, test } from 'vitest';
import { createFaults, type FaultOutcome } from '../src/faults.ts';
import { type Harness, start } from './harness.ts';

async function withChat(options = {}) {
  const harness = await start(options);
  const chat = harness.emulator.places.supergroup();
  return { ...harness, chat, texts: () => harness.emulator.watch.fromBot(chat).map(({ text }) => text) };
}

/** How a send ends for the caller. */
async function outcome({ api }: Harness, chatId: number, signal?: AbortSignal): Promise<string> {
  try {
    const response = await fetch(`${api}sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: chatId, text: '好' }),
      ...(signal ? { signal } : {}),
    });
    const type = response.headers.get('content-type');
    const body = await response.text();
    return `${response.status} ${type === 'text/html' ? 'a page' : (JSON.parse(body).description ?? 'ok')}`;
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError' ? 'given up' : 'reset';
  }
}

describe('a fault befalls the next call', () => {
  const cases: readonly [outcome: FaultOutcome, seen: string, sent: number][] = [
    [{ kind: '429', retryAfter: 7 }, '429 Too Many Requests: retry after 7', 0],
    [{ kind: '403' }, '403 Forbidden: bot was kicked from the supergroup chat', 0],
    [{ kind: '403', description: 'bot was blocked by the user' }, '403 Forbidden: bot was blocked by the user', 0],
    [{ kind: '400', description: 'CHAT_RESTRICTED' }, '400 Bad Request: CHAT_RESTRICTED', 0],
    [{ kind: '500' }, '500 Internal Server Error', 0],
    [{ kind: '502' }, '502 Bad Gateway', 0],
    [{ kind: 'html' }, '502 a page', 0],
    [{ kind: 'body', status: 200, text: '{"description":"no envelope"}' }, '200 no envelope', 0],
    [{ kind: '401' }, '401 Unauthorized', 0],
    [{ kind: 'result', result: null }, '200 ok', 1],
    [{ kind: 'cut' }, 'reset', 1],
    [{ kind: 'drop-before' }, 'reset', 0],
    [{ kind: 'drop-after' }, 'reset', 1],
    [{ kind: 'delay', ms: 5 }, '200 ok', 1],
  ];
  test.each(cases)('%j', async (fault, seen, sent) => {
    const harness = await withChat();
    harness.emulator.faults.add({ method: 'sendmessage', outcome: fault });
    expect(await outcome(harness, harness.chat.id)).toBe(seen);
    expect(harness.texts()).toHaveLength(sent);
    expect(harness.emulator.watch.calls('sendMessage').at(-1)?.fault).toBe(fault.kind);
    expect(await outcome(harness, harness.chat.id)).toBe('200 ok');
  });

  test.each([
    ['hang', 0],
    ['hang-after', 1],
    ['stall', 1],
    ['endless', 1],
  ] as const)('%s until the caller gives up', async (kind, sent) => {
    const harness = await withChat();
    harness.emulator.faults.add({ outcome: { kind } });
    const caller = new AbortController();
    harness.emulator.watch.subscribe((event) => event.kind === 'call' && setImmediate(() => caller.abort()));
    expect(await outcome(harness, harness.chat.id, caller.signal)).toBe('given up');
    expect(harness.texts()).toHaveLength(sent);
  });
});

describe('which call a fault befalls', () => {
  test('rules wait for their method and chat, and for as many times as they say', async () => {
    const harness = await withChat();
    const other = harness.emulator.places.supergroup();
    harness.emulator.faults.add({ method: 'sendMessage', chatId: other.id, times: 2, outcome: { kind: '500' } });
    expect(await outcome(harness, harness.chat.id)).toBe('200 ok');
    expect(await outcome(harness, other.id)).toBe('500 Internal Server Error');
    expect(harness.emulator.faults.left()).toMatchObject([{ times: 1 }]);
    expect(await outcome(harness, other.id)).toBe('500 Internal Server Error');
    expect(await outcome(harness, other.id)).toBe('200 ok');
    expect(harness.emulator.faults.left()).toEqual([]);
  });

  test('random ones befall their share', () => {
    // For each call one draw, and after a hit another for which of the outcomes.
    const draws = [0.9, 0.29, 0.6, 0.3, 0.1, 0.2];
    const drawn = createFaults(() => draws.shift() ?? 0.99);
    drawn.random({ rate: 0.3, outcomes: [{ kind: '500' }, { kind: 'html' }], method: 'sendMessage' });
    const seen = Array.from({ length: 4 }, () => drawn.next('sendMessage', 1)?.kind);
    expect(seen).toEqual([undefined, 'html', undefined, '500']);
    expect(drawn.next('getUpdates', undefined)).toBeUndefined();
  });
});

test('after logOut nothing is answered for ten minutes, and close is refused for as long after the launch', async () => {
  const { refused, clock } = await start();
  expect(await refused('close')).toBe('429 Too Many Requests: retry after 600');
  expect(await refused('logOut')).toBe('accepted');
  expect(await refused('getMe')).toBe('400 Logged out');
  clock.now += 600_000;
  expect(await refused('getMe')).toBe('accepted');
  expect(await refused('close')).toBe('accepted');
});
