import type { SentenceMatch } from './matcher.ts';
import { occursIn, type QuestionWord, wordsOf } from './question-terms.ts';
import type { Candidate, Finding } from './searcher.ts';
import { expectationsMet, readExpectations } from './sentence-features.ts';

/** A passage with what the learned parts made of it. */
export interface Weighed extends Candidate {
  readonly score: number;
}

/**
 * What tells whether the first passage answers. `weighed` is in order; `scores` are the quote picker's, of the
 * sentences of the first. The order is that of the learned weights.
 */
export function confidenceFeatures(
  { question, matcher, attainable, idf }: Finding,
  weighed: readonly Weighed[],
  scores: readonly number[],
): readonly number[] {
  const first = weighed[0] as Weighed;
  const second = weighed[1];
  const { match } = first;
  const bestAt = scores.indexOf(Math.max(...scores));
  const best = match.sentences[bestAt] as SentenceMatch;
  const fullest = match.sentences.reduce((one, other) => (other.mass > one.mass ? other : one));
  const missing = missed(
    matcher.weights,
    match.sentences.flatMap(({ met }) => met),
  );
  const missingHere = missed(matcher.weights, fullest.met);
  const highest = scores[bestAt] as number;
  const spread = scores.reduce((total, score) => total + Math.exp(score - highest), 0);
  const words = wordsOf(question, idf);
  const here = first.folded.subarray(fullest.start, fullest.end);
  const whole = shareOfWords(words, first.folded);
  const inSentence = shareOfWords(words, here);
  const around = first.folded.subarray(
    match.sentences[Math.max(0, bestAt - 1)]?.start,
    match.sentences[bestAt + 1]?.end ?? best.end,
  );
  const inQuote = shareOfWords(words, around);
  const expected = expectationsMet(readExpectations(question), first.folded, best);
  const length = question.core.reduce((total, one) => total + one, 0);
  return [
    first.sum / (attainable || 1),
    match.characters,
    match.bigrams,
    match.mass,
    match.run,
    fullest.characters,
    fullest.bigrams,
    fullest.mass,
    fullest.run,
    fullest.withPrevious,
    best.characters,
    best.bigrams,
    best.near,
    best.special,
    best.withPrevious,
    missing.heaviest,
    missing.longest / (length || 1),
    missingHere.heaviest,
    missingHere.longest / (length || 1),
    second ? first.score - second.score : 10,
    second ? second.match.mass : 0,
    second ? match.mass - second.match.mass : match.mass,
    second ? match.bigrams - second.match.bigrams : match.bigrams,
    second ? second.share / first.share : 0,
    Math.log(1 / spread),
    Math.log(1 + length),
    match.bigrams * match.characters,
    match.mass * match.mass,
    question.alternatives.length > 0 ? 1 : 0,
    Math.log(match.sentences.length),
    whole.share,
    whole.heaviest,
    whole.missing,
    inSentence.share,
    inSentence.heaviest,
    inSentence.missing,
    inQuote.share,
    inQuote.heaviest,
    second ? whole.share - shareOfWords(words, second.folded).share : whole.share,
    expected.met,
    expected.counted,
    expected.noun,
    ...expected.offered,
    ...expected.asked,
  ];
}

function shareOfWords(words: readonly QuestionWord[], text: Uint16Array) {
  let sum = 0;
  let found = 0;
  let heaviest = 0;
  let missing = 0;
  for (const { units, idf } of words) {
    sum += idf;
    if (occursIn(units, text)) found += idf;
    else {
      heaviest = Math.max(heaviest, idf);
      missing++;
    }
  }
  return { share: sum === 0 ? 1 : found / sum, heaviest: sum === 0 ? 0 : (heaviest * words.length) / sum, missing };
}

/** Of the core's characters that were not met: the heaviest over the average, and how many stand side by side. */
function missed(weights: Float32Array, met: readonly number[]) {
  const found = new Set(met);
  let heaviest = 0;
  let longest = 0;
  let run = 0;
  let sum = 0;
  let count = 0;
  weights.forEach((weight, place) => {
    if (weight === 0) {
      run = 0;
      return;
    }
    sum += weight;
    count++;
    if (found.has(place)) {
      run = 0;
      return;
    }
    heaviest = Math.max(heaviest, weight);
    run++;
    longest = Math.max(longest, run);
  });
  return { heaviest: count === 0 ? 0 : (heaviest * count) / sum, longest };
}
