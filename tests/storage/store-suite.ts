import { describe } from 'vitest';
import type { Log, Store, StoreOptions } from '../../src/storage/store.ts';
import { describeCampaigns } from './suite/campaigns.ts';
import { describeChats } from './suite/chats.ts';
import { describeKeeping } from './suite/keeping.ts';
import { describeMigration } from './suite/migration.ts';
import { describeNotes } from './suite/notes.ts';
import { describeOutbox } from './suite/outbox.ts';
import { describePointings } from './suite/pointings.ts';
import { describeUpdates } from './suite/updates.ts';

/** An empty database of some kind, which can be opened again after it was closed. */
export interface TestDatabase {
  open(options: Omit<StoreOptions, 'url'>): Promise<Store>;
  destroy(): Promise<void>;
}

/** What every driver has to do. A driver joins by calling this with a way to make empty databases. */
export function describeStore(driver: string, create: () => Promise<TestDatabase>): void {
  describe(`the store on ${driver}`, () => {
    describeUpdates(create);
    describeOutbox(create);
    describeChats(create);
    describeMigration(create);
    describeNotes(create);
    describeCampaigns(create);
    describePointings(create);
    describeKeeping(create);
  });
}

export const silent: Log = { info() {}, warn() {}, error() {} };
