import { once } from 'node:events';
import { inspect } from 'node:util';
import type { Telegram } from 'telegram-playground';
import { PlaygroundError } from 'telegram-playground/error';
import { type App, startApp, TokenError } from './app.ts';
import { type Config, ConfigError, readConfig, secretsOf } from './config.ts';
import { EnvironmentFileError, loadEnvironmentFile } from './environment.ts';
import { KnowledgeError } from './knowledge/knowledge-error.ts';
import { ListenError } from './listening.ts';
import { createLog, faultOf, redact } from './log.ts';
import { OWNER_ID, PLAYGROUND, playgroundExamples } from './messages/playground.ts';
import { describeProblem } from './messages/problems.ts';
import { STARTUP } from './messages/wording.ts';
import type { Log } from './storage/store.ts';
import { StoreError } from './storage/store-error.ts';

/** How long a shutdown may take to send what is left; a second signal ends it at once. */
const DRAIN_MS = 10_000;

async function main(args: readonly string[]): Promise<number> {
  if (args.some((argument) => argument === '--help' || argument === '-h' || argument === 'help')) {
    process.stdout.write(`${STARTUP.help}\n`);
    return 0;
  }
  const [unknown] = args;
  if (unknown !== undefined) {
    process.stderr.write(`${STARTUP.badArgument(unknown)}\n`);
    return 2;
  }
  loadEnvironmentFile();
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, secretsOf(config));
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  const { signal } = stopping;
  const { botToken: token, telegramApiRoot: apiRoot } = config;
  try {
    if (token === undefined) return await play(config, log, signal);
    const app = await startApp({ config, token, apiRoot, log, signal });
    return await serve(app, signal);
  } catch (cause) {
    if (signal.aborted && cause === signal.reason) return 0;
    throw cause;
  }
}

async function serve(app: App, signal: AbortSignal): Promise<number> {
  try {
    if (!signal.aborted) await Promise.race([app.ended, once(signal, 'abort')]);
    return 0;
  } finally {
    await app.stop(DRAIN_MS);
  }
}

/** Without a token: the real bot against an emulated Telegram, its database in memory, and a page to talk to it. */
async function play(config: Config, log: Log, signal: AbortSignal): Promise<number> {
  const { port, host, playgroundOpen: open, timeZone } = config;
  // Who can be on the page may keep its documents: only where that is who sits at this machine.
  const ownerIds = open ? config.ownerIds : [...config.ownerIds, OWNER_ID];
  const inMemory = { ...config, databaseUrl: 'sqlite::memory:', ownerIds };
  let examples: App['examples'] | undefined;
  const startBot = async (telegram: Telegram) => {
    const app = await startApp({ config: inMemory, log, signal, ...telegram });
    examples = app.examples;
    return app;
  };
  const words = {
    ...PLAYGROUND.words,
    get examples() {
      return playgroundExamples(examples?.());
    },
  };
  const scenario = { ...PLAYGROUND, words, morning: minuteBefore(config.sloganTime) };
  // A bot with a token does without it.
  const { startPlayground } = await import('telegram-playground');
  const playground = await startPlayground({
    startBot,
    onClockMoved: (app) => void app.check(),
    scenario,
    port,
    host,
    open,
    timeZone,
  }).catch((cause: unknown) => {
    throw cause instanceof PlaygroundError ? new StartupError(pageFault(cause, config), cause) : cause;
  });
  process.stdout.write(`${STARTUP.playground(playground.url)}\n`);
  try {
    return await serve(playground.bot, signal);
  } finally {
    await playground.close();
  }
}

/** Of a time of day: there a visitor sees the slogan come. */
function minuteBefore(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const minute = (hours * 60 + minutes + DAY_MINUTES - 1) % DAY_MINUTES;
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

const DAY_MINUTES = 24 * 60;

/** What keeps us from starting, in a sentence for the keeper. */
class StartupError extends Error {
  readonly code = 'startup';
  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

function pageFault({ code }: PlaygroundError, { host, port }: Config): string {
  switch (code) {
    case 'port_in_use':
      return STARTUP.portInUse(port);
    case 'not_allowed':
      return STARTUP.portNotAllowed(port);
    case 'cannot_listen':
      return STARTUP.cannotListen(host);
    case 'open_to_others':
      return STARTUP.openToOthers(host);
  }
}

/** Their message is a sentence for the keeper. */
const SENTENCES = [StoreError, ListenError, StartupError, EnvironmentFileError] as const;

/** One line a fault that its keeper can mend; anything else is a bug, and shown as one. */
function explain(cause: unknown): readonly string[] | undefined {
  if (cause instanceof ConfigError) return cause.problems.map(({ key, expected }) => STARTUP.badKey(key, expected));
  if (cause instanceof KnowledgeError) return cause.problems.map(describeProblem);
  if (cause instanceof TokenError) return [STARTUP.badToken];
  if (SENTENCES.some((kind) => cause instanceof kind)) return [(cause as Error).message];
  return undefined;
}

/** A bug may hold what somebody wrote, or an address with the token in it. */
function fail(cause: unknown): void {
  const lines = explain(cause) ?? [inspect(faultOf(cause), { depth: null })];
  process.stderr.write(`${redact(lines.join('\n'))}\n`);
}

process.on('uncaughtException', (cause) => {
  fail(cause);
  process.exit(1);
});
const code = await main(process.argv.slice(2)).catch((cause: unknown) => {
  fail(cause);
  return 1;
});
// Whatever is still open (a server, a timer) must not keep alive what has said that it is over.
process.exit(code);
