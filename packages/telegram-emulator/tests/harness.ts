import type { Message, Update } from '@grammyjs/types';
import { onTestFinished } from 'vitest';
import { createEmulator, type Emulator, type EmulatorOptions } from '../src/emulator.ts';
import type { Reply } from '../src/reply.ts';

export interface Harness {
  readonly emulator: Emulator;
  readonly url: string;
  /** Where the methods are: url/bot<token>/. */
  readonly api: string;
  call(method: string, params?: unknown): Promise<Reply>;
  /** The result of a call that must succeed. */
  ok<T = unknown>(method: string, params?: unknown): Promise<T>;
  /** "400 Bad Request: …" of a call that must fail. */
  refused(method: string, params?: unknown): Promise<string>;
  send(params: Record<string, unknown>): Promise<Message>;
  /** Everything queued, and confirms it. */
  updates(): Promise<readonly Update[]>;
  /** Milliseconds since the epoch. */
  clock: { now: number };
}

/** 2026-01-01 00:00:00 UTC. */
export const START = 1_767_225_600_000;

/** An emulator on a free port, its clock standing still, closed when the test is over. */
export async function start(options: EmulatorOptions = {}): Promise<Harness> {
  const clock = { now: START };
  const emulator = createEmulator({ now: () => clock.now, random: () => 0.5, ...options });
  const { url } = await emulator.listen();
  onTestFinished(() => emulator.close());
  const api = `${url}/bot${emulator.token}/`;

  async function call(method: string, params: unknown = {}): Promise<Reply> {
    const response = await fetch(api + method, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
    return (await response.json()) as Reply;
  }
  async function ok<T>(method: string, params?: unknown): Promise<T> {
    const reply = await call(method, params);
    if (!reply.ok) throw new Error(`${method}: ${reply.description}`);
    return reply.result as T;
  }
  let offset = 0;
  return {
    emulator,
    url,
    api,
    call,
    ok,
    clock,
    async refused(method, params) {
      const reply = await call(method, params);
      return reply.ok ? 'accepted' : `${reply.error_code} ${reply.description}`;
    },
    send: (params) => ok<Message>('sendMessage', params),
    async updates() {
      const found = await ok<readonly Update[]>('getUpdates', { offset });
      const last = found.at(-1);
      if (last) {
        offset = last.update_id + 1;
        await ok('getUpdates', { offset });
      }
      return found;
    },
  };
}

/** Timers that run when the test says so. */
export function createTimers(): {
  readonly after: NonNullable<EmulatorOptions['after']>;
  /** Runs what is due within so many milliseconds from the last call. */
  advance(ms: number): void;
  pending(): number;
} {
  let at = 0;
  let timers: { readonly due: number; readonly action: () => void }[] = [];
  return {
    after(ms, action) {
      const timer = { due: at + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    advance(ms) {
      at += ms;
      const due = timers.filter((timer) => timer.due <= at);
      timers = timers.filter((timer) => timer.due > at);
      for (const { action } of due) action();
    },
    pending: () => timers.length,
  };
}

/** What a test says of an update: its kind, and the text or the status it carries. */
export function summary(update: Update): string {
  const [kind, content] = Object.entries(update).find(([key]) => key !== 'update_id') ?? ['', {}];
  if (kind === 'my_chat_member' || kind === 'chat_member') {
    return `${kind} ${content.old_chat_member.status}>${content.new_chat_member.status}`;
  }
  const text = content.text ?? content.caption ?? content.query ?? content.data ?? content.result_id;
  return text === undefined ? `${kind} ${serviceOf(content)}` : `${kind} ${text}`;
}

const PLAIN = new Set([
  'message_id',
  'date',
  'chat',
  'from',
  'sender_chat',
  'message_thread_id',
  'is_topic_message',
  'photo',
]);

function serviceOf(content: object): string {
  return Object.keys(content)
    .filter((key) => !PLAIN.has(key))
    .join('+');
}
