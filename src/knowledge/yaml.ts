import { CORE_SCHEMA, constructFromEvents, parseEvents, YAMLException } from 'js-yaml';
import { z } from 'zod';
import type { Problem, ProblemDetail } from './problem.ts';
import { type Place, placesOf } from './yaml-places.ts';

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
  let starts: readonly number[] | undefined;
  const at = (offset: number, detail: ProblemDetail, severity: Problem['severity'] = 'error'): Problem => {
    // Once for all: there may be a hundred thousand of them.
    starts ??= startsOfLines(text);
    const line = lineAt(starts, offset);
    return { file, line: line + firstLine, column: offset - (starts[line] ?? 0) + 1, severity, detail };
  };
  const read = readText(text);
  if (read.kind === 'fault') {
    return {
      value: undefined,
      problems: [at(read.offset, read.detail)],
      problemAt: (_, ...about) => at(0, ...about),
    };
  }
  const { content, root } = read;
  const problemAt: Parsed<unknown>['problemAt'] = (path, ...about) => at(offsetOf(root(), path), ...about);
  const result = schema.safeParse(content, { error: z.locales.zhCN().localeError });
  if (result.success) return { value: result.data, problems: [], problemAt };
  const problems = result.error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const offset = nearest(root(), path).entries?.get(key)?.keyAt ?? offsetOf(root(), path);
        return at(offset, { code: 'unknown-key', key, path: path.join('.') });
      });
    }
    if (!has(content, path)) return [problemAt(path, { code: 'missing-key', path: path.join('.') })];
    return [problemAt(path, { code: 'invalid-value', path: path.join('.'), reason: issue.message })];
  });
  return { value: undefined, problems, problemAt };
}

type Read =
  /** `root` is worked out only when there is something to point at. */
  | { readonly kind: 'read'; readonly content: unknown; root(): Place }
  | { readonly kind: 'fault'; readonly offset: number; readonly detail: ProblemDetail };

/** More is no text that a person keeps. */
const MOST_ALIASES = 100;

function readText(text: string): Read {
  try {
    const events = parseEvents(text, {});
    const documents = constructFromEvents(events, { source: text, schema: CORE_SCHEMA, maxAliases: MOST_ALIASES });
    let root: Place | undefined;
    const places = () => {
      root ??= placesOf(events, text);
      return root;
    };
    if (documents.length > 1)
      return { kind: 'fault', offset: secondDocument(text, places().at), detail: { code: 'second-document' } };
    // Aliases of aliases would multiply what is read.
    const nested = text.includes('*') ? places().nestedAlias : undefined;
    if (nested !== undefined) return fault(nested, 'an alias inside what has an anchor');
    return { kind: 'read', content: documents[0] ?? {}, root: places };
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    return fault(cause.mark?.position ?? 0, cause.reason);
  }
}

function fault(offset: number, reason: string): Read {
  return { kind: 'fault', offset, detail: { code: 'yaml', reason } };
}

/** Where a line ends the document whose content begins at an offset. */
function secondDocument(text: string, from: number): number {
  const ends = /^(?:---|\.\.\.)(?=\s|$)/gm;
  ends.lastIndex = from;
  return ends.exec(text)?.index ?? from;
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The last line, 0-based, that begins at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function has(content: unknown, path: Path): boolean {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return true;
}

/** The place of a path, or of its nearest parent that exists. */
function nearest(root: Place, path: Path): Place {
  let place = root;
  for (const key of path) {
    const next = place.entries?.get(String(key));
    if (!next) break;
    place = next.value;
  }
  return place;
}

function offsetOf(root: Place, path: Path): number {
  return nearest(root, path).at;
}
