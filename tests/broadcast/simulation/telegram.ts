import { createPace, type PaceFigures } from 'telegram-emulator/pace';
import type { SendPhoto } from '../../../src/broadcast/posters.ts';
import type { SendResult } from '../../../src/delivery/outcome.ts';
import type { OutboxRow } from '../../../src/storage/outbox-row.ts';
import type { Clock } from './clock.ts';

/**
 * Telegram, as far as sends and their ends go, in this process: with the emulator's own pace counters, and without
 * HTTP, through which three million sends would take hours.
 */
export interface Telegram {
  readonly send: SendPhoto;
  pace(): PaceFigures;
  /** How often each way of failing was met. */
  failures(): Readonly<Record<string, number>>;
  /** Photos that came as files and not by their file_id. */
  uploads(): number;
  /** From then until then it refuses everybody, as it once did. */
  refuseAll(from: number, until: number): void;
  /** Chats by their place in the population, whatever id they have by now. */
  indexOf(chatId: number): number | undefined;
}

export interface TelegramOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** The share of sends that fail. */
  readonly failing: number;
  /** The population's ids, by place. */
  readonly chats: readonly number[];
  /** Told of each message that has arrived: at once, whether or not the sender ever hears of it. */
  readonly onArrival: (row: OutboxRow, index: number | undefined, at: number) => void;
}

/** The table of docs/telegram.md, "What a send can end in". */
const WAYS = [
  '429',
  '403 blocked',
  '403 kicked',
  '400 chat not found',
  '400 not enough rights',
  '400 CHAT_RESTRICTED',
  '400 TOPIC_CLOSED',
  '400 migrate',
  'ECONNREFUSED',
  'time-out, not arrived',
  'time-out, arrived',
  'reset, not arrived',
  'reset, arrived',
  '500',
  '502 HTML',
] as const;

type Way = (typeof WAYS)[number];

/** Milliseconds until an answer; few different ones, so that answers come in bunches as they do. */
const LATENCIES = [60, 90, 120] as const;

export function createTelegram({ clock, random, failing, chats, onArrival }: TelegramOptions): Telegram {
  const pace = createPace(clock.now, true);
  const failures: Record<string, number> = {};
  const indexes = new Map(chats.map((chatId, i) => [chatId, i]));
  const migrated = new Map<number, number>();
  let uploads = 0;
  let messages = 0;
  let ill: { readonly from: number; readonly until: number } | undefined;

  function pick<T>(list: readonly T[]): T {
    return list[Math.floor(random() * list.length)] as T;
  }

  function deliver(row: OutboxRow): SendResult & { readonly fileId?: string } {
    const wait = pace.admit(row.chatId, row.chatId < 0);
    if (wait !== undefined) return refusal(429, `Too Many Requests: retry after ${wait}`, { retryAfter: wait });
    onArrival(row, indexes.get(row.chatId), clock.now());
    const { photo } = row.payload;
    if (photo instanceof Uint8Array) uploads++;
    messages++;
    return { kind: 'delivered', messageId: messages, ...(photo === undefined ? {} : { fileId: 'the-poster' }) };
  }

  function migrate(chatId: number): SendResult {
    let to = migrated.get(chatId);
    if (to === undefined) {
      to = chatId - 1_000_000_000_000;
      migrated.set(chatId, to);
      const index = indexes.get(chatId);
      if (index !== undefined) indexes.set(to, index);
    }
    return refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrateToChatId: to });
  }

  function fail(row: OutboxRow, way: Way): SendResult | 'hang' {
    switch (way) {
      case '429':
        return refusal(429, 'Too Many Requests: retry after 3', { retryAfter: 3 });
      case '403 blocked':
        return refusal(403, 'Forbidden: bot was blocked by the user');
      case '403 kicked':
        return refusal(403, 'Forbidden: bot was kicked from the supergroup chat');
      case '400 chat not found':
        return refusal(400, 'Bad Request: chat not found');
      case '400 not enough rights':
        return refusal(400, 'Bad Request: not enough rights to send text messages to the chat');
      case '400 CHAT_RESTRICTED':
        return refusal(400, 'Bad Request: CHAT_RESTRICTED');
      case '400 TOPIC_CLOSED':
        return refusal(400, 'Bad Request: TOPIC_CLOSED');
      case '400 migrate':
        return row.chatId < 0 && row.chatId > -1_000_000_000_000 ? migrate(row.chatId) : deliver(row);
      case 'ECONNREFUSED':
        return { kind: 'unreached', reason: 'connect ECONNREFUSED' };
      case 'time-out, arrived':
        deliver(row);
        return 'hang';
      case 'time-out, not arrived':
        return 'hang';
      case 'reset, arrived':
        deliver(row);
        return { kind: 'ambiguous', reason: 'socket hang up' };
      case 'reset, not arrived':
        return { kind: 'ambiguous', reason: 'read ECONNRESET' };
      case '500':
        if (random() < 0.5) deliver(row);
        return refusal(500, 'Internal Server Error');
      case '502 HTML':
        if (random() < 0.5) deliver(row);
        return { kind: 'ambiguous', reason: 'HTTP 502, not JSON' };
    }
  }

  function answer(row: OutboxRow): SendResult | 'hang' {
    const at = clock.now();
    if (ill && at >= ill.from && at < ill.until) {
      failures['all refused'] = (failures['all refused'] ?? 0) + 1;
      return refusal(403, 'Forbidden: bot is not a member of the channel chat');
    }
    if (migrated.has(row.chatId)) return migrate(row.chatId);
    if (random() >= failing) return deliver(row);
    const way = pick(WAYS);
    failures[way] = (failures[way] ?? 0) + 1;
    return fail(row, way);
  }

  return {
    send: (row) =>
      new Promise((resolve) => {
        const result = answer(row);
        if (result !== 'hang') clock.timers.after(pick(LATENCIES), () => resolve(result));
      }),
    pace: () => pace.figures(),
    failures: () => failures,
    uploads: () => uploads,
    refuseAll(from, until) {
      ill = { from, until };
    },
    indexOf: (chatId) => indexes.get(chatId),
  };
}

function refusal(code: number, description: string, more: { retryAfter?: number; migrateToChatId?: number } = {}) {
  return { kind: 'refused', code, description, ...more } as const;
}
