import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from '../../src/cli/command.ts';
import { table } from '../../src/cli/table.ts';
import { openEngine } from '../../src/engine.ts';
import { createRandom } from '../../src/random.ts';
import { runCluster } from '../cluster/run.ts';
import { grownInDay, grownInYear } from '../flat.ts';
import { missed, runHostile } from '../hostile/hostile.ts';
import { runKills } from '../kills.ts';
import { runLong, type Sample } from '../long-run.ts';

export const simulate: Command = {
  usage: [
    'simulate kills [--times 100] [--seed N]',
    'simulate day [--updates 1000000]',
    'simulate year [--updates 10000000]',
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
    if (kind === 'year') return await year(values);
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

/** A day of mixed traffic: memory must not grow. */
async function day(values: Values): Promise<number> {
  const samples = await runLong({
    updates: count(values.updates, 1_000_000),
    days: 1,
    parts: 20,
    people: 20_000,
    vain: 0,
    sends: 'http',
    sweeps: true,
    knowledge: knowledgeFolder(values),
    onSample,
  });
  return judge(samples, grownInDay(samples));
}

/** The least people a year is made of; else each writes five hundred times in it. */
const FEWEST_PEOPLE = 200;

/** A year of mixed traffic: from the third month on nothing may grow, neither the store nor what an update takes. */
async function year(values: Values): Promise<number> {
  const updates = count(values.updates, 10_000_000);
  const samples = await runLong({
    updates,
    days: 365,
    parts: 12,
    people: Math.max(FEWEST_PEOPLE, Math.round(updates / 500)),
    vain: 0.1,
    sends: 'in place',
    sweeps: true,
    knowledge: knowledgeFolder(values),
    onSample,
  });
  return judge(samples, grownInYear(samples));
}

function onSample(sample: Sample): void {
  process.stderr.write(`${JSON.stringify(sample)}\n`);
}

function judge(samples: readonly Sample[], faults: readonly string[]): number {
  const head = ['part', 'updates', 'RSS MB', 'heap MB', 'DB MB', 'WAL MB', 'free MB', 'p50 ms', 'p99 ms'];
  const rows = samples.map(({ rows: tables, ...sample }) => [
    ...Object.values(sample),
    ...Object.values(largest(tables)),
  ]);
  const tables = Object.keys(largest(samples[0]?.rows ?? {}));
  process.stdout.write(`${table([...head, 'p50 CPU ms', 'p99 CPU ms', 'a CPU s', 'seconds', ...tables], rows)}\n`);
  for (const fault of faults) process.stderr.write(`grown: ${fault}\n`);
  return faults.length > 0 ? 1 : 0;
}

/** The tables that grow with what people write. */
function largest({ updates, outbox, chats, answers, feedback, unanswered, allowances }: Sample['rows']) {
  return { updates, outbox, chats, answers, feedback, unanswered, allowances } as Readonly<Record<string, number>>;
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
