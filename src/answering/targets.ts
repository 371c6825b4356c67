import { phrasingKey } from '../knowledge/check.ts';
import type { Document, Library, Term } from '../knowledge/document.ts';
import { phrasedOf } from '../phrasings/targets.ts';
import type { Passage, Reading } from '../reading/reading.ts';
import { keyOf } from './key.ts';
import type { Target, TextTarget } from './target.ts';

/** All that can be answered with, by key. */
export interface Targets {
  get(key: string): Target | undefined;
}

// By what they are of: when a document is edited, those of the others are found again.
const knownTargets = new WeakMap<Reading, ReadonlyMap<string, Target>>();
const knownSubjects = new WeakMap<Document, ReadonlySet<string>>();
const knownExpressions = new WeakMap<Term, ReadonlySet<string>>();

export function createTargets(readings: readonly Reading[]): Targets {
  const all = readings.map((reading) => {
    const known = knownTargets.get(reading) ?? new Map(targetsOf(reading).map((target) => [keyOf(target), target]));
    knownTargets.set(reading, known);
    return known;
  });
  return {
    get(key) {
      for (const one of all) {
        const target = one.get(key);
        if (target) return target;
      }
      return undefined;
    },
  };
}

function targetsOf({ document, passages, whole }: Reading): readonly Target[] {
  const clausesIn = (some: readonly Passage[]) =>
    some.flatMap((passage) =>
      passage.clauses.map((clause): TextTarget => ({ kind: 'clause', document, clause, passage })),
    );
  // Of a clause that is found as well as pointed at, the later counts: its neighbours are what no point covers.
  const clauses = [...(whole === passages ? [] : clausesIn(whole)), ...clausesIn(passages)];
  return [...phrasedOf([document]).map(({ target }) => target), ...clauses];
}

/** What people ask about in so few words: phrasings, titles, and the words of the texts that people say otherwise. */
export function isSubjectOf({ documents, terms }: Library, word: string): boolean {
  const key = phrasingKey(word);
  return (
    documents.some((document) => subjectsOf(document).has(key)) || terms.some((term) => expressionsOf(term).has(key))
  );
}

/** Made when a lone word is asked for the first time. */
function subjectsOf(document: Document): ReadonlySet<string> {
  const known = knownSubjects.get(document);
  if (known) return known;
  const { sections, label, title } = document;
  const points = sections.flatMap((section) => section.points);
  const subjects = new Set(
    [label, title, ...[...sections, ...points].flatMap((one) => [one.title, ...one.ask])].map(phrasingKey),
  );
  knownSubjects.set(document, subjects);
  return subjects;
}

function expressionsOf(term: Term): ReadonlySet<string> {
  const known = knownExpressions.get(term) ?? new Set([term.text, ...term.say].map(phrasingKey));
  knownExpressions.set(term, known);
  return known;
}
