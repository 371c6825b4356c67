import { z } from 'zod';
import type { SourceFile } from '../knowledge/parse.ts';
import type { Problem } from '../knowledge/problem.ts';
import { parseYaml } from '../knowledge/yaml.ts';
import { type Labelled, labelledFields } from './labelled.ts';

const schema = z.array(
  z.strictObject({ ...labelledFields, id: z.string().min(1).optional(), kind: z.string().min(1).optional() }),
);

/** Reads a folder's own labelled questions: a list of `question` and `gold`, and what else a row of `eval/` may have. */
export function parseTests(file: SourceFile): {
  readonly labelled: readonly Labelled[];
  readonly problems: readonly Problem[];
} {
  const { value = [], problems } = parseYaml(file.path, file.text, schema);
  return {
    labelled: value.map((row, at) => ({ ...row, id: row.id ?? `${file.path}#${at + 1}`, kind: row.kind ?? 'test' })),
    problems,
  };
}
