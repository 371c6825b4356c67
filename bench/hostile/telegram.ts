import type { Update } from '@grammyjs/types';
import type { Timers } from '../../src/delivery/timers.ts';
import type { Fetch } from '../../src/telegram/http.ts';
import { ME } from '../bot-api.ts';

/** A Telegram on a clock of its own: what it takes, how fast it was called, and what goes wrong with it. */
export interface Telegram {
  readonly fetch: Fetch;
  /** Queues an update for the next poll. */
  tell(update: Omit<Update, 'update_id'>): void;
  /** Lets the bot's messages into a group only once in so many milliseconds. */
  slowDown(chatId: number, everyMs: number): void;
  readonly figures: TelegramFigures;
}

export interface TelegramFigures {
  /** All calls but polls. */
  calls: number;
  delivered: number;
  /** The most calls within any one second. */
  mostInASecond: number;
  /** Answered 429, 502, or not at all. */
  flooded: number;
  broken: number;
  hung: number;
}

export interface TelegramOptions {
  readonly now: () => number;
  readonly timers: Timers;
  /** 0 to 1. */
  readonly random: () => number;
  /** When all sending is answered 502, and when with 429. */
  readonly outages: readonly Spell[];
  readonly floods: readonly Spell[];
  /** The share of sends that are never answered, and of those that are told to wait. */
  readonly hangs: number;
  readonly waits: number;
  /** Told of each message that arrives: the chat, and the message that it replies to. */
  readonly onDelivered: (chatId: number, messageId: number) => void;
}

/** From and until, in milliseconds since 1970. */
export type Spell = readonly [from: number, until: number];

const LATENCY_MS = [40, 120] as const;
const BATCH = 100;
const SECOND = 1_000;

interface Envelope {
  readonly status: number;
  readonly body: object;
}

export function createTelegram(options: TelegramOptions): Telegram {
  const { now, timers, random, outages, floods, hangs, waits, onDelivered } = options;
  const figures: TelegramFigures = { calls: 0, delivered: 0, mostInASecond: 0, flooded: 0, broken: 0, hung: 0 };
  const slow = new Map<number, { readonly everyMs: number; opensAt: number }>();
  let updates: Update[] = [];
  let updateId = 0;
  let messageId = 1_000_000_000;
  let lately: number[] = [];
  let poll: (() => void) | undefined;

  function count(): void {
    const at = now();
    figures.calls++;
    lately = lately.filter((one) => one > at - SECOND);
    lately.push(at);
    figures.mostInASecond = Math.max(figures.mostInASecond, lately.length);
  }

  function isDuring(spells: readonly Spell[]): boolean {
    return spells.some(([from, until]) => from <= now() && now() < until);
  }

  /** What a call comes to; undefined when it is never answered. */
  function answer(method: string, params: Params): Envelope | undefined {
    if (method === 'getMe') return ok(ME);
    if (method === 'getChatMember') return ok({ status: 'member', user: ME });
    if (method === 'getChat') return ok({ permissions: { can_send_messages: true } });
    if (method !== 'sendMessage') return ok(true);
    if (isDuring(outages)) {
      figures.broken++;
      return { status: 502, body: { ok: false, error_code: 502, description: 'Bad Gateway' } };
    }
    const limit = slow.get(params.chat_id);
    const wait = Math.max(0, Math.ceil(((limit?.opensAt ?? 0) - now()) / 1_000));
    if (wait > 0) return tooMany(wait);
    if (isDuring(floods)) return tooMany(5);
    const chance = random();
    if (chance < hangs) {
      figures.hung++;
      return undefined;
    }
    if (chance < hangs + waits) return tooMany(1 + Math.floor(3 * random()));
    if (limit) limit.opensAt = now() + limit.everyMs;
    figures.delivered++;
    onDelivered(params.chat_id, params.reply_parameters?.message_id ?? 0);
    return ok({ message_id: ++messageId, date: 0, chat: { id: params.chat_id, type: 'private' }, text: '' });
  }

  function tooMany(seconds: number): Envelope {
    figures.flooded++;
    const description = `Too Many Requests: retry after ${seconds}`;
    return { status: 429, body: { ok: false, error_code: 429, description, parameters: { retry_after: seconds } } };
  }

  function takeUpdates({ offset = 0 }: Params): Envelope {
    updates = updates.filter(({ update_id }) => update_id >= offset);
    return ok(updates.slice(0, BATCH));
  }

  const call = (url: string, init: { body?: unknown; signal?: AbortSignal }) =>
    new Promise((resolve, reject) => {
      const method = url.slice(url.lastIndexOf('/') + 1);
      const params = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Params;
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      const respond = (envelope: Envelope | undefined) => {
        if (envelope) resolve({ status: envelope.status, statusText: '', json: async () => envelope.body });
      };
      const latency = LATENCY_MS[0] + random() * (LATENCY_MS[1] - LATENCY_MS[0]);
      if (method !== 'getUpdates') {
        count();
        timers.after(latency, () => respond(answer(method, params)));
        return;
      }
      const finish = () => {
        poll = undefined;
        timers.after(latency, () => respond(takeUpdates(params)));
      };
      if (updates.some(({ update_id }) => update_id >= (params.offset ?? 0))) return finish();
      poll = finish;
      timers.after(1_000 * (params.timeout ?? 0), () => poll === finish && finish());
    });

  return {
    fetch: call as unknown as Fetch,
    tell(update) {
      updates.push({ ...update, update_id: ++updateId } as Update);
      poll?.();
    },
    slowDown(chatId, everyMs) {
      slow.set(chatId, { everyMs, opensAt: 0 });
    },
    figures,
  };
}

interface Params {
  readonly chat_id: number;
  readonly offset?: number;
  readonly timeout?: number;
  readonly reply_parameters?: { readonly message_id: number };
}

function ok(result: unknown): Envelope {
  return { status: 200, body: { ok: true, result } };
}
