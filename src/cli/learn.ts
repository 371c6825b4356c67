import { writeFile } from 'node:fs/promises';
import { loadLanguage, readGroups, VECTORS } from '../lexicon/files.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from './command.ts';
import { readDocumentSet, readSquad, readStatutes } from './document-set.ts';
import { readLabelled } from './input.ts';
import { table } from './table.ts';

/** Everything that is learned, in the code or beside it. */
const WRITTEN = {
  phrasings: new URL('../phrasings/learned.json', import.meta.url),
  answering: new URL('../answering/learned.json', import.meta.url),
  texts: new URL('../retrieval/learned.json', import.meta.url),
  said: new URL('../retrieval/said.json', import.meta.url),
  vectors: VECTORS,
};
const LABELLED = 'eval/learning.jsonl';
const FOREIGN = 'eval/off-topic.jsonl';
const QUESTIONS = 'eval/documents';

const say = (step: string) => void process.stderr.write(`${step}\n`);

/** Writes weights: they take effect with the next start. */
export const learn: Command = {
  usage: [
    'learn phrasings [--labelled FILE] [--foreign FILE] [--knowledge DIR]',
    'learn texts DIR [--questions DIR] [--statutes DIR] [--squad FILE]…',
    'learn vectors',
  ].join(' | '),
  options: {
    ...KNOWLEDGE_OPTION,
    labelled: { type: 'string' },
    foreign: { type: 'string' },
    questions: { type: 'string' },
    statutes: { type: 'string' },
    squad: { type: 'string', multiple: true },
  },
  async run(values, [what, folder]) {
    if (what === 'phrasings') await phrasings(values);
    else if (what === 'texts' && folder !== undefined) await texts(values, folder);
    else if (what === 'vectors') await vectors();
    else throw new UsageError(CLI.usage(learn.usage));
    return 0;
  },
};

/** How people's ways of asking are ranked, and how sure an answer by them is. */
async function phrasings({ labelled, foreign, ...values }: Values): Promise<void> {
  const questions = await readLabelled(typeof labelled === 'string' ? labelled : LABELLED);
  const others = (await readLabelled(typeof foreign === 'string' ? foreign : FOREIGN)).map(({ question }) => question);
  const { openEngine } = await import('../engine.ts');
  const { library } = await openEngine(knowledgeFolder(values));
  const { learnFromPhrasings } = await import('../learning/phrasings.ts');
  const { ranking, ...answering } = learnFromPhrasings(library, questions, others);
  await writeFile(WRITTEN.phrasings, json({ ranking }, 2));
  await writeFile(WRITTEN.answering, json(answering, 2));
}

/** How clauses are ranked, and how sure to be, from questions about many documents. */
async function texts({ questions, statutes, squad }: Values, folder: string): Promise<void> {
  const set = await readDocumentSet(folder, { questions: typeof questions === 'string' ? questions : QUESTIONS });
  const material = {
    ...set,
    statutes: typeof statutes === 'string' ? await readStatutes(statutes) : undefined,
    squads: await Promise.all((Array.isArray(squad) ? squad : []).map((file) => readSquad(String(file)))),
  };
  const { countSaid } = await import('../learning/said.ts');
  await writeFile(WRITTEN.said, `${JSON.stringify(countSaid(set.questions.map(({ q }) => q)))}\n`);
  // What reads said.json is loaded only now, here as in the imports above.
  const { learnFromDocuments } = await import('../learning/texts.ts');
  const { learned, head, rows } = learnFromDocuments(material, await loadLanguage(), say);
  process.stdout.write(`${table(head, rows)}\n`);
  await writeFile(WRITTEN.texts, json(learned));
}

/** What the lexicon's words mean, as vectors. */
async function vectors(): Promise<void> {
  const { learnVectors } = await import('../learning/vectors.ts');
  await writeFile(WRITTEN.vectors, learnVectors(await readGroups(), say));
}

/** Four digits of a weight are more than learning is sure of. */
function json(value: object, indent?: number): string {
  const text = JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(4)) : one), indent);
  return `${text}\n`;
}
