import { openStore } from '../../src/storage/store.ts';
import { describeStore, type TestDatabase } from '../storage/store-suite.ts';
import { borrowDatabase } from './database.ts';

describeStore('PostgreSQL', async (): Promise<TestDatabase> => {
  const database = await borrowDatabase();
  return {
    open: (options) => openStore({ url: database.url, ...options }),
    destroy: database.giveBack,
  };
});
