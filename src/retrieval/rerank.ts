import type { PassageMatch, SentenceMatch } from './matcher.ts';
import { RERANKING } from './weights.ts';

/** What the re-ranking weighs. `share` is the passage's sum of terms over the best passage's. */
export function rerankFeatures(share: number, { sentences, run }: PassageMatch): readonly number[] {
  const most = (value: (sentence: SentenceMatch) => number) =>
    sentences.reduce((largest, sentence) => Math.max(largest, value(sentence)), 0);
  return [
    share,
    run,
    most(({ characters }) => characters),
    most(({ bigrams }) => bigrams),
    most(({ mass }) => mass),
    most(({ withPrevious }) => withPrevious),
  ];
}

export function rerankScore(share: number, match: PassageMatch): number {
  return rerankFeatures(share, match).reduce((sum, value, at) => sum + (RERANKING[at] as number) * value, 0);
}
