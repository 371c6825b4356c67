import { type Answerer, createAnswerer } from './answering/answerer.ts';
import type { Library } from './knowledge/document.ts';
import { loadFolder } from './knowledge/folder.ts';
import type { Problem } from './knowledge/problem.ts';
import { createRetriever } from './retrieval/retriever.ts';

/** A knowledge folder made ready to answer. */
export interface Engine {
  readonly library: Library;
  readonly answerer: Answerer;
}

/** The folder has errors: it must be mended before anything is quoted from it. */
export class KnowledgeError extends Error {
  readonly code = 'knowledge';
  readonly problems: readonly Problem[];
  constructor(folder: string, problems: readonly Problem[]) {
    super(`${folder}: ${problems.length} problems`);
    this.problems = problems;
  }
}

/** Loads a folder; throws a KnowledgeError when any of its problems is an error. */
export async function openEngine(folder: string): Promise<Engine> {
  const { library, problems } = await loadFolder(folder);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new KnowledgeError(folder, errors);
  return { library, answerer: createAnswerer(library, createRetriever(library)) };
}
