import type { Said } from '../retrieval/said.ts';
import { foldQuestion } from '../text/fold.ts';
import { tokenize } from '../text/tokens.ts';

/** A term in fewer questions is left out. */
const LEAST = 5;

/** Counts what questions say, whatever they ask. */
export function countSaid(questions: readonly string[]): Said {
  const counts = new Map<string, number>();
  for (const question of questions) {
    const { characters, bigrams } = tokenize(foldQuestion(question));
    for (const term of new Set([...characters, ...bigrams])) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const frequent = [...counts].filter(([, count]) => count >= LEAST).toSorted(([, a], [, b]) => b - a);
  return { questions: questions.length, counts: Object.fromEntries(frequent) };
}
