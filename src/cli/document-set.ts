import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentQuestion, parseDocumentQuestions, plainDocument } from '../evaluation/document-questions.ts';
import { parseSquad, type Squad } from '../evaluation/squad.ts';
import { parseStatutes, type Statutes } from '../evaluation/statutes.ts';
import type { Document } from '../knowledge/document.ts';
import { CLI } from '../messages/wording.ts';
import { UsageError } from './command.ts';

/** Documents as plain text, and questions about them. */
export interface DocumentSet {
  readonly documents: readonly Document[];
  readonly questions: readonly DocumentQuestion[];
}

const TEXT = '.txt';
const QUESTIONS = '.jsonl';

/**
 * Reads NAME.txt for the documents; the questions stand in questions.jsonl, each naming its document, or in NAME.jsonl,
 * there or in another folder. Throws a UsageError that names what can't be read.
 */
export async function readDocumentSet(folder: string, questionFolder = folder): Promise<DocumentSet> {
  const [files, asked] = await Promise.all([namesIn(folder), namesIn(questionFolder)]);
  const names = files.filter((name) => name.endsWith(TEXT)).map((name) => name.slice(0, -TEXT.length));
  const documents = await Promise.all(
    names.map(async (name) => plainDocument(name, await readText(join(folder, `${name}${TEXT}`)))),
  );
  const known = new Set(names);
  const questions = await Promise.all(
    asked
      .filter((name) => name.endsWith(QUESTIONS))
      .map(async (name) => {
        const path = join(questionFolder, name);
        const text = await readText(path);
        return parsed(path, () => parseDocumentQuestions(text, name.slice(0, -QUESTIONS.length)));
      }),
  );
  return { documents, questions: questions.flat().filter(({ doc }) => known.has(doc)) };
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
