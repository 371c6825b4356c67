import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { ablate } from '../bench/ablation.ts';
import { learnConfidence, learnRanking } from '../bench/learn.ts';
import { plotScale } from '../bench/plot.ts';
import { compare } from '../bench/retrieval.ts';
import { type ScaleFigures, SIZES, scale } from '../bench/scale.ts';
import { parseSquad, type Squad } from '../bench/squad.ts';
import { SYSTEMS } from '../bench/systems/names.ts';
import { CLI } from '../messages/wording.ts';
import { CONFIDENT } from '../passages/weights.ts';
import { benchUpdates } from './bench-updates.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from './command.ts';
import { table } from './table.ts';
import { typoOf } from './typo.ts';

export const bench: Command = {
  usage: [
    'bench retrieval --squad FILE [--typos KIND] [--only NAME] [--limit N] [--json]',
    'bench scale [--sizes 1000,10000,…] [--only NAME] [--json]',
    'bench ablation --squad FILE',
    'bench updates [--limit N] [--json] [--knowledge DIR]',
    'bench learn ranking|confidence FILE…',
  ].join(' | '),
  options: {
    ...KNOWLEDGE_OPTION,
    squad: { type: 'string' },
    typos: { type: 'string' },
    only: { type: 'string' },
    limit: { type: 'string' },
    sizes: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, [kind, ...rest]) {
    if (kind === 'retrieval') return await retrieval(values);
    if (kind === 'scale') return await growing(values);
    if (kind === 'ablation') return await ablation(values);
    if (kind === 'updates') {
      const updates = values.limit === undefined ? {} : { updates: count(values.limit, 0) };
      return await benchUpdates({ ...updates, knowledge: knowledgeFolder(values), json: values.json === true });
    }
    if (kind === 'learn') return await learn(rest);
    throw new UsageError(bench.usage);
  },
};

async function retrieval(values: Values): Promise<number> {
  if (typeof values.squad !== 'string') throw new UsageError(bench.usage);
  const squad = await readSquad(values.squad);
  const rows: (string | number)[][] = [];
  for await (const figures of compare(systems(values), squad, {
    file: values.squad,
    typo: typoOf(values),
    limit: count(values.limit, 1_000_000),
    seconds: count(values.seconds, 60),
    threshold: CONFIDENT,
  })) {
    if (values.json) {
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      continue;
    }
    process.stderr.write(`${figures.system}\n`);
    const { abstaining, ...plain } = figures;
    rows.push([...Object.values(plain), abstaining ? abstaining.answered5 : '']);
  }
  if (!values.json) process.stdout.write(`${table(HEAD, rows)}\n`);
  return 0;
}

async function ablation(values: Values): Promise<number> {
  if (typeof values.squad !== 'string') throw new UsageError(bench.usage);
  const rows = Array.from(ablate(await readSquad(values.squad)), ({ name, recall1, quote1 }) => [
    name,
    recall1,
    quote1,
  ]);
  process.stdout.write(`${table(['', 'R@1 %', 'quote@1 %'], rows)}\n`);
  return 0;
}

const PLOT = new URL('../../docs/scale.svg', import.meta.url);

async function growing(values: Values): Promise<number> {
  const names = systems(values);
  const sizes = typeof values.sizes === 'string' ? values.sizes.split(',').map((size) => count(size, 1)) : [...SIZES];
  const total = names.length * sizes.length;
  const done: ScaleFigures[] = [];
  let steps = 0;
  progress(0, total, '');
  for await (const { system, passages, figures } of scale(names, sizes)) {
    progress(++steps, total, `${system} ${passages}`);
    if (!figures) continue;
    done.push(figures);
    if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  }
  process.stderr.write('\n');
  if (!values.json)
    process.stdout.write(
      `${table(
        SCALE_HEAD,
        done.map((row) => Object.values(row).map((cell) => cell ?? '')),
      )}\n`,
    );
  // A plot of all that are compared, or none: half a picture would mislead.
  if (values.only === undefined && values.sizes === undefined) await writeFile(PLOT, plotScale(done));
  return 0;
}

const SCALE_HEAD = ['system', 'passages', 'R@1 %', 'build ms', 'load ms', 'RSS MB', 'p50 ms', 'p99 ms'];
const BAR = 30;

function progress(done: number, total: number, last: string): void {
  const filled = Math.round((BAR * done) / total);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${bar} ${done}/${total} ${last}`);
  else process.stderr.write(`${done}/${total} ${last}\n`);
}

const LEARNED = new URL('../passages/learned.json', import.meta.url);

/** Learns on all files together, writes the weights, and prints what learning on one of them makes of another. */
async function learn([part, ...files]: readonly string[]): Promise<number> {
  if ((part !== 'ranking' && part !== 'confidence') || files.length === 0) throw new UsageError(bench.usage);
  const squads = await Promise.all(files.map(readSquad));
  const { learned, checks } = part === 'ranking' ? learnRanking(squads) : learnConfidence(squads);
  for (const { of, on, figures } of checks) {
    process.stdout.write(`${files[on]} from ${of.map((file) => files[file]).join(', ')}: ${JSON.stringify(figures)}\n`);
  }
  const before = JSON.parse(await readFile(LEARNED, 'utf8'));
  await writeFile(LEARNED, `${JSON.stringify({ ...before, ...learned })}\n`);
  return 0;
}

const HEAD = [
  'system',
  'R@1 %',
  'R@5 %',
  'MRR@10 %',
  'quote@1 %',
  'build ms',
  'RSS MB',
  'p50 ms',
  'p99 ms',
  'asked',
  'answered at 5 % false',
];

function systems(values: Values): readonly string[] {
  if (values.only === undefined) return Object.keys(SYSTEMS);
  if (typeof values.only !== 'string' || !(values.only in SYSTEMS))
    throw new UsageError(`--only ${Object.keys(SYSTEMS).join('|')}`);
  return [values.only];
}

function count(value: Values[string], otherwise: number): number {
  const number = value === undefined ? otherwise : Number(value);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(bench.usage);
  return number;
}

async function readSquad(file: string): Promise<Squad> {
  const json = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(file, cause instanceof Error ? cause.message : String(cause)), cause);
  });
  try {
    return parseSquad(json);
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof z.ZodError)
      throw new UsageError(`${file}: not a SQuAD-style file`, cause);
    throw cause;
  }
}
