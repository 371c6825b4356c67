import type { Answer } from './answer.ts';
import type { Answerer } from './answerer.ts';

/** UTF-16 units of a question beyond which nobody asks the same again. */
const LONGEST = 200;

/**
 * The same answerer, which keeps the answers to so many questions, the latest asked: in a neighbourhood most people ask
 * what others asked. An answer depends on nothing but its question.
 */
export function remembering(answerer: Answerer, most: number): Answerer {
  const kept = new Map<string, Answer>();
  return {
    ...answerer,
    answer(question, asked = {}) {
      if (question.length > LONGEST || asked.before !== undefined) return answerer.answer(question, asked);
      const key = `${asked.within ?? ''}\n${question}`;
      const known = kept.get(key);
      const answer = known ?? answerer.answer(question, asked);
      // A map keeps the order of insertion: the first is the one not asked for longest.
      kept.delete(key);
      kept.set(key, answer);
      const [oldest] = kept.size > most ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      return answer;
    },
  };
}
