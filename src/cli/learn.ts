import { writeFile } from 'node:fs/promises';
import { learnVectors } from '../evaluation/learn-vectors.ts';
import { countSaid } from '../evaluation/said.ts';
import { loadLanguage, readGroups, VECTORS } from '../lexicon/files.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, UsageError } from './command.ts';
import { readDocumentSet, readSquad, readStatutes } from './document-set.ts';
import { table } from './table.ts';

const SAID = new URL('../retrieval/said.json', import.meta.url);
const LEARNED = new URL('../retrieval/learned.json', import.meta.url);
const QUESTIONS = 'eval/documents';

/** Learns how clauses are ranked, and how sure to be, from questions about many documents; writes the weights into the code. */
export const learn: Command = {
  usage: 'learn vectors | learn DIR [--questions DIR] [--statutes DIR] [--squad FILE]…',
  options: {
    questions: { type: 'string' },
    statutes: { type: 'string' },
    squad: { type: 'string', multiple: true },
  },
  async run({ questions: folder, statutes, squad }, [texts]) {
    if (texts === undefined) throw new UsageError(CLI.usage(learn.usage));
    const say = (step: string) => void process.stderr.write(`${step}\n`);
    if (texts === 'vectors') {
      await writeFile(VECTORS, learnVectors(await readGroups(), say));
      return 0;
    }
    const set = await readDocumentSet(texts, typeof folder === 'string' ? folder : QUESTIONS);
    const material = {
      ...set,
      statutes: typeof statutes === 'string' ? await readStatutes(statutes) : undefined,
      squads: await Promise.all((Array.isArray(squad) ? squad : []).map((file) => readSquad(String(file)))),
    };
    await writeFile(SAID, `${JSON.stringify(countSaid(set.questions.map(({ q }) => q)))}\n`);
    // What reads said.json is loaded only now.
    const { learnFromDocuments } = await import('../evaluation/learn-texts.ts');
    const { learned, head, rows } = learnFromDocuments(material, await loadLanguage(), say);
    process.stdout.write(`${table(head, rows)}\n`);
    await writeFile(
      LEARNED,
      `${JSON.stringify(learned, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(4)) : one))}\n`,
    );
    return 0;
  },
};
