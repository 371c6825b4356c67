import { cut, isWithin } from '../knowledge/document.ts';
import type { Reading } from '../reading/reading.ts';
import { stretchOf } from '../reading/stretch.ts';
import type { Answered, Related } from './answer.ts';
import { citationOf, excerptOf, listOf, nameOf, titleOf } from './clauses.ts';
import { rivals } from './confidence.ts';
import { keyOf } from './key.ts';
import { quoteOf, quotesOf } from './quoting.ts';
import type { Target, TextTarget } from './target.ts';
import { createTargets } from './targets.ts';

/** All that can be quoted, by key, and what it comes to when it is. */
export interface Catalogue {
  /** The point, section or clause of a key; undefined when there is none (any more). */
  find(key: string): Target | undefined;
  /** As the answer to a question. */
  tell(target: Target, confidence: number, related: readonly Related[]): Answered;
  /** As something to show beside an answer, or instead of one. */
  relate(target: Target): Related;
  /** Its neighbours in the section or passage, for somebody who came by a button and asked nothing. */
  siblings(target: Target): readonly Target[];
}

const NEIGHBOURS = 3;

export function createCatalogue(readings: readonly Reading[]): Catalogue {
  const readingOf = new Map(readings.map((reading) => [reading.document, reading]));
  const targets = createTargets(readings);

  /** A point that only says how else people ask for a clause is told as that clause. */
  function toldAs(target: Target): Target {
    if (target.kind !== 'point' || !target.section.ofClauses) return target;
    const { document, point } = target;
    for (const passage of readingOf.get(document)?.whole ?? []) {
      const clause = passage.clauses.find(({ span }) => isWithin(point.quote, span) || isWithin(span, point.quote));
      if (clause) return { kind: 'clause', document, clause, passage };
    }
    return target;
  }

  function relate(given: Target): Related {
    const target = toldAs(given);
    const { document } = target;
    const key = keyOf(target);
    if (target.kind === 'clause') {
      const { clause, passage } = target;
      const title = titleOf(document, clause);
      const place = { title, name: nameOf(document, clause), section: citationOf(clause), question: title };
      return { key, ...place, quotes: excerptOf(document, passage, clause) };
    }
    const { title: section } = target.section;
    const { title, ask } = target.kind === 'point' ? target.point : target.section;
    const quote =
      target.kind === 'point'
        ? quoteOf(document, target.point.quote)
        : (quotesOf(document, target.section)[0] as Related['quotes'][0]);
    return { key, title, name: title, section, question: ask[0] ?? title, quotes: [quote] };
  }

  function tell(given: Target, confidence: number, related: readonly Related[]): Answered {
    const target = toldAs(given);
    const { document } = target;
    const judged = { outcome: 'answered', key: keyOf(target), confidence, related } as const;
    if (target.kind === 'clause') {
      const { clause, passage } = target;
      const { passages, whole } = readingOf.get(document) as Reading;
      const quotes = listOf(document, whole, clause);
      const place = { title: titleOf(document, clause), section: citationOf(clause) };
      const stretch = stretchOf(passages.includes(passage) ? passages : whole, passage);
      return { ...judged, ...place, answer: quotes[0].text, quotes, whole: quotes.length > 1, stretch };
    }
    const section = target.section.title;
    if (target.kind === 'point') {
      const { title, quote, answer } = target.point;
      const quotes = [quoteOf(document, quote)] as const;
      return { ...judged, title, section, answer: cut(document, answer), quotes, whole: false };
    }
    const quotes = quotesOf(document, target.section) as Answered['quotes'];
    const { title } = target.section;
    return { ...judged, title, section, answer: title, quotes, whole: true };
  }

  function siblings(given: Target): readonly Target[] {
    const target = toldAs(given);
    if (target.kind === 'clause') {
      const { clauses } = target.passage;
      const at = clauses.indexOf(target.clause);
      return clauses.slice(at + 1, at + 1 + NEIGHBOURS).map((clause): TextTarget => ({ ...target, clause }));
    }
    const { document, section } = target;
    const all = section.points.map((point) => ({ kind: 'point', document, section, point }) as const);
    const at = target.kind === 'point' ? all.findIndex(({ point }) => point === target.point) : -1;
    return all.slice(at + 1, at + 1 + NEIGHBOURS).filter((other) => rivals(target, other) || target.kind === 'section');
  }

  return { find: (key) => targets.get(key), tell, relate, siblings };
}
