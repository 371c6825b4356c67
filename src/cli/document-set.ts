import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DocumentQuestion, parseDocumentQuestions, plainDocument } from '../evaluation/document-questions.ts';
import { parseSquad, type Squad } from '../evaluation/squad.ts';
import { parseStatutes, type Statutes } from '../evaluation/statutes.ts';
import { endingOf, isImportable } from '../importing/format.ts';
import { importFile } from '../importing/read.ts';
import { ImportError } from '../importing/refusal.ts';
import { sourceFile } from '../importing/source-file.ts';
import type { Document } from '../knowledge/document.ts';
import { parseDocument } from '../knowledge/parse.ts';
import { describeRefusal, IMPORTING } from '../messages/importing.ts';
import { CLI } from '../messages/wording.ts';
import { UsageError } from './command.ts';

/** Documents, and questions about them. */
export interface DocumentSet {
  readonly documents: readonly Document[];
  readonly questions: readonly DocumentQuestion[];
}

const QUESTIONS = '.jsonl';

export interface DocumentSetOptions {
  /** Where the questions stand; else in the same folder. */
  readonly questions: string | undefined;
  /** An ending, without its dot: documents are read in this form where they have it, as an import makes them out. */
  readonly form: string | undefined;
}

/**
 * Reads documents, each in one form: NAME.txt, the text of record, or else whatever can be imported. The questions stand in
 * questions.jsonl, each naming its document, or in NAME.jsonl. Throws a UsageError that names what can't be read.
 */
export async function readDocumentSet(
  folder: string,
  { questions: questionFolder = folder, form }: Partial<DocumentSetOptions> = {},
): Promise<DocumentSet> {
  const [files, asked] = await Promise.all([namesIn(folder), namesIn(questionFolder)]);
  const questions = await Promise.all(
    asked
      .filter((name) => name.endsWith(QUESTIONS))
      .map(async (name) => {
        const path = join(questionFolder, name);
        const text = await readText(path);
        return parsed(path, () => parseDocumentQuestions(text, name.slice(0, -QUESTIONS.length)));
      }),
  );
  const named = new Set(questions.flat().map(({ doc }) => doc));
  // What tells of the set is no document of it.
  const forms = files.filter((name) => isImportable(name) && (endingOf(name) !== 'md' || named.has(stemOf(name))));
  const documents: Document[] = [];
  for (const [name, all] of Map.groupBy(forms, stemOf)) {
    const chosen =
      all.find((file) => endingOf(file) === form) ?? all.find((file) => endingOf(file) === 'txt') ?? all[0];
    if (chosen === undefined) continue;
    const document = await readForm(name, join(folder, chosen), endingOf(chosen) !== 'txt' || form === 'txt');
    if (document) documents.push(document);
  }
  const known = new Set(documents.map(({ id }) => id));
  return { documents, questions: questions.flat().filter(({ doc }) => known.has(doc)) };
}

function stemOf(name: string): string {
  return name.slice(0, -endingOf(name).length - 1);
}

/** As a keeper would have it; what cannot be read is said and left out. */
async function readForm(name: string, path: string, imported: boolean): Promise<Document | undefined> {
  if (!imported) return plainDocument(name, await readText(path));
  try {
    const [document] = await importFile({ name: basename(path), bytes: new Uint8Array(await readFile(path)) });
    const source = { path, text: sourceFile(document).text };
    return parseDocument({ id: name, source, questions: undefined, sections: [], slogans: undefined }).document;
  } catch (cause) {
    if (!(cause instanceof ImportError)) throw cause;
    process.stderr.write(`${IMPORTING.refused(path, describeRefusal(cause.refusal))}\n`);
    return undefined;
  }
}

/** Articles and laymen's questions, as articles.jsonl and questions.jsonl have them. */
export async function readStatutes(folder: string): Promise<Statutes> {
  const path = join(folder, 'articles.jsonl');
  const [articles, questions] = await Promise.all([readText(path), readText(join(folder, 'questions.jsonl'))]);
  return parsed(path, () => parseStatutes(articles, questions));
}

export async function readSquad(file: string): Promise<Squad> {
  const json = await readText(file);
  return parsed(file, () => parseSquad(json));
}

function parsed<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new UsageError(CLI.unreadable(path, cause instanceof Error ? cause.message : String(cause)), cause);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(folder, cause instanceof Error ? cause.message : String(cause)), cause);
  });
  return names.toSorted();
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(path, cause instanceof Error ? cause.message : String(cause)), cause);
  });
}
