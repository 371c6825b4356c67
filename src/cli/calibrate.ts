import { writeFile } from 'node:fs/promises';
import { openEngine } from '../engine.ts';
import { calibrate } from '../evaluation/calibrate.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder } from './command.ts';
import { readLabelled } from './input.ts';

const LABELLED = 'eval/learning.jsonl';
const FOREIGN = 'eval/off-topic.jsonl';
const PHRASINGS = new URL('../phrasings/learned.json', import.meta.url);
const ANSWERING = new URL('../answering/learned.json', import.meta.url);

/** Writes the weights into the code: they take effect with the next start. */
export const calibrateCommand: Command = {
  usage: 'calibrate [--labelled FILE] [--foreign FILE] [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, labelled: { type: 'string' }, foreign: { type: 'string' } },
  async run({ labelled, foreign, ...values }) {
    const questions = await readLabelled(typeof labelled === 'string' ? labelled : LABELLED);
    const others = await readLabelled(typeof foreign === 'string' ? foreign : FOREIGN);
    const { library } = await openEngine(knowledgeFolder(values));
    const { ranking, ...learned } = calibrate(
      library,
      questions,
      others.map(({ question }) => question),
    );
    await writeFile(PHRASINGS, json({ ranking }));
    await writeFile(ANSWERING, json(learned));
    return 0;
  },
};

function json(value: object): string {
  const text = JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(4)) : one), 2);
  return `${text}\n`;
}
