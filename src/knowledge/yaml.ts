import { CORE_SCHEMA, load } from 'js-yaml';
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
 *
 * Thousands of phrasings are read at every start. js-yaml reads them four times as fast as yaml does, but keeps no
 * positions: so yaml reads the text only when there is something to point at.
 */
export function parseYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  firstLine = 1,
): Parsed<z.output<S>> {
  const positions = () => locate(file, text, firstLine);
  let located: Located | undefined;
  const problemAt: Parsed<unknown>['problemAt'] = (...about) => {
    located ??= positions();
    return located.problemAt(...about);
  };
  const quick = schema.safeParse(readQuickly(text));
  if (quick.success) return { value: quick.data, problems: [], problemAt };

  located = positions();
  if (located.problems.length > 0) return { value: undefined, problems: located.problems, problemAt };
  const result = schema.safeParse(located.content ?? {}, { error: z.locales.zhCN().localeError });
  if (result.success) return { value: result.data, problems: [], problemAt };
  const { document, at } = located;
  const problems = result.error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const offset = keyOffset(document.getIn(path, true) ?? document.contents, key) ?? offsetOf(document, path);
        return at(offset, { code: 'unknown-key', key, path: path.join('.') });
      });
    }
    if (document.getIn(path) === undefined) return [problemAt(path, { code: 'missing-key', path: path.join('.') })];
    return [problemAt(path, { code: 'invalid-value', path: path.join('.'), reason: issue.message })];
  });
  return { value: undefined, problems, problemAt };
}

/** Aliases of aliases can fill the memory: a text that may hold any is left to yaml, which counts them. */
const MAY_HOLD_ALIAS = /(?:^|[\s,[{:-])[&*]\S/m;

/** The content, or undefined when there is anything to find fault with. */
function readQuickly(text: string): unknown {
  if (MAY_HOLD_ALIAS.test(text)) return undefined;
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
}

/** A text read with the positions of its nodes. */
interface Located {
  readonly document: Document.Parsed;
  readonly content: unknown;
  readonly problems: readonly Problem[];
  at(offset: number, detail: ProblemDetail, severity?: Problem['severity']): Problem;
  problemAt: Parsed<unknown>['problemAt'];
}

function locate(file: string, text: string, firstLine: number): Located {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const at: Located['at'] = (offset, detail, severity = 'error') => {
    const { line, col } = lines.linePos(offset);
    return { file, line: line + firstLine - 1, column: col, severity, detail };
  };
  const faults = [...document.errors, ...document.warnings];
  const problems = faults.map((fault) => at(fault.pos[0], { code: 'yaml', reason: fault.message }));
  let content: unknown;
  try {
    if (problems.length === 0) content = document.toJS();
  } catch (cause) {
    // An alias without its anchor, or aliases of aliases that would fill the memory.
    const reason = cause instanceof Error ? cause.message : String(cause);
    problems.push(at(offsetOfAlias(document), { code: 'yaml', reason }));
  }
  const problemAt: Located['problemAt'] = (path, detail, severity) => at(offsetOf(document, path), detail, severity);
  return { document, content, problems, at, problemAt };
}

function offsetOf(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node)) return (node as ParsedNode).range[0];
  }
  return 0;
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
