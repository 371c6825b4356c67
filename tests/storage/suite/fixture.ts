import { afterEach, beforeEach } from 'vitest';
import type { DecidedUpdate } from '../../../src/storage/decided-update.ts';
import type { OutgoingRow } from '../../../src/storage/outbox-row.ts';
import type { Settlement } from '../../../src/storage/settle.ts';
import type { Store } from '../../../src/storage/store.ts';
import { silent, type TestDatabase } from '../store-suite.ts';

/** A store on a clock of its own, new for each test. */
export interface Fixture {
  readonly store: Store;
  /** Milliseconds since 1970. */
  at: number;
  /** Closes the store and opens it again, as a restart does. */
  restart(): Promise<void>;
}

export const START = Date.UTC(2026, 2, 1);
export const MINUTE = 60_000;
export const DAY = 86_400_000;
/** As large as Telegram's ids get: 52 bits. */
export const LARGE = -(2 ** 52 - 3);

export function useStore(create: () => Promise<TestDatabase>): Fixture {
  let database: TestDatabase;
  let store: Store;
  const fixture = {
    at: START,
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = await database.open({ now: () => fixture.at, log: silent });
    },
  };
  beforeEach(async () => {
    fixture.at = START;
    database = await create();
    store = await database.open({ now: () => fixture.at, log: silent });
  });
  afterEach(async () => {
    await store.close();
    await database.destroy();
  });
  return fixture;
}

export function reply(chatId: number, more: Partial<OutgoingRow> = {}): OutgoingRow {
  return { chatId, kind: 'reply', method: 'sendMessage', payload: { text: '有' }, ...more };
}

export function decided(updateId: number, more: Partial<DecidedUpdate> = {}): DecidedUpdate {
  return { updateId, outgoing: [], ...more };
}

/** Claims what is due, with room for everything. */
export async function claim(store: Store, more: { total?: number; broadcasts?: number; except?: number[] } = {}) {
  const wish = { total: 100, broadcasts: 100, except: [], ...more };
  return (await store.outbox.turn({ settle: [], effects: [], claim: () => wish })).claimed;
}

export async function settle(store: Store, ...settlements: readonly Settlement[]): Promise<void> {
  await store.outbox.turn({ settle: settlements, effects: [] });
}

/** The texts of what is claimed. */
export async function claimTexts(store: Store, more?: Parameters<typeof claim>[1]): Promise<readonly unknown[]> {
  return (await claim(store, more)).map(({ payload }) => payload.text);
}
