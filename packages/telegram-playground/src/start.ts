import { createEmulator } from 'telegram-emulator';
import { createPlayground } from './playground.ts';

/** Where a bot finds the emulated Telegram. */
export interface Telegram {
  readonly token: string;
  readonly apiRoot: string;
  /** Milliseconds; visitors of the page can move this clock forward. */
  readonly now: () => number;
}

export interface StartPlayground<Bot> {
  /** Starts a bot that polls; it is told of the page's clock by `now`, and by `check` when it was moved. */
  readonly startBot: (telegram: Telegram) => Promise<Bot>;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Whether others than this machine may be let in. */
  readonly open?: boolean;
  readonly timeZone?: string;
}

export interface RunningPlayground<Bot> {
  readonly url: string;
  readonly bot: Bot;
  /** Closes the page and the emulator; the bot is stopped by who started it. */
  close(): Promise<void>;
}

/**
 * The emulated Bot API, the bot that is handed over connected to it over HTTP, and the page. Rejects with what keeps the
 * bot from starting, or with a PlaygroundError; then nothing is left open.
 */
export async function startPlayground<Bot extends { check?(): unknown }>({
  startBot,
  ...address
}: StartPlayground<Bot>): Promise<RunningPlayground<Bot>> {
  let ahead = 0;
  let bot: Bot | undefined;
  const now = () => Date.now() + ahead;
  const emulator = createEmulator({ now });
  const { url: apiRoot } = await emulator.listen();
  const page = createPlayground({
    ...address,
    emulator,
    now,
    readPhoto: emulator.watch.photo,
    advanceClock: (ms) => {
      ahead += ms;
      void bot?.check?.();
    },
  });
  const close = async () => {
    await page.close();
    await emulator.close();
  };
  try {
    const { url } = await page.listen();
    const started = await startBot({ token: emulator.token, apiRoot, now });
    bot = started;
    return { url, bot: started, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}
