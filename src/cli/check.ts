import { loadFolder } from '../knowledge/folder.ts';
import { describeProblem } from '../messages/problems.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder } from './command.ts';

export const check: Command = {
  usage: 'check [--knowledge DIR]',
  options: KNOWLEDGE_OPTION,
  async run(values, positionals) {
    const folder = positionals[0] ?? knowledgeFolder(values);
    const { library, problems } = await loadFolder(folder);
    for (const problem of problems) process.stdout.write(`${describeProblem(problem)}\n`);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    process.stdout.write(`${CLI.checked(library, errors, problems.length - errors)}\n`);
    return errors > 0 ? 1 : 0;
  },
};
