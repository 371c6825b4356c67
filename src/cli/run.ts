import { parseArgs } from 'node:util';
import { EnvironmentFileError } from '../environment.ts';
import { KnowledgeError } from '../knowledge/knowledge-error.ts';
import { describeProblem } from '../messages/problems.ts';
import { CLI } from '../messages/wording.ts';
import { StoreError } from '../storage/store-error.ts';
import { type Command, UsageError } from './command.ts';
import { asksForHelp, helpOf, helpOfAll } from './help.ts';

/** Each is loaded when it is asked for. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** Runs one command and returns the exit code: 0, 1 when what it checks does not hold, 2 when it was called wrongly. */
export async function runCommand(commands: Commands, [name = '', ...args]: readonly string[]): Promise<number> {
  // A reader that stops early (head, less) is no fault of the command.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`${CLI.unwritable(error.code ?? error.message)}\n`);
    process.exit(1);
  });
  try {
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load && (name === 'help' || asksForHelp([name]))) return print(helpOfAll(Object.keys(commands)));
    if (!load) throw new UsageError(CLI.commands(Object.keys(commands)));
    const command = await load();
    return asksForHelp(args) ? print(helpOf(command)) : await run(command, args);
  } catch (cause) {
    return fail(cause);
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

async function run(command: Command, args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: command.options, allowPositionals: true });
    return await command.run(values, positionals);
  } catch (cause) {
    if (isParseError(cause)) throw new UsageError(`${faultIn(cause)}${CLI.usage(command.usage)}`, cause);
    throw cause;
  }
}

type ParseError = TypeError & { readonly code: string };

function isParseError(cause: unknown): cause is ParseError {
  return cause instanceof TypeError && 'code' in cause && String(cause.code).startsWith('ERR_PARSE_ARGS');
}

/** Which option is at fault: parseArgs names it in quotation marks. */
function faultIn({ code, message }: ParseError): string {
  const option = /'(-[^\s']*)/.exec(message)?.[1];
  if (option === undefined) return '';
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? CLI.unknownOption(option) : CLI.badOption(option);
}

function fail(cause: unknown): number {
  if (cause instanceof KnowledgeError) {
    for (const problem of cause.problems) process.stderr.write(`${describeProblem(problem)}\n`);
    return 1;
  }
  if (cause instanceof StoreError || cause instanceof EnvironmentFileError) {
    process.stderr.write(`${cause.message}\n`);
    return 1;
  }
  if (cause instanceof UsageError) {
    process.stderr.write(`${cause.message}\n`);
    return 2;
  }
  throw cause;
}
