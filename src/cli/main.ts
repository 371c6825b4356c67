import { parseArgs } from 'node:util';
import { KnowledgeError } from '../engine.ts';
import { describeProblem } from '../messages/problems.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, UsageError } from './command.ts';

/** Each is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  ask: async () => (await import('./ask.ts')).ask,
  check: async () => (await import('./check.ts')).check,
  eval: async () => (await import('./eval.ts')).evaluate,
  calibrate: async () => (await import('./calibrate.ts')).calibrateCommand,
  learn: async () => (await import('./learn.ts')).learn,
  bench: async () => (await import('./bench.ts')).bench,
  broadcast: async () => (await import('./broadcast.ts')).broadcast,
  simulate: async () => (await import('./simulate.ts')).simulate,
};

/** Runs one command and returns the exit code: 0, 1 when what it checks does not hold, 2 when it was called wrongly. */
async function run([name = '', ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(CLI.commands(Object.keys(COMMANDS)));
  const command = await load();
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
