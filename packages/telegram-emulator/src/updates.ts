import type { Update } from '@grammyjs/types';

export type UpdateType = Exclude<keyof Update, 'update_id'>;
export type UpdateBody = Omit<Update, 'update_id'>;

/** Updates that the bot has not confirmed yet. */
export interface UpdateQueue {
  /** Queues an update, unless its type isn't among the allowed; returns it, or undefined when it was dropped. */
  push(type: UpdateType, content: UpdateBody[UpdateType]): Update | undefined;
  /** Confirms what lies before `offset`, then returns up to `limit` of what remains. A negative offset counts from the end. */
  take(offset: number, limit: number): readonly Update[];
  /** Drops one update, by a webhook's 2xx. */
  confirm(updateId: number): void;
  has(updateId: number): boolean;
  pending(): readonly Update[];
  size(): number;
  clear(): void;
  allowed(): readonly UpdateType[] | undefined;
  /** An empty list means the default: all but chat_member, message_reaction and message_reaction_count. */
  allow(types: readonly UpdateType[]): void;
  /** Runs at each push; returns the way to stop. */
  onPush(listener: () => void): () => void;
}

export interface QueueDeps {
  readonly now: () => number;
  readonly random: () => number;
  readonly onConfirm: (updateId: number) => void;
}

/** Milliseconds that an update is kept, as the Bot API server passes to add_update; a day for all others. */
const LIFETIME_MS: Readonly<Record<string, number>> = {
  inline_query: 30_000,
  callback_query: 150_000,
  chosen_inline_result: 600_000,
};
const DAY_MS = 24 * 3_600_000;
/** After a quiet week the next identifier is random. */
const QUIET_MS = 7 * DAY_MS;
/** TDLib's TQueue takes an offset further ahead than this for a mistake and starts from the head. */
const MAX_AHEAD = 10;

const NOT_BY_DEFAULT: ReadonlySet<string> = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

interface Queued {
  readonly update: Update;
  /** Milliseconds. */
  readonly expires: number;
}

export function createUpdateQueue({ now, random, onConfirm }: QueueDeps): UpdateQueue {
  // Ids ascend, so confirming cuts off the head; a webhook may punch holes behind it.
  let queue: (Queued | undefined)[] = [];
  let head = 0;
  let live = 0;
  let soonest = Number.POSITIVE_INFINITY;
  let nextId = randomId(random);
  let lastAt = now();
  let types: readonly UpdateType[] | undefined;
  const listeners = new Set<() => void>();

  function remove(index: number, confirmed: boolean): void {
    const queued = queue[index];
    if (!queued) return;
    queue[index] = undefined;
    live--;
    if (confirmed) onConfirm(queued.update.update_id);
  }

  function compact(): void {
    while (head < queue.length && queue[head] === undefined) head++;
    if (head < 1_024 || head * 2 < queue.length) return;
    queue = queue.slice(head);
    head = 0;
  }

  function expire(): void {
    const at = now();
    if (at < soonest) return;
    soonest = Number.POSITIVE_INFINITY;
    for (let i = head; i < queue.length; i++) {
      const queued = queue[i];
      if (!queued) continue;
      if (queued.expires <= at) remove(i, false);
      else soonest = Math.min(soonest, queued.expires);
    }
    compact();
  }

  function remaining(limit: number): Update[] {
    const taken: Update[] = [];
    for (let i = head; i < queue.length && taken.length < limit; i++) {
      const queued = queue[i];
      if (queued) taken.push(queued.update);
    }
    return taken;
  }

  function indexOf(updateId: number): number {
    for (let i = head; i < queue.length; i++) if (queue[i]?.update.update_id === updateId) return i;
    return -1;
  }

  return {
    push(type, content) {
      const wanted = types ? types.includes(type) : !NOT_BY_DEFAULT.has(type);
      if (!wanted) return undefined;
      const at = now();
      if (at - lastAt > QUIET_MS) nextId = randomId(random);
      lastAt = at;
      const update = { update_id: nextId++, [type]: content } as Update;
      const expires = at + (LIFETIME_MS[type] ?? DAY_MS);
      soonest = Math.min(soonest, expires);
      queue.push({ update, expires });
      live++;
      for (const listener of listeners) listener();
      return update;
    },
    take(offset, limit) {
      expire();
      const from = offset < 0 ? nextId + offset : offset > nextId + MAX_AHEAD ? 0 : offset;
      for (let i = head; i < queue.length; i++) {
        const queued = queue[i];
        if (queued && queued.update.update_id >= from) break;
        remove(i, true);
      }
      compact();
      return remaining(limit);
    },
    confirm(updateId) {
      remove(indexOf(updateId), true);
      compact();
    },
    has: (updateId) => indexOf(updateId) >= 0,
    pending() {
      expire();
      return remaining(Number.POSITIVE_INFINITY);
    },
    size() {
      expire();
      return live;
    },
    clear() {
      queue = [];
      head = 0;
      live = 0;
    },
    allowed: () => types,
    allow(wanted) {
      types = wanted.length > 0 ? [...wanted] : undefined;
    },
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function randomId(random: () => number): number {
  return 100_000_000 + Math.floor(random() * 800_000_000);
}

/** Where an update happened: a webhook keeps the order within a place. */
export function placeOf(update: Update): string {
  for (const key in update) {
    if (key === 'update_id') continue;
    const content = update[key as UpdateType] as Placed;
    return String(content.chat?.id ?? content.message?.chat?.id ?? content.from?.id ?? key);
  }
  return '';
}

interface Placed {
  readonly chat?: { readonly id: number };
  readonly message?: { readonly chat?: { readonly id: number } };
  readonly from?: { readonly id: number };
}
