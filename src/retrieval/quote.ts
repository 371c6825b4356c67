import { evaluate, type Network } from '../learning/network.ts';
import type { PassageMatch } from './matcher.ts';
import type { Question } from './question.ts';
import { QUOTE_LIMIT } from './sentence-ends.ts';
import { sentenceFeatures } from './sentence-features.ts';

export interface QuoteRange {
  /** UTF-16 offsets into the passage's text. */
  readonly start: number;
  readonly end: number;
  /** How likely it is that the answer stands here, given that it stands in the passage. */
  readonly likelihood: number;
}

/** Scores of a passage's sentences: by how much each is likelier than another to have the answer (log odds). */
export function scoreSentences(
  question: Question,
  folded: Uint16Array,
  match: PassageMatch,
  network: Network,
): readonly number[] {
  return sentenceFeatures(question, folded, match).map((features) => evaluate(network, features));
}

/**
 * The run of whole sentences within `limit` units that is likeliest to have the answer. A sentence joins only for at
 * least `worth` of likelihood.
 */
export function pickQuote(match: PassageMatch, scores: readonly number[], limit = QUOTE_LIMIT, worth = 0): QuoteRange {
  const { sentences } = match;
  const highest = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - highest));
  const total = odds.reduce((sum, one) => sum + one, 0);
  let best: QuoteRange = { start: 0, end: 0, likelihood: 0 };
  let bestValue = Number.NEGATIVE_INFINITY;
  for (let first = 0; first < sentences.length; first++) {
    const start = (sentences[first] as { start: number }).start;
    let likelihood = 0;
    for (let last = first; last < sentences.length; last++) {
      const end = (sentences[last] as { end: number }).end;
      if (last > first && end - start > limit) break;
      likelihood += (odds[last] as number) / total;
      const value = likelihood - worth * (last - first);
      if (value > bestValue) {
        bestValue = value;
        best = { start, end: Math.min(end, start + limit), likelihood };
      }
    }
  }
  return best;
}
