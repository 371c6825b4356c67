import { parseArgs } from 'node:util';
import { KnowledgeError } from '../knowledge/knowledge-error.ts';
import { describeProblem } from '../messages/problems.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, UsageError } from './command.ts';

/** Each is loaded when it is asked for. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** Runs one command and returns the exit code: 0, 1 when what it checks does not hold, 2 when it was called wrongly. */
export async function runCommand(commands: Commands, [name = '', ...args]: readonly string[]): Promise<number> {
  // A reader that stops early (head, less) is no fault of the command.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load) throw new UsageError(CLI.commands(Object.keys(commands)));
    return await run(await load(), args);
  } catch (cause) {
    return fail(cause);
  }
}

async function run(command: Command, args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: command.options, allowPositionals: true });
    return await command.run(values, positionals);
  } catch (cause) {
    if (isParseError(cause)) throw new UsageError(CLI.usage(command.usage), cause);
    throw cause;
  }
}

function isParseError(cause: unknown): boolean {
  return cause instanceof TypeError && 'code' in cause && String(cause.code).startsWith('ERR_PARSE_ARGS');
}

function fail(cause: unknown): number {
  if (cause instanceof KnowledgeError) {
    for (const problem of cause.problems) process.stderr.write(`${describeProblem(problem)}\n`);
    return 1;
  }
  if (cause instanceof UsageError) {
    process.stderr.write(`${cause.message}\n`);
    return 2;
  }
  throw cause;
}
