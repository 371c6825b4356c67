import { access } from 'node:fs/promises';
import { forecast } from '../broadcast/forecast.ts';
import { localTime } from '../broadcast/schedule.ts';
import { DAY } from '../durations.ts';
import { openEngine } from '../engine.ts';
import { CLI } from '../messages/wording.ts';
import { type Log, openStore } from '../storage/store.ts';
import { StoreError } from '../storage/store-error.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from './command.ts';
import { createProgress } from './progress.ts';
import { table } from './table.ts';
import { DRY_RUN } from './wording.ts';

export const broadcast: Command = {
  usage: 'broadcast --dry-run [--chats] [--at 2026-11-22T08:00+08:00] [--database URL] [--knowledge DIR]',
  options: {
    ...KNOWLEDGE_OPTION,
    'dry-run': { type: 'boolean' },
    chats: { type: 'boolean' },
    at: { type: 'string' },
    database: { type: 'string' },
  },
  async run(values) {
    // Sending is the bot's own work: two senders would be one too many.
    if (values['dry-run'] !== true) throw new UsageError(`${DRY_RUN.onlyDry}\n${CLI.usage(broadcast.usage)}`);
    const from = instantOf(values);
    const timeZone = process.env.TIME_ZONE || 'Asia/Shanghai';
    const { library } = await openEngine(knowledgeFolder(values));
    const store = await openDatabase(values);
    try {
      const progress = createProgress(process.stderr, () => performance.now());
      const clock = (at: number) => {
        const { date, time } = localTime(timeZone, at);
        return `${date.slice(5)} ${time}`;
      };
      let seen = 0;
      const found = await forecast({
        subscribers: store.subscribers,
        library,
        timeZone,
        from,
        until: from + DAY,
        log: COMPLAINTS,
        onChat({ chatId, topic, form }, { at }, all) {
          seen++;
          if (values.chats) process.stdout.write(`${DRY_RUN.chat(clock(at), chatId, topic, form)}\n`);
          else progress.show(seen, all);
        },
      });
      progress.end();
      process.stdout.write(`${DRY_RUN.title(`${clock(from)} ${timeZone}`)}\n`);
      if (found.length === 0) process.stdout.write(`${DRY_RUN.nobody}\n`);
      else {
        const rows = found.map(({ occurrence, chats, posters, topics }) => [
          clock(occurrence.at),
          chats,
          posters,
          topics,
          DRY_RUN.minutes(chats / BROADCASTS_PER_SECOND / 60),
        ]);
        const notes = found.map(
          ({ occurrence: { slot, localDate }, slogan }) =>
            `${localDate} ${slot.time} ${slot.timeZone}  ${slogan?.words ?? DRY_RUN.noSlogan}`,
        );
        const lines = table(DRY_RUN.columns, rows).split('\n');
        const shown = lines.map((line, i) => `${line}  ${i === 0 ? DRY_RUN.notes : notes[i - 1]}`);
        process.stdout.write(`${shown.join('\n')}\n${DRY_RUN.total(seen)}\n`);
      }
      return 0;
    } finally {
      await store.close();
    }
  },
};

/** delivery/limits.ts: 25 in 1.05 s. */
const BROADCASTS_PER_SECOND = 23.8;

const COMPLAINTS: Log = {
  info() {},
  warn: (_, message) => process.stderr.write(`${message}\n`),
  error: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
};

function instantOf({ at }: Values): number {
  if (typeof at !== 'string') return Date.now();
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) throw new UsageError(DRY_RUN.badInstant(at));
  return instant;
}

/** To look into it, also while the bot runs. */
export async function openDatabase({ database }: Values) {
  const url = typeof database === 'string' ? database : process.env.DATABASE_URL || 'sqlite:data/wence.db';
  // Looking must not make an empty database where there is none.
  const file = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
  if (file !== undefined) {
    await access(file).catch((cause: unknown) => {
      throw new UsageError(DRY_RUN.noDatabase(file), cause);
    });
  }
  try {
    return await openStore({ url, now: Date.now, log: { ...COMPLAINTS, warn() {} } });
  } catch (cause) {
    if (cause instanceof StoreError) throw new UsageError(cause.message, cause);
    throw cause;
  }
}
