import { openEngine } from '../engine.ts';
import type { Labelled } from '../evaluation/labelled.ts';
import { holds } from '../evaluation/regressions.ts';
import { judge } from '../evaluation/score.ts';
import { CLI } from '../messages/wording.ts';
import { EVALUATION } from './wording.ts';

/** Asks a folder's own labelled questions, prints those that are not answered as labelled, and counts them. */
export async function askTests(folder: string, labelled: readonly Labelled[]): Promise<number> {
  const { answerer } = await openEngine(folder);
  const failed = labelled
    .map((one) => judge(one, answerer.answer(one.question, { before: one.before })))
    .filter(({ labelled: one, answer }) => !holds(one, answer));
  if (failed.length > 0) process.stdout.write(`${CLI.failedTests(failed.length)}\n`);
  for (const { labelled: one, verdict, answer } of failed) {
    const quote = answer.outcome === 'answered' ? answer.quotes[0].text : '';
    process.stdout.write(`${EVALUATION.failure(one, verdict, answer.confidence, quote)}\n`);
  }
  return failed.length;
}
