import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from '../../src/cli/command.ts';
import { table } from '../../src/cli/table.ts';
import { openEngine } from '../../src/engine.ts';
import { createRandom } from '../../src/random.ts';
import { runCluster } from '../cluster/run.ts';
import { runDay } from '../day.ts';
import { missed, runHostile } from '../hostile/hostile.ts';
import { runKills } from '../kills.ts';

export const simulate: Command = {
  usage: [
    'simulate kills [--times 100] [--seed N]',
    'simulate day [--updates 1000000]',
    'simulate hostile [--chats 2000] [--minutes 60] [--seed N]',
    'simulate cluster [--replicas 1,2,3] [--updates 100000] [--members 5000] [--pace 400] [--campaign 100000] [--calm] [--seed N]',
  ].join(' | '),
  options: {
    ...KNOWLEDGE_OPTION,
    times: { type: 'string' },
    seed: { type: 'string' },
    updates: { type: 'string' },
    chats: { type: 'string' },
    minutes: { type: 'string' },
    replicas: { type: 'string' },
    members: { type: 'string' },
    pace: { type: 'string' },
    campaign: { type: 'string' },
    calm: { type: 'boolean' },
  },
  async run(values, [kind]) {
    if (kind === 'kills') return await kills(values);
    if (kind === 'day') return await day(values);
    if (kind === 'hostile') return await hostile(values);
    if (kind === 'cluster') return await cluster(values);
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

/** Kills, cut connections and a restart of the database, in milliseconds; see bench/cluster/run.ts. */
const TROUBLE = { killEveryMs: 4_000, cutEveryMs: 2_000, restartMs: 3_000 };
const LATENCY_MS = 10;

async function cluster(values: Values): Promise<number> {
  const seed = count(values.seed, Date.now() % 1_000_000);
  const random = createRandom(seed);
  const knowledge = knowledgeFolder(values);
  const { library } = await openEngine(knowledge);
  const points = library.documents.flatMap((document) => document.sections.flatMap((section) => section.points));
  const perSecond = values.pace === undefined ? undefined : count(values.pace, 0);
  process.stderr.write(`seed ${seed}\n`);
  let holds = true;
  for (const replicas of String(values.replicas ?? 3).split(',')) {
    const { crowd, campaign } = await runCluster({
      replicas: count(replicas, 3),
      updates: count(values.updates, 100_000),
      chats: count(values.members, 5_000),
      perSecond,
      latencyMs: values.calm ? 0 : LATENCY_MS,
      knowledge,
      // As in a neighbourhood, the same few: what is measured is not ranking.
      questions: points.slice(0, 200).flatMap(({ ask }) => ask.slice(0, 1)),
      trouble: values.calm ? undefined : TROUBLE,
      campaign: count(values.campaign, 0),
      random,
      report: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`${JSON.stringify(crowd)}\n`);
    holds &&= crowd.unanswered + crowd.unexplained + crowd.outOfOrder === 0;
    if (campaign) {
      process.stdout.write(`${JSON.stringify(campaign)}\n`);
      holds &&= campaign.notOnce + campaign.open + campaign.twice === 0;
    }
    const most = Math.max(crowd.mostASecond, campaign?.mostASecond ?? 0);
    holds &&= perSecond === undefined || most <= perSecond;
  }
  return holds ? 0 : 1;
}

function count(value: Values[string], otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new UsageError(simulate.usage);
  return number;
}
