import type { Labelled } from '../evaluation/labelled.ts';
import { parseTests } from '../evaluation/tests-file.ts';
import { readTestFiles } from '../knowledge/folder.ts';
import type { Problem } from '../knowledge/problem.ts';

export interface FolderTests {
  readonly labelled: readonly Labelled[];
  readonly problems: readonly Problem[];
}

/** The labelled questions that stand in a folder's tests.yaml, and in those of its documents. */
export async function readTests(folder: string): Promise<FolderTests> {
  const { files, problems } = await readTestFiles(folder);
  const parsed = files.map(parseTests);
  return {
    labelled: parsed.flatMap(({ labelled }) => labelled),
    problems: [...problems, ...parsed.flatMap((one) => one.problems)],
  };
}
