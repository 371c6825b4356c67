/** How fast the bot sends: counted always, refused only when enforced. */
export interface Pace {
  /**
   * Counts one message to a chat. When pace is enforced and the message comes too soon, returns the seconds to wait
   * and doesn't count it.
   */
  admit(chatId: number, isGroup: boolean): number | undefined;
  figures(): PaceFigures;
  enforce(on: boolean): void;
  reset(): void;
}

export interface PaceFigures {
  readonly total: number;
  /** The most messages within any one second, over all chats. */
  readonly maxPerSecond: number;
  /** The most messages within any one second to one chat. */
  readonly maxPerChatSecond: number;
  /** The most messages within any one minute to one group. */
  readonly maxPerGroupMinute: number;
  /** The latest minute's messages, by chat. */
  readonly lastMinuteByChat: ReadonlyMap<number, number>;
  /** How many were refused with 429. */
  readonly refused: number;
}

/** Bots FAQ: about 30 messages a second in all, 20 a minute to one group, one a second to one chat with short bursts. */
const PER_SECOND = 30;
const PER_GROUP_MINUTE = 20;
/** The FAQ says only "short bursts": so many are let through within any three seconds. */
const BURST = 5;
const BURST_MS = 3_000;
const SECOND = 1_000;
const MINUTE = 60_000;

export function createPace(now: () => number, enforced: boolean): Pace {
  let enforcing = enforced;
  let all = createWindow();
  let byChat = new Map<number, Window>();
  let total = 0;
  let refused = 0;
  let maxPerSecond = 0;
  let maxPerChatSecond = 0;
  let maxPerGroupMinute = 0;
  let sweptAt = 0;

  /** Chats that were quiet for a minute are forgotten, so that memory follows the traffic and not the history. */
  function sweep(at: number): void {
    if (at - sweptAt < MINUTE) return;
    sweptAt = at;
    for (const [chatId, window] of byChat) if (window.count(at, MINUTE) === 0) byChat.delete(chatId);
  }

  return {
    admit(chatId, isGroup) {
      const at = now();
      sweep(at);
      let chat = byChat.get(chatId);
      if (!chat) {
        chat = createWindow();
        byChat.set(chatId, chat);
      }
      if (enforcing) {
        const wait = Math.max(
          all.wait(at, SECOND, PER_SECOND),
          chat.wait(at, BURST_MS, BURST),
          isGroup ? chat.wait(at, MINUTE, PER_GROUP_MINUTE) : 0,
        );
        if (wait > 0) {
          refused++;
          return Math.ceil(wait / 1_000);
        }
      }
      all.add(at, SECOND);
      chat.add(at, MINUTE);
      total++;
      maxPerSecond = Math.max(maxPerSecond, all.count(at, SECOND));
      maxPerChatSecond = Math.max(maxPerChatSecond, chat.count(at, SECOND));
      if (isGroup) maxPerGroupMinute = Math.max(maxPerGroupMinute, chat.count(at, MINUTE));
      return undefined;
    },
    figures() {
      const at = now();
      const lastMinuteByChat = new Map<number, number>();
      for (const [chatId, window] of byChat) {
        const count = window.count(at, MINUTE);
        if (count > 0) lastMinuteByChat.set(chatId, count);
      }
      return { total, maxPerSecond, maxPerChatSecond, maxPerGroupMinute, lastMinuteByChat, refused };
    },
    enforce(on) {
      enforcing = on;
    },
    reset() {
      all = createWindow();
      byChat = new Map();
      total = refused = maxPerSecond = maxPerChatSecond = maxPerGroupMinute = 0;
    },
  };
}

/** Times of the latest messages, oldest first, those beyond the kept span forgotten. */
interface Window {
  add(at: number, kept: number): void;
  /** How many within the `span` milliseconds that end at `at`. */
  count(at: number, span: number): number;
  /** Milliseconds until one more keeps to `limit` a `span`. */
  wait(at: number, span: number, limit: number): number;
}

function createWindow(): Window {
  let times: number[] = [];
  let head = 0;

  function firstWithin(at: number, span: number): number {
    let low = head;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? 0) > at - span) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    add(at, kept) {
      times.push(at);
      head = firstWithin(at, kept);
      if (head > 256 && head * 2 > times.length) {
        times = times.slice(head);
        head = 0;
      }
    },
    count: (at, span) => times.length - firstWithin(at, span),
    wait(at, span, limit) {
      const within = times.length - firstWithin(at, span);
      if (within < limit) return 0;
      return (times[times.length - limit] ?? at) + span - at;
    },
  };
}
