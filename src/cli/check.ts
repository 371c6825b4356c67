import { loadFolder } from '../knowledge/folder.ts';
import { readTests } from '../live/folder-tests.ts';
import { describeProblem } from '../messages/problems.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder } from './command.ts';

export const check: Command = {
  usage: 'check [--force] [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, force: { type: 'boolean' } },
  async run(values, positionals) {
    const folder = positionals[0] ?? knowledgeFolder(values);
    const { library, problems: found } = await loadFolder(folder);
    const tests = await readTests(folder);
    const problems = [...found, ...tests.problems];
    for (const problem of problems) process.stdout.write(`${describeProblem(problem)}\n`);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    process.stdout.write(`${CLI.checked(library, errors, problems.length - errors)}\n`);
    if (errors > 0) return 1;
    // What answers is loaded where there is something to ask, or to accept.
    const { labelled } = tests;
    const failed = labelled.length > 0 ? await (await import('./folder-tests.ts')).askTests(folder, labelled) : 0;
    if (values.force !== true) return failed > 0 ? 1 : 0;
    const { accept } = await import('../live/live-knowledge.ts');
    await accept(folder);
    process.stdout.write(`${CLI.acceptedEdit}\n`);
    return 0;
  },
};
