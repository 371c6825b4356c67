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
