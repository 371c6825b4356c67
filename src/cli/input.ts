import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CLI } from '../messages/wording.ts';
import { UsageError } from './command.ts';

/** The lines of a file, or of standard input for `-`. Throws a UsageError when the file cannot be read. */
export async function openLines(file: string): Promise<AsyncIterable<string>> {
  if (file !== '-') await readable(file);
  const input = file === '-' ? process.stdin : createReadStream(file);
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

/** A whole file as text. Throws a UsageError when it cannot be read. */
export async function readWhole(file: string): Promise<string> {
  await readable(file);
  return await readFile(file, 'utf8');
}

async function readable(file: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(file, cause instanceof Error ? cause.message : String(cause)), cause);
  });
  if (found.isDirectory()) throw new UsageError(CLI.unreadable(file, CLI.isFolder));
}
