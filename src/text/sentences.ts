export interface Range {
  /** UTF-16 offset of the first unit. */
  readonly start: number;
  /** UTF-16 offset after the last unit. */
  readonly end: number;
}

const SENTENCE_END = /[。！？!?…]+[”’」』）)》]*|\n+/g;
const CLAUSE_END = /[，；：、,;:。！？!?…]+[”’」』）)》]*|\n+/g;

/** The sentences of a paragraph, in order, together covering all of it but white space around them. */
export function sentences(paragraph: string): readonly Range[] {
  return cut(paragraph, SENTENCE_END);
}

/** The clauses of a paragraph: as sentences, but a comma, semicolon or colon ends one too. */
export function clauses(paragraph: string): readonly Range[] {
  return cut(paragraph, CLAUSE_END);
}

/**
 * The text in pieces of at most `limit` units: as many whole sentences as fit; of a longer sentence its clauses, and of
 * a clause without punctuation whatever fits.
 */
export function piecesOf(text: string, limit: number): readonly Range[] {
  const fits = ({ start, end }: Range) => end - start <= limit;
  const within = ({ start, end }: Range) =>
    clauses(text.slice(start, end)).map((inner) => ({ start: start + inner.start, end: start + inner.end }));
  const parts = sentences(text)
    .flatMap((range) => (fits(range) ? [range] : within(range)))
    .flatMap((range) => (fits(range) ? [range] : cutToLimit(text, range, limit)));
  const pieces: Range[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    if (last && part.end - last.start <= limit) pieces[pieces.length - 1] = { start: last.start, end: part.end };
    else pieces.push(part);
  }
  return pieces;
}

function cutToLimit(text: string, range: Range, limit: number): readonly Range[] {
  const parts: Range[] = [];
  for (let start = range.start; start < range.end; ) {
    let end = Math.min(range.end, start + limit);
    if (end < range.end && isInsidePair(text, end)) end--;
    parts.push({ start, end });
    start = end;
  }
  return parts;
}

function isInsidePair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}

function cut(text: string, ends: RegExp): readonly Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (const match of text.matchAll(ends)) {
    const end = match.index + match[0].length;
    push(ranges, text, from, end);
    from = end;
  }
  push(ranges, text, from, text.length);
  return ranges;
}

function push(ranges: Range[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  if (start < end) ranges.push({ start, end });
}
