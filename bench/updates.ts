import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Update } from '@grammyjs/types';
import { openEngine } from '../src/engine.ts';
import { startPlainBotApi } from './bot-api.ts';

/** What a bot made of its updates, measured in its own process. */
export interface Handled {
  readonly updates: number;
  /** From the first batch to the last. */
  readonly seconds: number;
  /** Of processor time, all threads of the process together. */
  readonly cpuSeconds: number;
}

export interface HandledFigures extends Handled {
  readonly bot: string;
  readonly perSecond: number;
  /** Updates a second of processor time: what one core does when nothing else is on it. */
  readonly perCpuSecond: number;
}

export interface UpdatesOptions {
  readonly updates: number;
  readonly knowledge: string;
}

const BOTS = ['echo', 'wence', 'wence, each question once'] as const;
export type MeasuredBot = (typeof BOTS)[number];

/** How many people ask; each in private. */
const PEOPLE = 5_000;
/** In a neighbourhood most ask what others asked: every so many questions one that nobody asked before. */
const NEW_EVERY = 5;

/**
 * Lets a bare grammY bot that only echoes, and ours, handle the same questions from the same Bot API with no latency,
 * which runs in another process. Ours has handled a question when it is answered into the outbox.
 */
export async function* measureUpdates({ updates, knowledge }: UpdatesOptions): AsyncGenerator<HandledFigures> {
  const questions = await questionsOf(knowledge);
  for (const bot of BOTS) {
    const pick = bot === 'wence' ? mixed(questions) : (number: number) => questions[number % questions.length] ?? '';
    const api = await startPlainBotApi(updates, (number) => questionAt(number, pick(number)));
    const child = fork(new URL('./measured-bot.ts', import.meta.url), [], { stdio: 'inherit' });
    child.send({ bot, url: api.url, updates, knowledge });
    const [handled] = (await once(child, 'message')) as [Handled];
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    await api.close();
    const { seconds, cpuSeconds } = handled;
    yield {
      ...handled,
      bot,
      perSecond: Math.round(updates / seconds),
      perCpuSecond: Math.round(updates / cpuSeconds),
    };
  }
}

async function questionsOf(knowledge: string): Promise<readonly string[]> {
  const { library } = await openEngine(knowledge);
  const sections = library.documents.flatMap((document) => document.sections);
  return sections.flatMap(({ points }) => points.flatMap(({ ask, not }) => [...ask, ...not]));
}

/** A few hundred questions that come again and again, and now and then a new one. */
function mixed(questions: readonly string[]): (number: number) => string {
  const usual = questions.filter((_, number) => number % 20 === 0);
  return (number) => {
    const from = number % NEW_EVERY === 0 ? questions : usual;
    return from[(number * 7_919) % from.length] ?? '';
  };
}

function questionAt(number: number, text: string): Update {
  const id = 1_000_000 + (number % PEOPLE);
  const from = { id, is_bot: false, first_name: `居民${id}`, language_code: 'zh-hans' };
  const chat = { id, type: 'private', first_name: from.first_name } as const;
  return {
    update_id: number + 1,
    message: { message_id: number + 1, date: 1_767_225_600, chat, from, text },
  } as Update;
}
