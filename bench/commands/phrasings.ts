import { fileURLToPath } from 'node:url';
import { readLabelled } from '../../src/cli/input.ts';
import { table } from '../../src/cli/table.ts';
import { measurePhrasings } from '../phrasings.ts';

/** What a question may take with as many documents as the bench has when it is not told otherwise. */
const GOAL = { documents: 30, ms: 20 };
const QUESTIONS = fileURLToPath(new URL('../../eval/unseen.jsonl', import.meta.url));
const HEAD = ['documents', 'phrasings', 'read ms', 'load ms', 'RSS MB', 'p50 ms', 'p99 ms'];

/** `bench phrasings`: what many documents with phrasings cost. */
export async function benchPhrasings({
  documents = GOAL.documents,
  knowledge,
  json,
}: {
  readonly documents?: number;
  readonly knowledge: string;
  readonly json: boolean;
}): Promise<number> {
  const questions = (await readLabelled(QUESTIONS)).map(({ question }) => question);
  const figures = await measurePhrasings({ documents, knowledge, questions });
  process.stdout.write(`${json ? JSON.stringify(figures) : table(HEAD, [Object.values(figures)])}\n`);
  return documents > GOAL.documents || figures.p50 < GOAL.ms ? 0 : 1;
}
