import { evaluate, sigmoid } from '../learning/network.ts';
import { confidenceFeatures, type Weighed } from './confidence.ts';
import { pickQuote, scoreSentences } from './quote.ts';
import { rerankScore } from './rerank.ts';
import { createSearcher, type Finding } from './searcher.ts';
import { textOf } from './segment.ts';
import { createPassageStore, type Passage, type PassageStore } from './store.ts';
import { CONFIDENCE, SENTENCES } from './weights.ts';

export interface Found {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** Of the first hit. */
  readonly quote: Quote | undefined;
  /** How likely it is, from 0 to 1, that the first hit has the answer. CONFIDENT in weights.ts is where to answer. */
  readonly confidence: number;
}

export interface Hit {
  readonly document: string;
  readonly text: string;
  /** Comparable within one question only. */
  readonly score: number;
}

export interface Quote {
  readonly text: string;
  /** UTF-16 offsets into the hit's text. */
  readonly start: number;
  readonly end: number;
}

export interface PassageIndex {
  search(question: string, k: number): Found;
  add(passages: Iterable<Passage>): void;
  /** Takes out all passages of a document; false when there were none. */
  remove(document: string): boolean;
}

/** Finds passages of plain text that nobody has written phrasings for, and the sentences in them that answer. */
export function createPassageIndex(
  passages: Iterable<Passage> = [],
  store: PassageStore = createPassageStore(),
): PassageIndex {
  store.add(passages);
  const searcher = createSearcher(store);

  return {
    add: store.add,
    remove: store.remove,
    search(text, k) {
      const finding = searcher.find(text, k);
      if (!finding) return { hits: [], quote: undefined, confidence: 0 };
      const weighed = weigh(finding);
      const hits = [...weighed, ...finding.rest].slice(0, k).map(hitOf);
      const first = weighed[0] as Weighed;
      const scores = scoreSentences(finding.question, first.folded, first.match, SENTENCES);
      const { start, end } = trimmed((hits[0] as Hit).text, pickQuote(first.match, scores));
      return {
        hits,
        quote: { text: (hits[0] as Hit).text.slice(start, end), start, end },
        confidence: sigmoid(evaluate(CONFIDENCE, confidenceFeatures(finding, weighed, scores))),
      };
    },
  };

  function hitOf({ segment: number, passage, score }: { segment: number; passage: number; score: number }): Hit {
    const { segment } = store.segments[number] as (typeof store.segments)[number];
    return {
      document: store.documents[segment.documents[passage] as number] as string,
      text: textOf(segment, passage),
      score,
    };
  }
}

/** The passages that were read, in their final order. */
export function weigh({ candidates }: Finding): readonly Weighed[] {
  return candidates
    .map((candidate) => ({ ...candidate, score: rerankScore(candidate.share, candidate.match) }))
    .sort((a, b) => b.score - a.score);
}

function trimmed(text: string, { start: from, end: to }: { start: number; end: number }) {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return { start, end };
}
