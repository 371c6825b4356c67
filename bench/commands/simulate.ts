import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from '../../src/cli/command.ts';
import { table } from '../../src/cli/table.ts';
import { openEngine } from '../../src/engine.ts';
import { createRandom } from '../../src/random.ts';
import { runDay } from '../day.ts';
import { missed, runHostile } from '../hostile/hostile.ts';
import { runKills } from '../kills.ts';

export const simulate: Command = {
  usage: [
    'simulate kills [--times 100] [--seed N]',
    'simulate day [--updates 1000000]',
    'simulate hostile [--chats 2000] [--minutes 60] [--seed N]',
  ].join(' | '),
  options: {
    ...KNOWLEDGE_OPTION,
    times: { type: 'string' },
    seed: { type: 'string' },
    updates: { type: 'string' },
    chats: { type: 'string' },
    minutes: { type: 'string' },
  },
  async run(values, [kind]) {
    if (kind === 'kills') return await kills(values);
    if (kind === 'day') return await day(values);
    if (kind === 'hostile') return await hostile(values);
    throw new UsageError(simulate.usage);
  },
};

async function kills(values: Values): Promise<number> {
  const seed = count(values.seed, Date.now() % 1_000_000);
  const knowledge = knowledgeFolder(values);
  const { library } = await openEngine(knowledge);
  const points = library.documents.flatMap((document) => document.sections.flatMap((section) => section.points));
  process.stderr.write(`seed ${seed}\n`);
  const figures = await runKills({
    times: count(values.times, 100),
    knowledge,
    questions: points.flatMap(({ ask }) => ask.slice(0, 2)),
    random: createRandom(seed),
    onKill: ({ kills, asked, unanswered, inTheAir }) => {
      process.stderr.write(
        `kill ${kills}: ${asked} asked, ${unanswered} still to answer, ${inTheAir} caught in the air\n`,
      );
    },
  });
  process.stdout.write(`${table(Object.keys(figures), [Object.values(figures)])}\n`);
  return figures.unanswered === 0 && figures.unexplained === 0 ? 0 : 1;
}

async function day(values: Values): Promise<number> {
  const rows: (string | number)[][] = [];
  const { flat } = await runDay({
    updates: count(values.updates, 1_000_000),
    knowledge: knowledgeFolder(values),
    onSample: (sample) => {
      rows.push(Object.values(sample));
      process.stderr.write(`${JSON.stringify(sample)}\n`);
    },
  });
  process.stdout.write(`${table(['updates', 'RSS MB', 'heap MB', 'database MB', 'seconds'], rows)}\n`);
  return flat ? 0 : 1;
}

/** A tenth of the people do all that was ever found to harm others. */
async function hostile(values: Values): Promise<number> {
  const seed = count(values.seed, 1);
  const engine = await openEngine(knowledgeFolder(values));
  const points = engine.library.documents.flatMap(({ sections }) => sections.flatMap((section) => section.points));
  const ordinary = count(values.chats, 2_000);
  const { samples, ...figures } = await runHostile({
    engine,
    questions: points.flatMap(({ ask }) => ask.slice(0, 5)),
    random: createRandom(seed),
    ordinary,
    hostile: Math.round(ordinary / 10),
    minutes: count(values.minutes, 60),
    onSample: (sample) => process.stderr.write(`${JSON.stringify(sample)}\n`),
  });
  const shown = Object.values(figures).map((one) => Math.round(one));
  process.stdout.write(`${table(Object.keys(figures), [shown])}\n`);
  const faults = missed({ samples, ...figures });
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length > 0 ? 1 : 0;
}

function count(value: Values[string], otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new UsageError(simulate.usage);
  return number;
}
