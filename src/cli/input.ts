import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Labelled, LabelledError, parseLabelled } from '../evaluation/labelled.ts';
import { CLI } from '../messages/wording.ts';
import { UsageError } from './command.ts';

/** The lines of a file, or of standard input for `-`, as they come. Throws a UsageError when it cannot be read. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  input.setEncoding('utf8');
  let rest = '';
  let first = true;
  try {
    for await (const chunk of input) {
      const rows = (rest + (first ? withoutMark(chunk) : chunk)).split(/\r?\n/);
      first = false;
      rest = rows.pop() ?? '';
      yield* rows;
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
  if (rest !== '') yield rest;
}

/** The labelled questions of a file. Throws a UsageError that names the file, and the line that is at fault. */
export async function readLabelled(file: string): Promise<readonly Labelled[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    return parseLabelled(withoutMark(text));
  } catch (cause) {
    if (cause instanceof LabelledError) throw new UsageError(CLI.badLabelled(file, cause.line, cause.message), cause);
    throw cause;
  }
}

function unreadable(file: string, cause: unknown): UsageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const isFolder = cause instanceof Error && 'code' in cause && cause.code === 'EISDIR';
  return new UsageError(CLI.unreadable(file, isFolder ? CLI.isFolder : reason), cause);
}

/** Windows editors put a byte order mark at the head of a file. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
