import { request } from 'node:http';
import type { Bot } from 'grammy';
import { createEmulator, type Emulator } from 'telegram-emulator';
import { createPlayground } from '../src/playground.ts';
import type { Act, ActReply, ServerEvent, Snapshot } from '../src/protocol.ts';
import { PIXEL, startSampleBot } from './sample-bot.ts';
import { SCENARIO } from './scenario.ts';

/** 2026-11-22 14:00 in Shanghai. */
export const START = Date.UTC(2026, 10, 22, 6);

export interface Neighbour {
  readonly url: string;
  /** Of the emulated Bot API. */
  readonly apiRoot: string;
  readonly emulator: Emulator;
  act(act: Act): Promise<ActReply>;
  snapshot(): Promise<Snapshot>;
  close(): Promise<void>;
}

/** The playground as main.ts composes it, with the sample bot in place of the real one; the clock stands still. */
export async function openNeighbour(): Promise<Neighbour> {
  let time = START;
  const now = () => time;
  const emulator = createEmulator({ now, bot: SCENARIO.bot });
  const { url: apiRoot } = await emulator.listen();
  const bot: Bot = await startSampleBot(emulator, apiRoot);
  const advanceClock = (ms: number) => {
    time += ms;
  };
  const playground = createPlayground({
    emulator,
    scenario: SCENARIO,
    port: 0,
    now,
    advanceClock,
    readPhoto: () => ({ type: 'image/png', bytes: PIXEL }),
  });
  const { url } = await playground.listen();
  return {
    url,
    apiRoot,
    emulator,
    async act(act) {
      const { body } = await send(url, '/act', { body: JSON.stringify(act) });
      return JSON.parse(body) as ActReply;
    },
    async snapshot() {
      const stream = await listen(url);
      const { event } = await stream.next((each) => each.kind === 'snapshot');
      stream.close();
      if (event.kind !== 'snapshot') throw new Error('unreachable: only a snapshot fits');
      return event.snapshot;
    },
    async close() {
      await playground.close();
      const stopped = bot.stop();
      await emulator.close();
      await stopped.catch(() => undefined);
    },
  };
}

export interface Sent {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Unlike fetch, sends any Host. A body makes it a POST of JSON unless said otherwise. */
export function send(
  url: string,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
): Promise<Sent> {
  const { body, method = body === undefined ? 'GET' : 'POST' } = options;
  const headers = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { path, method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export interface Received {
  readonly id: string;
  readonly event: ServerEvent;
}

export interface Listener {
  readonly received: readonly Received[];
  /** The first event that fits, among those that came and those to come. */
  next(fits: (event: ServerEvent) => boolean): Promise<Received>;
  close(): void;
}

export function listen(url: string, lastId?: string): Promise<Listener> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  return new Promise((resolve, reject) => {
    const headers = lastId === undefined ? {} : { 'last-event-id': lastId };
    const outgoing = request(url, { path: '/events', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        const frames = text.split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) {
          const [, id, data] = /^id: (.+)\ndata: (.+)$/.exec(frame) ?? [];
          if (id && data) received.push({ id, event: JSON.parse(data) as ServerEvent });
        }
        for (const look of waiting) look();
      });
      response.on('error', () => undefined);
      resolve({ received, next, close: () => outgoing.destroy() });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });

  function next(fits: (event: ServerEvent) => boolean): Promise<Received> {
    return new Promise((found, reject) => {
      const late = setTimeout(() => {
        waiting.delete(look);
        reject(new Error('no such event within 3 s'));
      }, 3_000);
      const look = () => {
        const hit = received.find(({ event }) => fits(event));
        if (!hit) return;
        clearTimeout(late);
        waiting.delete(look);
        found(hit);
      };
      waiting.add(look);
      look();
    });
  }
}
