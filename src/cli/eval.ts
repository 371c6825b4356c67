import { openEngine } from '../engine.ts';
import { figures, type Judgement, judge, tally } from '../evaluation/score.ts';
import { CLI, EVALUATION } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError } from './command.ts';
import { readLabelled } from './input.ts';
import { table } from './table.ts';

export const evaluate: Command = {
  usage: 'eval FILE [--json] [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, json: { type: 'boolean' } },
  async run(values, [file]) {
    if (file === undefined) throw new UsageError(CLI.usage(evaluate.usage));
    const labelled = await readLabelled(file);
    const { answerer } = await openEngine(knowledgeFolder(values));
    const judgements = labelled.map((one) => judge(one, answerer.answer(one.question)));
    if (values.json) process.stdout.write(`${JSON.stringify(report(judgements))}\n`);
    else print(judgements);
    return 0;
  },
};

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

function print(judgements: readonly Judgement[]): void {
  const rows = tally(judgements).map(({ kind, count, answerable, right, wrong, abstained, complete }) => [
    kind,
    count,
    answerable > 0 ? right : '',
    wrong,
    abstained,
    kind === 'whole' ? complete : '',
  ]);
  process.stdout.write(`${table(EVALUATION.columns, rows)}\n\n${EVALUATION.figures(figures(judgements))}\n`);
  const failed = failures(judgements);
  if (failed.length === 0) return;
  process.stdout.write(`\n${EVALUATION.failures(failed.length)}\n`);
  for (const { labelled, verdict, answer } of failed) {
    const quote = answer.outcome === 'answered' ? answer.quotes[0].text : '';
    process.stdout.write(`${EVALUATION.failure(labelled, verdict, answer.confidence, quote)}\n`);
  }
}
