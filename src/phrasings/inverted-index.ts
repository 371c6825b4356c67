/** BM25's parameters. Larger k1 (0.2–3) lets repetition count longer; b (0–1) is how far length is held against a text. */
export interface Bm25 {
  readonly k1: number;
  readonly b: number;
}

/** Postings of one field in compressed rows: those of term `t` are `from[t]` to `from[t + 1]`. */
export interface InvertedIndex {
  readonly idf: Float32Array;
  readonly from: Uint32Array;
  readonly texts: Uint32Array;
  /** What the posting adds to a score, computed when first asked for: idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average length)). */
  readonly impacts: Float32Array;
}

/**
 * Indexes texts given as term numbers below `terms`.
 * Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the idf of Lucene,
 * ln(1 + (N − n + 0.5) / (n + 0.5)), which is never negative.
 */
export function buildIndex(texts: readonly (readonly number[])[], terms: number, { k1, b }: Bm25): InvertedIndex {
  const size = texts.length;
  const from = new Uint32Array(terms + 1);
  const last = new Int32Array(terms).fill(-1);
  let length = 0;
  for (let text = 0; text < size; text++) {
    for (const term of texts[text] as readonly number[]) {
      length++;
      if (last[term] === text) continue;
      last[term] = text;
      from[term + 1] = (from[term + 1] as number) + 1;
    }
  }
  const idf = new Float32Array(terms);
  for (let term = 0; term < terms; term++) {
    const n = from[term + 1] as number;
    idf[term] = Math.log(1 + (size - n + 0.5) / (n + 0.5));
    from[term + 1] = n + (from[term] as number);
  }
  const postings = new Uint32Array(from[terms] as number);
  eachPosting((at, text) => {
    postings[at] = text;
  });
  let impacts: Float32Array | undefined;
  return {
    idf,
    from,
    texts: postings,
    get impacts() {
      impacts ??= computeImpacts();
      return impacts;
    },
  };

  /** Visits every term of every text, the place of its posting first found or found again. */
  function eachPosting(visit: (at: number, text: number) => void): void {
    const next = from.slice(0, terms);
    last.fill(-1);
    for (let text = 0; text < size; text++) {
      for (const term of texts[text] as readonly number[]) {
        if (last[term] !== text) {
          last[term] = text;
          next[term] = (next[term] as number) + 1;
        }
        visit((next[term] as number) - 1, text);
      }
    }
  }

  function computeImpacts(): Float32Array {
    const counts = new Float32Array(postings.length);
    eachPosting((at) => {
      counts[at] = (counts[at] as number) + 1;
    });
    const average = length / Math.max(1, size) || 1;
    for (let term = 0; term < terms; term++) {
      for (let at = from[term] as number; at < (from[term + 1] as number); at++) {
        const count = counts[at] as number;
        const norm = k1 * (1 - b + (b * (texts[postings[at] as number]?.length ?? 0)) / average);
        counts[at] = ((idf[term] as number) * count * (k1 + 1)) / (count + norm);
      }
    }
    return counts;
  }
}
