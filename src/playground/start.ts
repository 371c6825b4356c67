import { type App, startApp } from '../app.ts';
import type { Config } from '../config.ts';
import { createEmulator } from '../emulator/emulator.ts';
import type { Log } from '../storage/store.ts';
import { createPlayground } from './playground.ts';

export interface RunningPlayground {
  readonly url: string;
  readonly app: App;
  close(): Promise<void>;
}

/** The emulated Bot API, the real bot connected to it over HTTP, and the page; the database is a real one in memory. */
export async function startPlayground(config: Config, log: Log): Promise<RunningPlayground> {
  let ahead = 0;
  let app: App | undefined;
  const now = () => Date.now() + ahead;
  const emulator = createEmulator({ now });
  const { url: apiRoot } = await emulator.listen();
  const page = createPlayground({
    emulator,
    port: config.port,
    host: config.host,
    now,
    timeZone: config.timeZone,
    readPhoto: emulator.watch.photo,
    advanceClock: (ms) => {
      ahead += ms;
      void app?.check();
    },
  });
  const { url } = await page.listen();
  const database = { ...config, databaseUrl: 'sqlite::memory:' };
  const running = await startApp({ config: database, token: emulator.token, apiRoot, log, now });
  app = running;
  return {
    url,
    app: running,
    async close() {
      await page.close();
      await emulator.close();
    },
  };
}
