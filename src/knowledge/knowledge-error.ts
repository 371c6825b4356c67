import type { Problem } from './problem.ts';

/** The folder has errors: it must be mended before anything is quoted from it. */
export class KnowledgeError extends Error {
  readonly code = 'knowledge';
  readonly problems: readonly Problem[];
  constructor(folder: string, problems: readonly Problem[]) {
    super(`${folder}: ${problems.length} problems`);
    this.problems = problems;
  }
}
