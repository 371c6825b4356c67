import { createEmulator } from 'telegram-emulator';
import { createPlayground } from './playground.ts';
import type { Scenario } from './scenario.ts';

/** Where a bot finds the emulated Telegram. */
export interface Telegram {
  readonly token: string;
  readonly apiRoot: string;
  /** Milliseconds; visitors of the page can move this clock forward. */
  readonly now: () => number;
}

export interface StartPlayground<Bot> {
  /** Starts a bot that polls. */
  readonly startBot: (telegram: Telegram) => Promise<Bot>;
  /** The page's clock, which `now` tells, was moved forward: what has become due by it may be done at once. */
  readonly onClockMoved?: (bot: Bot) => void;
  /** Among whom, and in which words. */
  readonly scenario: Scenario;
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
export async function startPlayground<Bot>({
  startBot,
  onClockMoved,
  scenario,
  ...address
}: StartPlayground<Bot>): Promise<RunningPlayground<Bot>> {
  let ahead = 0;
  let bot: Bot | undefined;
  const now = () => Date.now() + ahead;
  const emulator = createEmulator({ now, bot: scenario.bot });
  const { url: apiRoot } = await emulator.listen();
  const page = createPlayground({
    ...address,
    emulator,
    scenario,
    now,
    readPhoto: emulator.watch.photo,
    advanceClock: (ms) => {
      ahead += ms;
      if (bot !== undefined) onClockMoved?.(bot);
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
