import { constants, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkTogether } from './check.ts';
import type { Library, Term } from './document.ts';
import { type DocumentFiles, parseDocument, type SourceFile } from './parse.ts';
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
export const QUESTIONS = 'questions.yaml';
/** In place of questions.yaml: a folder with a file a section. */
export const SECTIONS = 'questions';
const SLOGANS = 'slogans.yaml';
export const TERMS = 'terms.yaml';
const TESTS = 'tests.yaml';
const IN_FOLDER = [TERMS, TESTS];
const IN_DOCUMENT = [SOURCE, QUESTIONS, `${SECTIONS}/`, SLOGANS, TESTS];
const YAML = '.yaml';
/** What an imported document was made from lies beside its text. */
const ORIGINAL = /^original\./;

const MEGABYTE = 1_048_576;
/** In bytes: the longest law has half a megabyte, and a document is read at once. */
const LARGEST_FILE = 16 * MEGABYTE;
/** In UTF-16 units, of all sources: some 5,000 documents; a process has about two gigabytes. */
const LARGEST_FOLDER = 128 * MEGABYTE;

/** The files of a knowledge folder as they stand there. */
export interface FolderFiles {
  readonly documents: readonly DocumentFiles[];
  readonly terms: SourceFile | undefined;
  /** What is missing or can't be read. */
  readonly problems: readonly Problem[];
}

/** Reads a knowledge folder: one folder a document, and terms.yaml. Whatever is wrong becomes a problem, never an exception. */
export async function loadFolder(folder: string): Promise<LoadedFolder> {
  return parseFolder(await readFolder(folder));
}

/** A few at a time: a folder may hold more documents than a process may open files. */
const AT_ONCE = 16;

export async function readFolder(folder: string): Promise<FolderFiles> {
  const problems: Problem[] = [];
  let room = LARGEST_FOLDER;
  const ids = await documentFolders(folder, problems);
  const documents: DocumentFiles[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE).map((id) => readDocumentFiles(folder, id, problems));
    for (const files of await Promise.all(some)) if (files) documents.push(files);
    room = LARGEST_FOLDER - documents.reduce((sum, { source }) => sum + source.text.length, 0);
    if (room < 0) {
      problems.push(problemOf(folder, { code: 'too-large', megabytes: LARGEST_FOLDER / MEGABYTE }));
      break;
    }
  }
  return { documents, terms: await readText(join(folder, TERMS), problems), problems };
}

/** The labelled questions of a folder and of its documents, where there are any. */
export async function readTestFiles(
  folder: string,
): Promise<{ readonly files: readonly SourceFile[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const files: SourceFile[] = [];
  for (const path of [TESTS, ...(await documentFolders(folder, [])).map((id) => join(id, TESTS))]) {
    const file = await readText(join(folder, path), problems);
    if (file) files.push(file);
  }
  return { files, problems };
}

/** Undefined where there is no text. */
async function readDocumentFiles(folder: string, id: string, problems: Problem[]): Promise<DocumentFiles | undefined> {
  const read = (name: string) => readText(join(folder, id, name), problems);
  const names: readonly string[] = await readdir(join(folder, id)).catch(() => []);
  const isKnown = (name: string) => IN_DOCUMENT.includes(name) || name === SECTIONS || ORIGINAL.test(name);
  for (const name of names) {
    if (!isHidden(name) && !isKnown(name)) problems.push(unknown(join(folder, id, name), IN_DOCUMENT));
  }
  const [source, questions, sections, slogans] = await Promise.all([
    read(SOURCE),
    read(QUESTIONS),
    names.includes(SECTIONS) ? readSections(join(folder, id, SECTIONS), problems) : [],
    read(SLOGANS),
  ]);
  if (source) return { id, source, questions, sections, slogans };
  const file = join(folder, id, SOURCE);
  if (!problems.some((problem) => problem.file === file)) problems.push(problemOf(file, { code: 'missing-source' }));
  return undefined;
}

async function readSections(folder: string, problems: Problem[]): Promise<readonly SourceFile[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    problems.push(problemOf(folder, { code: 'unreadable', reason: reasonOf(cause) }));
    return [];
  });
  const seen = names.filter((name) => !isHidden(name)).toSorted(compare);
  const isSection = (name: string) => name.endsWith(YAML);
  for (const name of seen) if (!isSection(name)) problems.push(unknown(join(folder, name), [`*${YAML}`]));
  const files = await Promise.all(seen.filter(isSection).map((name) => readText(join(folder, name), problems)));
  return files.filter((file) => file !== undefined);
}

