import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTogether } from './check.ts';
import type { Library, Term } from './document.ts';
import { type DocumentFiles, type ParsedDocument, parseDocument, type SourceFile } from './parse.ts';
import type { Problem } from './problem.ts';
import { termsSchema } from './schema.ts';
import { parseYaml } from './yaml.ts';

export interface LoadedFolder {
  /** What could be read; to be used only when no problem is an error. */
  readonly library: Library;
  /** In the order of files and lines. */
  readonly problems: readonly Problem[];
}

const SOURCE = 'source.md';
const QUESTIONS = 'questions.yaml';
const SLOGANS = 'slogans.yaml';
const TERMS = 'terms.yaml';

/** Reads a knowledge folder: one folder a document, and terms.yaml. Whatever is wrong becomes a problem, never an exception. */
export async function loadFolder(folder: string): Promise<LoadedFolder> {
  const problems: Problem[] = [];
  const parsed: ParsedDocument[] = [];
  for (const id of await documentFolders(folder, problems)) {
    const read = (name: string) => readText(join(folder, id, name), problems);
    const [source, questions, slogans] = await Promise.all([read(SOURCE), read(QUESTIONS), read(SLOGANS)]);
    if (!source) {
      const file = join(folder, id, SOURCE);
      if (!problems.some((problem) => problem.file === file))
        problems.push(problemOf(file, { code: 'missing-source' }));
      continue;
    }
    const files: DocumentFiles = { id, source, questions, slogans };
    const one = parseDocument(files);
    parsed.push(one);
    const path = join(folder, id, QUESTIONS);
    if (!questions && !slogans && one.problems.length === 0 && !problems.some(({ file }) => file === path))
      problems.push({ ...problemOf(source.path, { code: 'no-questions' }), severity: 'warning' });
  }
  const terms = await readTerms(join(folder, TERMS), problems);
  problems.push(...parsed.flatMap((one) => one.problems), ...checkTogether(parsed));
  const documents = parsed.flatMap(({ document }) => document ?? []);
  const ordered = problems.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
  return { library: { documents, terms }, problems: ordered };
}

async function documentFolders(folder: string, problems: Problem[]): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
    if (names.length === 0) problems.push(problemOf(folder, { code: 'missing-source' }));
    return names.toSorted(compare);
  } catch (cause) {
    problems.push(problemOf(folder, { code: 'unreadable', reason: reasonOf(cause) }));
    return [];
  }
}

async function readTerms(path: string, problems: Problem[]): Promise<readonly Term[]> {
  const file = await readText(path, problems);
  if (!file) return [];
  const parsed = parseYaml(path, file.text, termsSchema);
  problems.push(...parsed.problems);
  return Object.entries(parsed.value ?? {}).map(([text, say]) => ({ text, say }));
}

async function readText(path: string, problems: Problem[]): Promise<SourceFile | undefined> {
  try {
    const bytes = await readFile(path);
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (cause) {
    if (cause instanceof TypeError) problems.push(problemOf(path, { code: 'not-utf8' }));
    else if (!isMissing(cause)) problems.push(problemOf(path, { code: 'unreadable', reason: reasonOf(cause) }));
    return undefined;
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function problemOf(file: string, detail: Problem['detail']): Problem {
  return { file, line: 1, column: 1, severity: 'error', detail };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
