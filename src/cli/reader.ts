import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { ConfigError, readConfig } from '../config.ts';
import { loadEnvironmentFile } from '../environment.ts';
import { createReplay, parseRecording, type Replay, recordOf } from '../evaluation/recording.ts';
import { CLI, STARTUP } from '../messages/wording.ts';
import { createChatModel } from '../model/chat.ts';
import type { AskReader } from '../pointing/point.ts';
import { UsageError, type Values } from './command.ts';

/** How a command is told who reads: a model, or what one replied before. */
export const READER_OPTIONS = {
  model: { type: 'boolean' },
  replay: { type: 'string' },
  record: { type: 'string' },
  bare: { type: 'boolean' },
  always: { type: 'boolean' },
} as const;

export const READER_USAGE = '[--model] [--replay FILE] [--record FILE [--bare]] [--always]';

/** Whoever points, and how often that came to something. */
export interface Reader {
  readonly ask: AskReader;
  /** Asks for every question, sure or not. */
  readonly always: boolean;
  readonly counts: ReaderCounts;
}

export interface ReaderCounts {
  asked: number;
  /** There was no reply: of these the answer is what it is without a model. */
  missed: number;
}

/** In milliseconds: a measurement may wait longer than a chat. */
const PATIENCE_MS = 60_000;

/**
 * `--replay` takes what was recorded, `--model` asks what the environment names (after a replay that has nothing), `--record`
 * writes prompts and replies as JSON Lines; with no model to ask it writes the prompts alone, for others to reply to.
 * Undefined when none of them is given. Throws a UsageError that says what is amiss.
 */
export async function openReader(values: Values): Promise<Reader | undefined> {
  const { replay: replayed, record } = values;
  if (values.model !== true && typeof replayed !== 'string' && typeof record !== 'string') return undefined;
  const replay = typeof replayed === 'string' ? await readReplay(replayed) : undefined;
  const model = values.model === true ? chatModel(typeof record === 'string') : undefined;
  if (typeof record === 'string') await writeFile(record, '');
  const counts: ReaderCounts = { asked: 0, missed: 0 };
  return {
    counts,
    always: values.always === true,
    async ask(prompt, offer) {
      counts.asked++;
      const known = replay?.(offer, prompt);
      const reply = known ?? (await model?.ask(prompt));
      if (reply === undefined) counts.missed++;
      if (typeof record === 'string' && known === undefined) {
        const row = { ...recordOf(offer, prompt), model: model?.name ?? '', reply: reply ?? null };
        const whole = values.bare === true ? row : { ...row, prompt };
        await appendFile(record, `${JSON.stringify(whole)}\n`);
      }
      return reply;
    },
  };
}

async function readReplay(file: string): Promise<Replay> {
  try {
    return createReplay(parseRecording(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new UsageError(CLI.unreadable(file, cause instanceof Error ? cause.message : String(cause)), cause);
  }
}

function chatModel(optional: boolean) {
  const endpoint = configured();
  if (!endpoint) {
    if (optional) return undefined;
    throw new UsageError(CLI.noModel);
  }
  const chat = createChatModel(endpoint);
  return {
    name: endpoint.model,
    async ask(prompt: Parameters<AskReader>[0]) {
      const called = await chat.ask(prompt, { timeoutMs: PATIENCE_MS });
      if (!called.ok) process.stderr.write(`${CLI.modelFault(called.fault, called.status)}\n`);
      return called.ok ? called.value : undefined;
    },
  };
}

function configured() {
  loadEnvironmentFile();
  try {
    return readConfig(process.env).model;
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    throw new UsageError(cause.problems.map(({ key, expected }) => STARTUP.badKey(key, expected)).join('\n'), cause);
  }
}