/** What the files of a folder say, and all that is wrong with them. */
export function parseFolder({ documents: files, terms: termsFile, problems: known }: FolderFiles): LoadedFolder {
  let problems = [...known];
  const parsed = files.map(parseDocument);
  for (const one of parsed) {
    const { source, slogans } = one.files;
    const beside = dirname(source.path);
    const places = [beside, join(beside, SECTIONS)];
    const unread = problems.some(({ file, severity }) => severity === 'error' && places.includes(dirname(file)));
    if (one.sections.length === 0 && !slogans && one.problems.length === 0 && !unread)
      problems.push({ ...problemOf(source.path, { code: 'no-questions' }), severity: 'warning' });
  }
  const terms = parseTerms(termsFile);
  // Not pushed: there may be more of them than a call takes arguments.
  problems = problems.concat(
    terms.problems,
    parsed.flatMap((one) => one.problems),
    checkTogether(parsed),
  );
  const documents = parsed.flatMap(({ document }) => document ?? []);
  const ordered = problems.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
  return { library: { documents, terms: terms.terms }, problems: ordered };
}

export function parseTerms(file: SourceFile | undefined): {
  readonly terms: readonly Term[];
  readonly problems: readonly Problem[];
} {
  if (!file) return { terms: [], problems: [] };
  const { value = {}, problems } = parseYaml(file.path, file.text, termsSchema);
  return { terms: Object.entries(value).map(([text, say]) => ({ text, say })), problems };
}

/** The documents of a folder, by the names of their own folders. Rejects when it can't be read. */
export async function documentIds(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !isHidden(entry.name)).map(({ name }) => name);
}

async function documentFolders(folder: string, problems: Problem[]): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const seen = entries.filter(({ name }) => !isHidden(name));
    const names = seen.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    for (const entry of seen) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() || IN_FOLDER.includes(entry.name)) continue;
      if (entry.isSymbolicLink() && (await stat(path).catch(() => undefined))?.isDirectory() !== false)
        problems.push(problemOf(path, { code: 'link' }));
      // A note beside the folders is nobody's business; terms.yml is a slip.
      else if (/\.ya?ml$/i.test(entry.name)) problems.push(unknown(path, IN_FOLDER));
    }
    if (names.length === 0) problems.push(problemOf(folder, { code: 'missing-source' }));
    return names.toSorted(compare);
  } catch (cause) {
    problems.push(problemOf(folder, { code: 'unreadable', reason: reasonOf(cause) }));
    return [];
  }
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}

function unknown(path: string, known: readonly string[]): Problem {
  return { ...problemOf(path, { code: 'unknown-file', known }), severity: 'warning' };
}

async function readText(path: string, problems: Problem[]): Promise<SourceFile | undefined> {
  try {
    const bytes = await readBytes(path);
    if (typeof bytes === 'string') {
      problems.push(
        problemOf(path, bytes === 'no-file' ? { code: bytes } : { code: bytes, megabytes: LARGEST_FILE / MEGABYTE }),
      );
      return undefined;
    }
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (cause) {
    if (cause instanceof TypeError) problems.push(problemOf(path, { code: 'not-utf8' }));
    else if (!isMissing(cause)) problems.push(problemOf(path, { code: 'unreadable', reason: reasonOf(cause) }));
    return undefined;
  }
}

/** A pipe would be waited for without end, and a device never ends: both are no files, and neither is opened to wait. */
async function readBytes(path: string): Promise<Buffer | 'no-file' | 'too-large'> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    const { size } = stats;
    if (!stats.isFile()) return 'no-file';
    if (size > LARGEST_FILE) return 'too-large';
    // As long as it was: what comes behind it meanwhile is read with the next edit.
    const bytes = Buffer.alloc(size);
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read)
      read = (await file.read(bytes, length, size - length)).bytesRead;
    return bytes.subarray(0, length);
  } finally {
    await file.close();
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
