import type { Answer, Related } from '../answering/answer.ts';
import type { Answerer } from '../answering/answerer.ts';
import { phrasingKey } from '../knowledge/check.ts';
import type { Library } from '../knowledge/document.ts';
import { shortHash } from '../text/hash.ts';
import { clustersOf } from './clusters.ts';

/** A question as it was noted, without whoever asked it. */
export interface Noted {
  readonly question: string;
  readonly count: number;
  readonly disliked: number;
}

/** What people ask and get no answer for, or one that they dislike. */
export interface Gap {
  /** A short name, for buttons: it stays while this question is noted. */
  readonly key: string;
  readonly question: string;
  /** All that ask the same, `question` first. */
  readonly questions: readonly string[];
  readonly count: number;
  readonly disliked: number;
  /** What it gets today. */
  readonly outcome: 'perhaps' | 'near' | 'unanswered' | 'answered';
}

export interface GapsOptions {
  readonly library: Library;
  readonly answerer: Pick<Answerer, 'answer'>;
  readonly most: number;
}

/**
 * The most frequent gaps. A question that is answered by now, or is known for a near miss, is none; one whose answer was
 * disliked stays.
 */
export function gapsOf(noted: readonly Noted[], { library, answerer, most }: GapsOptions): readonly Gap[] {
  const missed = nearMissesOf(library);
  const open = noted.filter(({ question }) => !missed.has(phrasingKey(question)));
  const weighed = clustersOf(open)
    .map(({ members }) => ({ members, weight: sum(members, ({ count, disliked }) => count + disliked) }))
    .toSorted((a, b) => b.weight - a.weight);
  const gaps: Gap[] = [];
  for (const { members } of weighed) {
    if (gaps.length === most) break;
    const outcome = outcomeOf(answerer.answer(members[0].question));
    const disliked = sum(members, (member) => member.disliked);
    if (outcome === undefined || (outcome === 'answered' && disliked === 0)) continue;
    gaps.push({
      key: gapKey(members[0].question),
      question: members[0].question,
      questions: members.map(({ question }) => question),
      count: sum(members, ({ count }) => count),
      disliked,
      outcome,
    });
  }
  return gaps;
}

export function gapKey(question: string): string {
  return shortHash(question);
}

/** The questions that ask the same as one of this key, that one first; undefined when it is noted no more. */
export function questionsOf(noted: readonly Noted[], key: string): readonly [string, ...string[]] | undefined {
  const found = clustersOf(noted).find(({ members }) => members.some(({ question }) => gapKey(question) === key));
  const own = found?.members.find(({ question }) => gapKey(question) === key)?.question;
  if (!found || own === undefined) return undefined;
  return [own, ...found.members.map(({ question }) => question).filter((question) => question !== own)];
}

/** So many clauses are offered for a gap. */
export const OFFERED = 5;

/** The clauses that may be what a gap asks for, best first. */
export function clausesFor(
  { question }: Pick<Gap, 'question'>,
  answerer: Pick<Answerer, 'nearest'>,
): readonly Related[] {
  return answerer.nearest(question, OFFERED);
}

function outcomeOf(answer: Answer): Gap['outcome'] | undefined {
  if (answer.outcome === 'related') return answer.degree;
  if (answer.outcome === 'answered') return 'answered';
  // Thanks and greetings ask nothing.
  return answer.reason === 'uncovered' || answer.reason === 'unsure' ? 'unanswered' : undefined;
}

function nearMissesOf({ documents }: Library): ReadonlySet<string> {
  const points = documents.flatMap(({ sections }) => sections.flatMap((section) => section.points));
  return new Set(points.flatMap(({ not }) => not.map(phrasingKey)));
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
