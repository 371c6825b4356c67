/** A word that texts may use for what the question says. */
export interface Member {
  /** Folded. */
  readonly word: string;
  /** From 0 to 1: how surely it is meant. */
  readonly weight: number;
}

/** A stretch of the question, and the words that texts may use for it. */
export interface Concept {
  /** UTF-16 offsets into the folded question. */
  readonly start: number;
  readonly end: number;
  readonly members: readonly Member[];
}

/** One of the things that a word may mean: the words for it, and how surely it is meant. */
export interface Sense {
  readonly words: readonly Member[];
  readonly weight: number;
}

/** What is less surely meant finds more that is not meant. */
const LEAST = 0.09;
const MOST = 24;

/** The words of all senses, each once, the surest; what stands in the question itself needs no lexicon. */
export function membersOf(said: string, senses: readonly Sense[], least = LEAST, most = MOST): readonly Member[] {
  const weights = new Map<string, number>();
  for (const { words, weight } of senses) {
    for (const { word, weight: own } of words) {
      if (!said.includes(word)) weights.set(word, Math.max(weights.get(word) ?? 0, own * weight));
    }
  }
  const members = Array.from(weights, ([word, weight]) => ({ word, weight })).filter(({ weight }) => weight > least);
  return members.length <= most ? members : members.toSorted((a, b) => b.weight - a.weight).slice(0, most);
}
