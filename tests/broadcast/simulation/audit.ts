import { DatabaseSync } from 'node:sqlite';
import { dueOn, localTime, type Slot } from '../../../src/broadcast/schedule.ts';

export interface Tally {
  sent: number;
  unknown: number;
  failed: number;
  expired: number;
  /** The machine was down for the whole window. */
  missed: number;
  /** Messages that arrived; of unknown ones some did. */
  arrived: number;
}

/** Keeps the books of what has to happen and what did, apart from the bot's own. */
export interface Audit {
  /** A slot is about to fall due for a day: these chats have to get theirs. */
  expect(slot: Slot, localDate: string, dueAt: number): void;
  arrived(campaignId: number, index: number | undefined, at: number, expiresAt: number | undefined): void;
  down(from: number, until: number): void;
  /** A chat came back: whether it is expected just then is its own luck. */
  revived(index: number, at: number): void;
  /** Every chat of a date is in its final state now: throws what is wrong with any of them. */
  close(localDate: string): void;
  tally(): Tally;
  /** Pairs of chat and day that were checked. */
  checked(): number;
}

export interface AuditOptions {
  readonly path: string;
  readonly chats: number;
  readonly windowMs: number;
  readonly indexOf: (chatId: number) => number | undefined;
  readonly slotOf: (index: number) => Slot;
}

const FINAL = ['sent', 'unknown', 'failed', 'expired'] as const;
type Final = (typeof FINAL)[number];

interface Expected {
  readonly indexes: readonly number[];
  readonly dueAt: number;
}

export function createAudit({ path, chats, windowMs, indexOf, slotOf }: AuditOptions): Audit {
  const database = new DatabaseSync(path, { readOnly: true });
  const expected = new Map<string, Expected[]>();
  const arrivals = new Map<number, Uint8Array>();
  const downs: { readonly from: number; readonly until: number }[] = [];
  const revivals = new Map<number, number[]>();
  const tally: Tally = { sent: 0, unknown: 0, failed: 0, expired: 0, missed: 0, arrived: 0 };
  const dates = new Map<number, string>();
  const dues = new Map<string, number>();
  let checked = 0;

  function dateOf(campaignId: number): string {
    let date = dates.get(campaignId);
    if (date === undefined) {
      const found = database.prepare('select name, local_date from campaigns where id = ?').get(campaignId);
      if (found?.name !== 'slogan') throw new Error(`campaign ${campaignId} is no slogan`);
      date = String(found.local_date);
      dates.set(campaignId, date);
    }
    return date;
  }

  function dueAtOf(slot: Slot, date: string): number {
    const key = `${slot.timeZone} ${slot.time} ${date}`;
    const known = dues.get(key) ?? dueOn(slot, date) ?? fail(`there is no ${key}`);
    dues.set(key, known);
    return known;
  }

  function wasDown(dueAt: number): boolean {
    const end = dueAt + windowMs - MINUTE;
    return downs.some(({ from, until }) => from <= dueAt + MINUTE && until >= end);
  }

  return {
    expect({ timeZone, time }, localDate, dueAt) {
      const rows = database
        .prepare('select id from chats where time_zone = ? and slogan_time = ? and active = 1 and slogan_off is null')
        .all(timeZone, time);
      const indexes = rows.map(({ id }) => indexOf(Number(id)) ?? fail(`chat ${id} is nobody's`));
      expected.set(localDate, [...(expected.get(localDate) ?? []), { indexes, dueAt }]);
    },
    arrived(campaignId, index, at, expiresAt) {
      const date = dateOf(campaignId);
      if (index === undefined) return fail('a slogan went to a stranger');
      const slot = slotOf(index);
      const dueAt = dueAtOf(slot, date);
      if (at < dueAt || at >= dueAt + windowMs || expiresAt !== dueAt + windowMs) {
        fail(`chat ${index} got the slogan of ${date} outside its window: ${new Date(at).toISOString()}`);
      }
      // The clock on the wall, read another way: at or after the hour, and on that day unless midnight was passed.
      const local = localTime(slot.timeZone, at);
      if (local.date < date || (local.date === date && local.time < slot.time)) fail(`chat ${index} got it too early`);
      let counts = arrivals.get(campaignId);
      if (!counts) {
        counts = new Uint8Array(chats);
        arrivals.set(campaignId, counts);
      }
      counts[index] = (counts[index] ?? 0) + 1;
      if ((counts[index] ?? 0) > 1) fail(`chat ${index} got the slogan of ${date} twice`);
      tally.arrived++;
    },
    down(from, until) {
      downs.push({ from, until });
    },
    revived(index, at) {
      revivals.set(index, [...(revivals.get(index) ?? []), at]);
    },
    close(localDate) {
      const campaign = database
        .prepare("select id from campaigns where name = 'slogan' and local_date = ?")
        .get(localDate);
      const id = Number(campaign?.id ?? 0);
      const states = new Map<number, string>();
      for (const row of database.prepare('select chat_id, state from outbox where campaign_id = ?').all(id)) {
        const index = indexOf(Number(row.chat_id)) ?? fail(`a delivery to nobody: ${row.chat_id}`);
        if (states.has(index)) fail(`chat ${index} has two deliveries on ${localDate}`);
        states.set(index, String(row.state));
      }
      const counts = arrivals.get(id);
      for (const { indexes, dueAt } of expected.get(localDate) ?? []) {
        for (const index of indexes) {
          checked++;
          const state = states.get(index);
          const arrived = counts?.[index] ?? 0;
          states.delete(index);
          if (state === undefined) {
            if (!wasDown(dueAt)) fail(`chat ${index} was passed over on ${localDate}`);
            if (arrived > 0) fail(`chat ${index} got one that nobody wrote down`);
            tally.missed++;
            continue;
          }
          if (!isFinal(state)) return fail(`chat ${index} is still ${state} on ${localDate}`);
          if (state === 'sent' && arrived !== 1) fail(`chat ${index} has "sent" and ${arrived} messages`);
          if ((state === 'failed' || state === 'expired') && arrived !== 0)
            fail(`chat ${index} has "${state}" and a message`);
          tally[state]++;
        }
      }
      for (const [index, state] of states) {
        const dueAt = dueOn(slotOf(index), localDate) ?? 0;
        const luck = revivals.get(index)?.some((at) => at >= dueAt - MINUTE && at <= dueAt + windowMs);
        if (!luck) fail(`chat ${index} was not expected on ${localDate}, and is ${state}`);
      }
      arrivals.delete(id);
      expected.delete(localDate);
    },
    tally: () => tally,
    checked: () => checked,
  };
}

const MINUTE = 60_000;

function isFinal(state: string): state is Final {
  return (FINAL as readonly string[]).includes(state);
}

function fail(problem: string): never {
  throw new Error(problem);
}
