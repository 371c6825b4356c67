import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommand } from '../../src/cli/run.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the project's command line in a process of its own, with this text (or nothing) on its standard input. */
export async function run(
  args: readonly string[],
  input = '',
  environment: NodeJS.ProcessEnv = {},
  main = 'src/cli/main.ts',
): Promise<Ran> {
  const { KNOWLEDGE_DIR: _, ...inherited } = process.env;
  const env = { ...inherited, ...environment };
  const child = spawn(process.execPath, [main, ...args], { cwd: PROJECT, env });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A command that fails at once does not wait for its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/**
 * The same in this process, which has loaded long ago what takes a new one half a second. One at a time. Each command is
 * run in a process of its own somewhere, too.
 */
export async function call(args: readonly string[], input = '', environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const { KNOWLEDGE_DIR: _, ...inherited } = process.env;
  const streams = { stdin: Readable.from([Buffer.from(input)]), stdout: createSink(), stderr: createSink() };
  const here = {
    env: { value: { ...inherited, ...environment }, configurable: true, enumerable: true, writable: true },
    stdin: { value: streams.stdin, configurable: true, enumerable: true },
    stdout: { value: streams.stdout.stream, configurable: true, enumerable: true },
    stderr: { value: streams.stderr.stream, configurable: true, enumerable: true },
  };
  const before = Object.fromEntries(
    Object.keys(here).map((name) => [name, Object.getOwnPropertyDescriptor(process, name) as PropertyDescriptor]),
  );
  Object.defineProperties(process, here);
  try {
    const code = await runCommand(COMMANDS, args);
    return { code, stdout: streams.stdout.text(), stderr: streams.stderr.text() };
  } finally {
    Object.defineProperties(process, before);
  }
}

function createSink() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/** The values of JSON Lines. */
export function rows(text: string): readonly Record<string, unknown>[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
