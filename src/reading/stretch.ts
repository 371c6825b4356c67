import { isArticle } from './naming.ts';
import type { Passage } from './reading.ts';

/** Paragraphs that are read together. */
export interface Stretch {
  /** 0-based. */
  readonly first: number;
  readonly last: number;
}

/** The paragraphs of a passage among those of its document; of a passage that is but a piece of an article, those of the whole article. */
export function stretchOf(passages: readonly Passage[], passage: Passage): Stretch {
  const article = articleOf(passage);
  const at = passages.indexOf(passage);
  const isSame = (other: Passage | undefined) =>
    article !== undefined && other !== undefined && articleOf(other) === article;
  let from = at;
  let to = at;
  while (isSame(passages[from - 1])) from--;
  while (isSame(passages[to + 1])) to++;
  const spans = passages.slice(from, to + 1).flatMap(({ clauses }) => clauses.map(({ span }) => span));
  // In the order of the text.
  return { first: spans[0]?.paragraph ?? 0, last: spans.at(-1)?.paragraph ?? 0 };
}

/** The article that a passage stands in, with what stands above it; undefined outside of articles. */
function articleOf({ clauses }: Passage): string | undefined {
  const path = clauses.at(-1)?.path ?? [];
  const at = path.findIndex(isArticle);
  return at < 0 ? undefined : path.slice(0, at + 1).join('\n');
}
