import { openEngine } from '../engine.ts';
import { judgeHeldOut } from '../evaluation/held-out-figures.ts';
import type { Labelled } from '../evaluation/labelled.ts';
import { type Figures, figures, type Judgement, judge, reliability, tally } from '../evaluation/score.ts';
import { mistype, type Typo } from '../evaluation/typos.ts';
import { CLI, EVALUATION } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from './command.ts';
import { readLabelled } from './input.ts';
import { table } from './table.ts';
import { TYPOS_OPTION, typoOf } from './typo.ts';

const LIMITS = ['right', 'wrong', 'abstained', 'complete'] as const;

export const evaluate: Command = {
  usage:
    'eval FILE [--typos KIND] [--json] [--right 95] [--wrong 3] [--abstained 90] [--complete 95] [--knowledge DIR] | eval --held-out',
  options: {
    ...KNOWLEDGE_OPTION,
    ...TYPOS_OPTION,
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
    const judgements =
      file === undefined
        ? judgeHeldOut(library)
        : labelled.map((one) => judge(one, answerer.answer(one.question, { before: one.before })));
    if (values.json) process.stdout.write(`${JSON.stringify(report(judgements))}\n`);
    else print(judgements, file !== undefined);
    const missed = missedLimits(figures(judgements), limits);
    for (const [name, limit] of missed) process.stderr.write(`${EVALUATION.missed(name, limit)}\n`);
    return missed.length > 0 ? 1 : 0;
  },
};

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
