import { openEngine } from '../engine.ts';
import { calibrate } from '../evaluation/calibrate.ts';
import { RANKING } from '../retrieval/weights.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder } from './command.ts';
import { readLabelled } from './input.ts';

const FOREIGN = 'eval/off-topic.jsonl';

export const calibrateCommand: Command = {
  usage: 'calibrate [--foreign FILE] [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, foreign: { type: 'string' } },
  async run(values) {
    const file = typeof values.foreign === 'string' ? values.foreign : FOREIGN;
    const foreign = (await readLabelled(file)).map(({ question }) => question);
    const { library } = await openEngine(knowledgeFolder(values));
    const fitted = calibrate(library, foreign, RANKING);
    const rounded = JSON.stringify(
      fitted,
      (_, value) => (typeof value === 'number' ? Number(value.toFixed(2)) : value),
      2,
    );
    process.stdout.write(`${rounded}\n`);
    return 0;
  },
};
