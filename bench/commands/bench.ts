import { writeFile } from 'node:fs/promises';
import { THRESHOLDS } from '../../src/answering/calibration.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from '../../src/cli/command.ts';
import { readSquad } from '../../src/cli/document-set.ts';
import { openReader, READER_OPTIONS, READER_USAGE } from '../../src/cli/reader.ts';
import { table } from '../../src/cli/table.ts';
import { typoOf } from '../../src/cli/typo.ts';
import { type StatuteFigures, statuteFigures } from '../figures.ts';
import { MeasureError, measure } from '../measure.ts';
import { plotScale } from '../plot.ts';
import { compare } from '../retrieval.ts';
import { type ScaleFigures, SIZES, scale } from '../scale.ts';
import { SYSTEMS } from '../systems/names.ts';
import { benchDocuments } from './documents.ts';
import { benchImport } from './import.ts';
import { benchLibrary } from './library.ts';
import { benchPhrasings } from './phrasings.ts';
import { benchUpdates } from './updates.ts';

const LIMITS = ['first', 'five', 'quote', 'right', 'shown', 'wrong', 'abstained'] as const;

export const bench: Command = {
  usage: [
    'bench retrieval --squad FILE [--typos KIND] [--only NAME] [--limit N] [--json]',
    'bench scale [--sizes 1000,10000,…] [--only NAME] [--json]',
    `bench documents DIR [--questions DIR] [--form html|docx|pdf|txt] [--first 50 --five 78 --right 15 --shown 55 --wrong 8 …] ${READER_USAGE} [--json]`,
    'bench import DIR [--least 99] [--json]',
    'bench statutes DIR [--only NAME] [--json]',
    'bench phrasings [--documents N] [--json] [--knowledge DIR]',
    'bench library [--documents N] [--statutes DIR] [--json] [--knowledge DIR]',
    'bench updates [--limit N] [--json] [--knowledge DIR]',
  ].join(' | '),
  options: {
    ...KNOWLEDGE_OPTION,
    ...READER_OPTIONS,
    squad: { type: 'string' },
    questions: { type: 'string' },
    form: { type: 'string' },
    least: { type: 'string' },
    ...Object.fromEntries(LIMITS.map((name) => [name, { type: 'string' as const }])),
    documents: { type: 'string' },
    statutes: { type: 'string' },
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
    if (kind === 'documents' && rest[0] !== undefined) {
      const questions = typeof values.questions === 'string' ? values.questions : undefined;
      const form = typeof values.form === 'string' ? values.form : undefined;
      const json = values.json === true;
      const limits = limitsOf(values);
      return await benchDocuments({ folder: rest[0], questions, form, json, limits, reader: await openReader(values) });
    }
    if (kind === 'import' && rest[0] !== undefined) {
      const least = values.least === undefined ? 99 : Number(values.least);
      if (!(least >= 0 && least <= 100)) throw new UsageError(bench.usage);
      return await benchImport({ folder: rest[0], least, json: values.json === true });
    }
    if (kind === 'statutes' && rest[0] !== undefined) return await statutes(values, rest[0]);
    if (kind === 'phrasings') {
      const documents = values.documents === undefined ? {} : { documents: count(values.documents, 0) };
      return await benchPhrasings({ ...documents, knowledge: knowledgeFolder(values), json: values.json === true });
    }
    if (kind === 'library') {
      const documents = values.documents === undefined ? {} : { documents: count(values.documents, 0) };
      const folder = typeof values.statutes === 'string' ? values.statutes : undefined;
      const json = values.json === true;
      return await benchLibrary({ ...documents, knowledge: knowledgeFolder(values), statutes: folder, json });
    }
    if (kind === 'updates') {
      const updates = values.limit === undefined ? {} : { updates: count(values.limit, 0) };
      return await benchUpdates({ ...updates, knowledge: knowledgeFolder(values), json: values.json === true });
    }
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
    threshold: THRESHOLDS.text,
  })) {
    if (values.json) {
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      continue;
    }
    process.stderr.write(`${figures.system}\n`);
    const { abstaining, ...plain } = figures;
    rows.push([...Object.values(plain).map((cell) => cell ?? ''), abstaining ? abstaining.answered5 : '']);
  }
  if (!values.json) process.stdout.write(`${table(HEAD, rows)}\n`);
  return 0;
}

async function statutes(values: Values, folder: string): Promise<number> {
  const rows: StatuteFigures[] = [];
  const seconds = count(values.seconds, 120);
  for (const system of systems(values)) {
    const measured = await measure({ system, source: { kind: 'statutes', folder }, seconds }, 10 * seconds).catch(
      (cause: unknown) => {
        if (!(cause instanceof MeasureError)) throw cause;
        process.stderr.write(`${cause.message}\n`);
      },
    );
    if (!measured) continue;
    const figures = statuteFigures(system, measured);
    if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else process.stderr.write(`${system}\n`);
    rows.push(figures);
  }
  if (!values.json)
    process.stdout.write(
      `${table(
        STATUTES_HEAD,
        rows.map((row) => Object.values(row)),
      )}\n`,
    );
  return 0;
}

const STATUTES_HEAD = [
  'system',
  '@1 %',
  '@5 %',
  '@10 %',
  '@100 %',
  'MRR@10',
  'build ms',
  'RSS MB',
  'p50 ms',
  'p99 ms',
  'asked',
];

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

const SCALE_HEAD = ['system', 'passages', 'R@1 %', 'build ms', 'RSS MB', 'p50 ms', 'p99 ms'];
const BAR = 30;

function progress(done: number, total: number, last: string): void {
  const filled = Math.round((BAR * done) / total);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${bar} ${done}/${total} ${last}`);
  else process.stderr.write(`${done}/${total} ${last}\n`);
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

/** In percent, as given. */
function limitsOf(values: Values): Partial<Record<(typeof LIMITS)[number], number>> {
  const given = LIMITS.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])] as const]));
  if (given.some(([, limit]) => !(limit >= 0 && limit <= 100))) throw new UsageError(bench.usage);
  return Object.fromEntries(given);
}

function count(value: Values[string], otherwise: number): number {
  const number = value === undefined ? otherwise : Number(value);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(bench.usage);
  return number;
}
