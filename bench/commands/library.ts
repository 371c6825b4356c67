import { fileURLToPath } from 'node:url';
import { readLabelled } from '../../src/cli/input.ts';
import { table } from '../../src/cli/table.ts';
import { type LibraryFigures, measureLibrary } from '../library.ts';

/** What a folder of as many documents may cost. */
const GOAL = { documents: 300, startMs: 3_000, editMs: 1_000, rssMb: 600 };
const QUESTIONS = fileURLToPath(new URL('../../eval/unseen.jsonl', import.meta.url));
const HEAD = [
  ...['documents', 'passages', 'phrasings', 'first start ms', 'start ms', 'text edit ms', 'questions edit ms'],
  ...['longest wait ms', 'RSS MB', 'p50 ms', 'p99 ms'],
];

/** `bench library`: what many documents, edited while they answer, cost. */
export async function benchLibrary({
  documents = GOAL.documents,
  knowledge,
  statutes,
  json,
}: {
  readonly documents?: number;
  readonly knowledge: string;
  readonly statutes: string | undefined;
  readonly json: boolean;
}): Promise<number> {
  const questions = (await readLabelled(QUESTIONS)).map(({ question }) => question);
  const figures = await measureLibrary({ documents, knowledge, statutes, questions });
  process.stdout.write(`${json ? JSON.stringify(figures) : table(HEAD, [Object.values(figures)])}\n`);
  return documents > GOAL.documents || isWithin(figures) ? 0 : 1;
}

function isWithin({ startMs, textEditMs, questionsEditMs, rssMb }: LibraryFigures): boolean {
  return startMs <= GOAL.startMs && Math.max(textEditMs, questionsEditMs) <= GOAL.editMs && rssMb <= GOAL.rssMb;
}
