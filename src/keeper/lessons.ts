import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyOf } from '../answering/key.ts';
import type { Engine } from '../engine.ts';
import { CLAUSES, type PhrasingList, withClause, withPhrasings } from '../knowledge/adding.ts';
import { phrasingKey } from '../knowledge/check.ts';
import { cut, type Document } from '../knowledge/document.ts';
import { QUESTIONS, SECTIONS } from '../knowledge/folder.ts';
import { FormatError } from '../knowledge/format.ts';
import { writeWhole } from './folders.ts';

/** What people ask, and the point or clause that answers it (`ask`), or comes close and does not (`not`). */
export interface Lesson {
  /** See keyOf. */
  readonly key: string;
  readonly list: PhrasingList;
  /** The first is what the keeper saw; the others ask the same. */
  readonly questions: readonly [string, ...string[]];
}

export type Written =
  /** `undo` puts the file back as it was. */
  | {
      readonly outcome: 'written';
      readonly document: string;
      readonly title: string;
      readonly undo: () => Promise<void>;
    }
  /** There is no such point or clause any more. */
  | { readonly outcome: 'gone' }
  /** The first question is said to ask for something else already, named by its title. */
  | { readonly outcome: 'taken'; readonly title: string }
  /** The file is not laid out so that a line can be added. */
  | { readonly outcome: 'unreadable'; readonly path: string };

/** The title of the section that holds what a keeper added to clauses. */
const CLAUSES_TITLE = '大家问过的';
/** A point's title in a file has at most so many UTF-16 units. */
const TITLE = 40;

/** Writes a lesson into the questions of its document, whole or not at all. */
export async function writeLesson(
  knowledge: string,
  { library, answerer }: Pick<Engine, 'library' | 'answerer'>,
  { key, list, questions }: Lesson,
): Promise<Written> {
  const opened = answerer.open(key);
  if (!opened) return { outcome: 'gone' };
  const { document } = opened.quotes[0];
  const place = placeOf(document, key, opened.quotes[0].text);
  const claimed = claimsIn(library.documents);
  const [first] = questions;
  const other = list === 'ask' ? claimed.get(phrasingKey(first)) : undefined;
  if (other && (other.document !== document.id || other.point !== place?.point))
    return { outcome: 'taken', title: other.title };
  // What another point is asked for by is no phrasing of this one, however alike.
  const phrasings = [first, ...questions.slice(1).filter((each) => !claimed.has(phrasingKey(each)))];
  const folder = join(knowledge, document.id);
  for (const path of await filesOf(folder)) {
    const text = await readFile(path, 'utf8');
    try {
      const added = place && withPhrasings(text, { ...place, list, phrasings });
      if (added !== undefined) return await write(path, text, added, { document: document.id, title: opened.title });
    } catch (cause) {
      if (!(cause instanceof FormatError)) throw cause;
      return { outcome: 'unreadable', path };
    }
  }
  const path = join(folder, SECTIONS, CLAUSES.file);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const clause = { id: `c-${key}`, title: opened.title.slice(0, TITLE).toWellFormed(), quote: opened.quotes[0].text };
  await mkdir(join(folder, SECTIONS), { recursive: true });
  // It may have come in since this engine was made.
  const known = { section: CLAUSES.section, point: clause.id, list, phrasings };
  const added =
    (text === undefined ? undefined : withPhrasings(text, known)) ??
    withClause(text, { section: CLAUSES_TITLE, ...clause }, list, phrasings);
  return await write(path, text, added, { document: document.id, title: opened.title });
}

async function write(
  path: string,
  before: string | undefined,
  after: string,
  of: { readonly document: string; readonly title: string },
): Promise<Written> {
  await writeWhole(path, after);
  const undo = () => (before === undefined ? rm(path, { force: true }) : writeWhole(path, before));
  return { outcome: 'written', ...of, undo };
}

/** The point of a key, or the one by which people ask for a clause already. */
export function placeOf(
  document: Document,
  key: string,
  quote: string,
): { readonly section: string; readonly point: string } | undefined {
  for (const section of document.sections) {
    for (const point of section.points) {
      const isIt = section.ofClauses
        ? cut(document, point.quote) === quote
        : keyOf({ kind: 'point', document, section, point }) === key;
      if (isIt) return { section: section.id, point: point.id };
    }
  }
  return undefined;
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, SECTIONS)).catch(() => []);
  const sections = names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, SECTIONS, name));
  return (await readdir(folder)).includes(QUESTIONS) ? [join(folder, QUESTIONS), ...sections] : sections;
}

/** Who is asked for by which phrasing, by its key. */
export function claimsIn(documents: readonly Document[]) {
  const claimed = new Map<string, { readonly document: string; readonly point: string; readonly title: string }>();
  for (const { id: document, sections } of documents) {
    for (const { ask, id, title, points } of sections) {
      for (const phrasing of ask) claimed.set(phrasingKey(phrasing), { document, point: `${id}/`, title });
      for (const point of points)
        for (const phrasing of point.ask)
          claimed.set(phrasingKey(phrasing), { document, point: point.id, title: point.title });
    }
  }
  return claimed;
}
