import { dump } from 'js-yaml';
import {
  DASH,
  endOfLast,
  entry,
  FormatError,
  formatQuestions,
  formatSection,
  itemsOf,
  readText,
  startOfLine,
} from './format.ts';

// What the keeper's thumb adds to files that people write: lines where they belong, and all else as it was.

/** A list of a point: how people ask for it, or its near misses. */
export type PhrasingList = 'ask' | 'not';

/** Phrasings for a list of a point, by the ids of its section and of the point. */
export interface Addition {
  readonly section: string;
  readonly point: string;
  readonly list: PhrasingList;
  readonly phrasings: readonly string[];
}

/** The file of questions/ whose points are clauses of the text, each with how else people ask for it. */
export const CLAUSES = { file: 'clauses.yaml', section: 'clauses' } as const;

/** A clause of the text as a point. */
export interface AskedClause {
  /** The title of the section, where it is new. */
  readonly section: string;
  readonly id: string;
  readonly title: string;
  readonly quote: string;
}

/**
 * A questions.yaml, or a file of questions/, with phrasings more; undefined when it has no such point.
 *
 * @throws FormatError when the file is no YAML, or not laid out in lines
 */
export function withPhrasings(given: string, { section, point, list, phrasings }: Addition): string | undefined {
  const read = readText(given);
  const { text } = read;
  const whole = entry(read, 'sections');
  const isNamed = (id: string) => (node: { readonly value: unknown }) => (node.value as { id?: unknown })?.id === id;
  const found = (whole ? itemsOf(whole) : [read]).find(isNamed(section));
  const node = found && itemsOf(entry(found, 'points')).find(isNamed(point));
  if (!node) return undefined;
  const items = itemsOf(entry(node, list)).map(({ place }) => place);
  const last = items.at(-1);
  const added = last ? behind(text, last.at, phrasings, last) : below(text, node.place, list, phrasings);
  return whole ? formatQuestions(added) : formatSection(added);
}

function behind(text: string, at: number, phrasings: readonly string[], last: Parameters<typeof endOfLast>[1]): string {
  const head = text.slice(startOfLine(text, at), at);
  const dash = DASH.exec(head);
  // A list in one line: 「[a, b]」.
  if (!dash)
    return `${text.slice(0, at)}${phrasings.map((each) => `${JSON.stringify(each)}, `).join('')}${text.slice(at)}`;
  const end = endOfLast(text, last, (dash[1] ?? '').length);
  const lines = phrasings.map((phrasing) => `${head}${scalar(phrasing)}\n`);
  return `${text.slice(0, end)}${lines.join('')}${text.slice(end)}`;
}

/** A list that the point has not yet, below all that it has. */
function below(
  text: string,
  point: Parameters<typeof endOfLast>[1],
  list: PhrasingList,
  phrasings: readonly string[],
): string {
  const head = text.slice(startOfLine(text, point.at), point.at);
  const dash = DASH.exec(head);
  if (!dash) throw new FormatError('points: the points do not stand below each other, each with a dash');
  const end = endOfLast(text, point, (dash[1] ?? '').length);
  const indent = ' '.repeat(head.length);
  const lines = [`${indent}${list}:\n`, ...phrasings.map((phrasing) => `${indent}  - ${scalar(phrasing)}\n`)];
  return `${text.slice(0, end)}${lines.join('')}${text.slice(end)}`;
}

/** The file of clauses with one more, or with its first where there is none yet. */
export function withClause(
  text: string | undefined,
  { section, ...clause }: AskedClause,
  list: PhrasingList,
  phrasings: readonly string[],
): string {
  const written = dump([{ ...clause, [list]: phrasings }], { lineWidth: -1 });
  const head = text ?? `${dump({ id: CLAUSES.section, title: section, of: 'clauses' }, { lineWidth: -1 })}points:`;
  return formatSection(`${head.trimEnd()}\n${written.replace(/^(?=.)/gm, '  ')}`);
}

function scalar(text: string): string {
  return dump(text, { lineWidth: -1 }).trimEnd();
}
