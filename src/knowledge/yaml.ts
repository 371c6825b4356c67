import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import { z } from 'zod';
import type { Problem, ProblemDetail } from './problem.ts';

export type Path = readonly (string | number)[];

/** A parsed YAML text, and where in its file each value stands. */
export interface Parsed<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** A problem at the value of a path (or at the nearest parent that exists). */
  problemAt(path: Path, detail: ProblemDetail, severity?: Problem['severity']): Problem;
}

/**
 * Parses and validates one YAML text.
 * `firstLine` is the 1-based line of the file on which the text begins (front matter begins on line 2).
 */
export function parseYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  firstLine = 1,
): Parsed<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const at = (offset: number, detail: ProblemDetail, severity: Problem['severity'] = 'error'): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: line + firstLine - 1, column: col, severity, detail };
  };
  const offsetOf = (path: Path): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node)) return (node as ParsedNode).range[0];
    }
    return 0;
  };
  const problemAt: Parsed<unknown>['problemAt'] = (path, detail, severity) => at(offsetOf(path), detail, severity);

  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const problems = faults.map((fault) => at(fault.pos[0], { code: 'yaml', reason: fault.message }));
    return { value: undefined, problems, problemAt };
  }
  let content: unknown;
  try {
    content = document.toJS();
  } catch (cause) {
    // An alias without its anchor, or aliases of aliases that would fill the memory.
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { value: undefined, problems: [at(offsetOfAlias(document), { code: 'yaml', reason })], problemAt };
  }
  const result = schema.safeParse(content ?? {}, { error: z.locales.zhCN().localeError });
  if (result.success) return { value: result.data, problems: [], problemAt };
  const problems = result.error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        at(keyOffset(document.getIn(path, true) ?? document.contents, key) ?? offsetOf(path), {
          code: 'unknown-key',
          key,
          path: path.join('.'),
        }),
      );
    }
    if (document.getIn(path) === undefined) return [problemAt(path, { code: 'missing-key', path: path.join('.') })];
    return [problemAt(path, { code: 'invalid-value', path: path.join('.'), reason: issue.message })];
  });
  return { value: undefined, problems, problemAt };
}

/** Where the first alias stands that has no anchor, or else the first alias of all. */
function offsetOfAlias(document: Document.Parsed): number {
  const offsets: number[] = [];
  let unresolved: number | undefined;
  visit(document, {
    Alias(_, alias) {
      const offset = alias.range?.[0] ?? 0;
      offsets.push(offset);
      if (!alias.resolve(document)) unresolved ??= offset;
    },
  });
  return unresolved ?? offsets[0] ?? 0;
}

function keyOffset(node: unknown, key: string): number | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return (pair?.key as Node | undefined)?.range?.[0];
}
