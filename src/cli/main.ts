import { parseArgs } from 'node:util';
import { KnowledgeError } from '../engine.ts';
import { describeProblem } from '../messages/problems.ts';
import { CLI } from '../messages/wording.ts';
import { ask } from './ask.ts';
import { bench } from './bench.ts';
import { broadcast } from './broadcast.ts';
import { calibrateCommand } from './calibrate.ts';
import { check } from './check.ts';
import { type Command, UsageError } from './command.ts';
import { evaluate } from './eval.ts';
import { simulate } from './simulate.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  ask,
  check,
  eval: evaluate,
  calibrate: calibrateCommand,
  bench,
  broadcast,
  simulate,
};

/** Runs one command and returns the exit code: 0, 1 when what it checks does not hold, 2 when it was called wrongly. */
async function run([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(CLI.commands(Object.keys(COMMANDS)));
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

// A reader that stops early (head, less) is no fault of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await run(process.argv.slice(2)).catch(fail);
