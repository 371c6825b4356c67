import type { Answerer } from '../answering/answerer.ts';
import { openEngine } from '../engine.ts';
import { judgeHeldOut } from '../evaluation/held-out-figures.ts';
import type { Labelled } from '../evaluation/labelled.ts';
import { type Figures, figures, type Judgement, judge, reliability, tally } from '../evaluation/score.ts';
import { mistype, type Typo } from '../evaluation/typos.ts';
import { CLI } from '../messages/wording.ts';
import { answerByReader } from '../pointing/point.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from './command.ts';
import { readLabelled } from './input.ts';
import { openReader, READER_OPTIONS, READER_USAGE, type Reader } from './reader.ts';
import { table } from './table.ts';
import { TYPOS_OPTION, typoOf } from './typo.ts';
import { EVALUATION } from './wording.ts';

const LIMITS = ['right', 'wrong', 'abstained', 'complete'] as const;

export const evaluate: Command = {
  usage:
    'eval FILE [--typos KIND] [--json] [--right 95] [--wrong 3] [--abstained 90] [--complete 95] [--knowledge DIR] ' +
    `${READER_USAGE} | eval --held-out`,
  options: {
    ...KNOWLEDGE_OPTION,
    ...TYPOS_OPTION,
    ...READER_OPTIONS,
    json: { type: 'boolean' },
    'held-out': { type: 'boolean' },
    ...Object.fromEntries(LIMITS.map((name) => [name, { type: 'string' as const }])),
  },
  async run(values, [file]) {
    const limits = limitsOf(values);
    if ((file === undefined) === (values['held-out'] !== true) || !limits)
      throw new UsageError(CLI.usage(evaluate.usage));
    const typo = typoOf(values);
    const labelled = file === undefined ? [] : (await readLabelled(file)).map((one) => mistyped(one, typo));
    const { library, answerer } = await openEngine(knowledgeFolder(values));
    const reader = file === undefined ? undefined : await openReader(values);
    const judgements = file === undefined ? judgeHeldOut(library) : await judgeAll(labelled, answerer, reader);
    if (values.json) process.stdout.write(`${JSON.stringify(report(judgements))}\n`);
    else print(judgements, file !== undefined);
    const missed = missedLimits(figures(judgements), limits);
    for (const [name, limit] of missed) process.stderr.write(`${EVALUATION.missed(name, limit)}\n`);
    return missed.length > 0 ? 1 : 0;
  },
};

async function judgeAll(
  labelled: readonly Labelled[],
  answerer: Answerer,
  reader: Reader | undefined,
): Promise<readonly Judgement[]> {
  const judgements: Judgement[] = [];
  for (const one of labelled) {
    const asked = { before: one.before };
    const answer = reader
      ? (await answerByReader(answerer, one.question, asked, reader.ask, reader)).answer
      : answerer.answer(one.question, asked);
    judgements.push(judge(one, answer));
  }
  if (reader) process.stderr.write(`${CLI.readerCounts(reader.counts.asked, reader.counts.missed)}\n`);
  return judgements;
}

function mistyped(labelled: Labelled, typo: Typo | undefined): Labelled {
  return typo ? { ...labelled, question: mistype(labelled.question, typo) } : labelled;
}

type Limits = Partial<Figures>;

/** In shares; undefined when one isn't a percentage. */
function limitsOf(values: Values): Limits | undefined {
  const given = LIMITS.flatMap((name) =>
    values[name] === undefined ? [] : [[name, Number(values[name]) / 100] as const],
  );
  return given.every(([, share]) => share >= 0 && share <= 1) ? Object.fromEntries(given) : undefined;
}

function missedLimits(reached: Figures, limits: Limits): readonly (readonly [keyof Figures, number])[] {
  return LIMITS.flatMap((name) => {
    const limit = limits[name];
    if (limit === undefined) return [];
    const holds = name === 'wrong' ? reached.wrong <= limit : reached[name] >= limit;
    return holds ? [] : [[name, limit] as const];
  });
}

function failures(judgements: readonly Judgement[]): readonly Judgement[] {
  return judgements.filter(
    ({ labelled, verdict, complete }) =>
      verdict === 'wrong' || complete === false || (labelled.gold !== null && verdict !== 'right'),
  );
}

function report(judgements: readonly Judgement[]) {
  return {
    figures: figures(judgements),
    kinds: tally(judgements),
    failures: failures(judgements).map(({ labelled, verdict, complete, answer }) => ({
      ...labelled,
      verdict,
      ...(complete === undefined ? {} : { complete }),
      outcome: answer.outcome,
      confidence: answer.confidence,
      quote: answer.outcome === 'answered' ? answer.quotes[0].text : null,
    })),
  };
}

function print(judgements: readonly Judgement[], list: boolean): void {
  const rows = tally(judgements).map(({ kind, count, answerable, right, wrong, abstained, complete }) => [
    kind,
    count,
    answerable > 0 ? right : '',
    wrong,
    abstained,
    kind === 'whole' ? complete : '',
  ]);
  process.stdout.write(`${table(EVALUATION.columns, rows)}\n\n${EVALUATION.figures(figures(judgements))}\n`);
  const bins = reliability(judgements).map(({ from, to, count, right }) => [EVALUATION.bin(from, to), count, right]);
  process.stdout.write(`\n${table(EVALUATION.reliability, bins)}\n`);
  const failed = failures(judgements);
  if (failed.length === 0 || !list) return;
  process.stdout.write(`\n${EVALUATION.failures(failed.length)}\n`);
  for (const { labelled, verdict, answer } of failed) {
    const quote = answer.outcome === 'answered' ? answer.quotes[0].text : '';
    process.stdout.write(`${EVALUATION.failure(labelled, verdict, answer.confidence, quote)}\n`);
  }
}
