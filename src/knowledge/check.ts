import { foldText } from '../text/fold.ts';
import { hashOf } from '../text/hash.ts';
import type { Document } from './document.ts';
import type { ParsedDocument, WrittenSection } from './parse.ts';
import type { Problem } from './problem.ts';
import type { Path } from './yaml.ts';

/** Commands that the bot itself answers to; a document cannot have them. */
export const OWN_COMMANDS: readonly string[] = [
  'start',
  'help',
  'ask',
  'sources',
  'slogan',
  'settings',
  'subscribe',
  'unsubscribe',
  'documents',
  'whoami',
  'gaps',
  'stats',
];

/** What no document can tell of itself alone: names and phrasings claimed twice; and what no point covers. */
export function checkTogether(documents: readonly ParsedDocument[]): readonly Problem[] {
  return [
    ...checkCommands(documents),
    ...checkIds(documents),
    ...checkPhrasings(documents),
    ...checkCover(documents),
    ...checkTerms(documents),
  ];
}

function checkCommands(documents: readonly ParsedDocument[]): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const { document, files, frontMatter } of documents) {
    const name = document?.command?.name;
    if (name === undefined) continue;
    const other = owners.get(name);
    const add = (detail: Problem['detail']) =>
      problems.push(frontMatter?.problemAt(['command', 'name'], detail) as Problem);
    if (OWN_COMMANDS.includes(name)) add({ code: 'reserved-command', name });
    else if (other) add({ code: 'duplicate-command', name, other });
    owners.set(name, files.source.path);
  }
  return problems;
}

function checkIds(documents: readonly ParsedDocument[]): Problem[] {
  const problems: Problem[] = [];
  for (const { sections } of documents) {
    const owners = new Map<string, string>();
    const claim = (id: string, kind: string, problemAt: WrittenSection['problemAt'], path: Path) => {
      const key = `${kind} ${id}`;
      const other = owners.get(key);
      if (other) problems.push(problemAt(path, { code: 'duplicate-id', id, other }));
      else owners.set(key, id);
    };
    for (const { value, problemAt } of sections) {
      claim(value.id, 'section', problemAt, ['id']);
      for (const [p, point] of value.points.entries()) claim(point.id, 'point', problemAt, ['points', p, 'id']);
    }
  }
  return problems;
}

/** The form in which two phrasings are the same: folded, without spaces and punctuation. */
export function phrasingKey(phrasing: string): string {
  return foldText(phrasing).replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * What a document claims as its own, its phrasings, as numbers in ascending order: two documents that share one may not
 * both have it. Of a million phrasings two fall together by chance once in thousands of libraries.
 */
export function claimsOf({ sections }: Document): Float64Array {
  const claims = new Set<number>();
  for (const { ask, points } of sections) {
    for (const phrasing of [...ask, ...points.flatMap((point) => point.ask)]) claims.add(hashOf(phrasingKey(phrasing)));
  }
  return Float64Array.from(claims).sort();
}

function checkPhrasings(documents: readonly ParsedDocument[]): Problem[] {
  const problems: Problem[] = [];
  const asked = new Map<string, string>();
  for (const { sections, files } of documents) {
    for (const { value: section, problemAt } of sections) {
      const claim = (phrasing: string, owner: string, path: Path) => {
        const key = phrasingKey(phrasing);
        const other = asked.get(key);
        const add = (detail: Problem['detail']) => problems.push(problemAt(path, detail));
        if (key === '') add({ code: 'empty-phrasing', phrasing });
        else if (other !== undefined && other !== owner) add({ code: 'duplicate-phrasing', phrasing, owner, other });
        else asked.set(key, owner);
      };
      for (const [i, phrasing] of section.ask.entries()) claim(phrasing, `${files.id}/${section.id}`, ['ask', i]);
      for (const [p, point] of section.points.entries()) {
        const path = ['points', p];
        const owner = `${files.id}/${section.id}/${point.id}`;
        for (const [i, phrasing] of point.ask.entries()) claim(phrasing, owner, [...path, 'ask', i]);
        const own = new Set(point.ask.map(phrasingKey));
        for (const [i, phrasing] of point.not.entries()) {
          if (!own.has(phrasingKey(phrasing))) continue;
          const detail = { code: 'duplicate-phrasing', phrasing, owner: `${owner} (not)`, other: owner } as const;
          problems.push(problemAt([...path, 'not', i], detail));
        }
      }
    }
  }
  return problems;
}

/** When a document holds, and what took its place. */
function checkTerms(documents: readonly ParsedDocument[]): Problem[] {
  return documents.flatMap(({ document, frontMatter }): Problem[] => {
    if (!document || !frontMatter) return [];
    const { id, effective, expires, supersededBy } = document;
    const problems: Problem[] = [];
    if (effective !== undefined && expires !== undefined && expires < effective)
      problems.push(frontMatter.problemAt(['expires'], { code: 'term-reversed', effective, expires }));
    if (supersededBy === id) problems.push(frontMatter.problemAt(['superseded_by'], { code: 'superseded-by-itself' }));
    return problems;
  });
}

/** Paragraphs that are listed, a document: who has just begun to write questions knows that there are more. */
const LISTED = 10;

function checkCover(documents: readonly ParsedDocument[]): Problem[] {
  const problems: Problem[] = [];
  for (const { document, lines, files, sections, problems: own } of documents) {
    // A quote that is not found covers nothing yet: first things first.
    if (!document || sections.length === 0 || own.some(({ severity }) => severity === 'error')) continue;
    const covered = new Set<number>();
    const annotated = document.sections.filter(({ ofClauses }) => !ofClauses);
    if (annotated.length === 0) continue;
    for (const section of annotated) {
      if (section.heading !== undefined) covered.add(section.heading);
      for (const point of section.points) covered.add(point.quote.paragraph);
    }
    for (const { words } of document.slogans) covered.add(words.paragraph);
    const bare = document.paragraphs.flatMap((paragraph, at) => (covered.has(at) ? [] : [{ paragraph, at }]));
    const add = (at: number, detail: Problem['detail']) =>
      problems.push({ file: files.source.path, line: lines[at] ?? 1, column: 1, severity: 'warning', detail });
    for (const { paragraph, at } of bare.slice(0, LISTED)) add(at, { code: 'uncovered', paragraph });
    const next = bare[LISTED];
    if (next) add(next.at, { code: 'uncovered-more', count: bare.length - LISTED });
  }
  return problems;
}
