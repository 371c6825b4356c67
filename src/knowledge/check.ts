import { foldText } from '../text/fold.ts';
import { hashOf } from '../text/hash.ts';
import type { Document } from './document.ts';
import type { ParsedDocument } from './parse.ts';
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
  for (const { questions } of documents) {
    const owners = new Map<string, string>();
    const claim = (id: string, kind: string, path: Path) => {
      const key = `${kind} ${id}`;
      const other = owners.get(key);
      if (other) problems.push(questions?.problemAt(path, { code: 'duplicate-id', id, other }) as Problem);
      else owners.set(key, id);
    };
    for (const [s, section] of (questions?.value?.sections ?? []).entries()) {
      claim(section.id, 'section', ['sections', s, 'id']);
      for (const [p, point] of section.points.entries()) claim(point.id, 'point', ['sections', s, 'points', p, 'id']);
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
  for (const { questions, files } of documents) {
    const claim = (phrasing: string, owner: string, path: Path) => {
      const key = phrasingKey(phrasing);
      const other = asked.get(key);
      const add = (detail: Problem['detail']) => problems.push(questions?.problemAt(path, detail) as Problem);
      if (key === '') add({ code: 'empty-phrasing', phrasing });
      else if (other !== undefined && other !== owner) add({ code: 'duplicate-phrasing', phrasing, owner, other });
      else asked.set(key, owner);
    };
    for (const [s, section] of (questions?.value?.sections ?? []).entries()) {
      for (const [i, phrasing] of section.ask.entries()) {
        claim(phrasing, `${files.id}/${section.id}`, ['sections', s, 'ask', i]);
      }
      for (const [p, point] of section.points.entries()) {
        const path = ['sections', s, 'points', p];
        const owner = `${files.id}/${section.id}/${point.id}`;
        for (const [i, phrasing] of point.ask.entries()) claim(phrasing, owner, [...path, 'ask', i]);
        const own = new Set(point.ask.map(phrasingKey));
        for (const [i, phrasing] of point.not.entries()) {
          if (!own.has(phrasingKey(phrasing))) continue;
          const detail = { code: 'duplicate-phrasing', phrasing, owner: `${owner} (not)`, other: owner } as const;
          problems.push(questions?.problemAt([...path, 'not', i], detail) as Problem);
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

function checkCover(documents: readonly ParsedDocument[]): Problem[] {
  const problems: Problem[] = [];
  for (const { document, lines, files, questions, problems: own } of documents) {
    // A quote that is not found covers nothing yet: first things first.
    if (!document || !questions || own.some(({ severity }) => severity === 'error')) continue;
    const covered = new Set<number>();
    for (const section of document.sections) {
      if (section.heading !== undefined) covered.add(section.heading);
      for (const point of section.points) covered.add(point.quote.paragraph);
    }
    for (const { words } of document.slogans) covered.add(words.paragraph);
    for (const [i, paragraph] of document.paragraphs.entries()) {
      if (covered.has(i)) continue;
      const place = { file: files.source.path, line: lines[i] ?? 1, column: 1, severity: 'warning' } as const;
      problems.push({ ...place, detail: { code: 'uncovered', paragraph } });
    }
  }
  return problems;
}
