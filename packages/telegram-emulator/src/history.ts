import type { Message } from '@grammyjs/types';

export interface StoredMessage {
  /** As it stands now; replaced, never changed, by an edit. */
  readonly message: Message;
  /** How it read before each edit, oldest first; at most the last ten. */
  readonly earlier: readonly Message[];
}

/** The messages of one chat, the oldest forgotten once there are more than the limit. */
export interface History {
  add(message: Message): void;
  replace(message: Message): void;
  remove(id: number): boolean;
  get(id: number): StoredMessage | undefined;
  list(): readonly StoredMessage[];
}

const KEPT_EDITS = 10;

export function createHistory(limit: number): History {
  const stored = new Map<number, StoredMessage>();
  // Evicting in batches: the first key of a Map whose head was just deleted is slow to find.
  const slack = Math.max(1, Math.ceil(limit / 10));

  function evict(): void {
    let surplus = stored.size - limit;
    for (const id of stored.keys()) {
      if (surplus-- <= 0) break;
      stored.delete(id);
    }
  }

  return {
    add(message) {
      stored.set(message.message_id, { message, earlier: [] });
      if (stored.size >= limit + slack) evict();
    },
    replace(message) {
      const before = stored.get(message.message_id);
      const earlier = before ? [...before.earlier.slice(1 - KEPT_EDITS), before.message] : [];
      stored.set(message.message_id, { message, earlier });
    },
    remove: (id) => stored.delete(id),
    get: (id) => stored.get(id),
    list: () => [...stored.values()].slice(-limit),
  };
}
