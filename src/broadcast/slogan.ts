import { cut, type Library } from '../knowledge/document.ts';
import { sloganOfDay } from './slogan-of-day.ts';

/** A slogan as it is shown: the words as published, and their maker. */
export interface ShownSlogan {
  readonly words: string;
  readonly maker: string | undefined;
}

/** The slogan of a local date; undefined when none may be shown that day. */
export function sloganFor({ documents }: Library, localDate: string): ShownSlogan | undefined {
  const slogans = documents.flatMap((document) =>
    document.slogans.map((slogan) => ({ ...slogan, words: cut(document, slogan.words), maker: document.publisher })),
  );
  const due = sloganOfDay(slogans, localDate);
  return due && { words: due.words, maker: due.maker };
}
