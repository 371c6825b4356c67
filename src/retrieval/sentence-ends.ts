/** A quote's usual limit, in UTF-16 units. */
export const QUOTE_LIMIT = 120;

/**
 * Where the pieces end that a quote may be made of: sentences as in text/sentences.ts, and of a sentence longer than a
 * quote its clauses. Units are those of the original text.
 */
export function sentenceEnds(units: Uint16Array, limit = QUOTE_LIMIT): readonly number[] {
  const ends: number[] = [];
  let start = 0;
  let at = 0;
  while (at < units.length) {
    if (!isSentenceEnd(units[at] as number)) {
      at++;
      continue;
    }
    at = afterEnd(units, at + 1, isSentenceEnd);
    if (at - start > limit) addClauses(ends, units, start, at);
    ends.push(at);
    start = at;
  }
  if (start < units.length) {
    if (units.length - start > limit) addClauses(ends, units, start, units.length);
    ends.push(units.length);
  }
  return ends;
}

function addClauses(ends: number[], units: Uint16Array, start: number, end: number): void {
  let at = start;
  while (at < end) {
    if (!isClauseEnd(units[at] as number)) {
      at++;
      continue;
    }
    at = afterEnd(units, at + 1, isClauseEnd);
    if (at < end) ends.push(at);
  }
}

function afterEnd(units: Uint16Array, from: number, isEnd: (unit: number) => boolean): number {
  let at = from;
  while (at < units.length && (isEnd(units[at] as number) || CLOSING.has(units[at] as number))) at++;
  return at;
}

const codes = (characters: string) => new Set(Array.from(characters, (character) => character.charCodeAt(0)));
const SENTENCE_END = codes('。！？!?…\n');
const CLAUSE_END = codes('，；：,;:');
const CLOSING = codes('”’」』）)》');

function isSentenceEnd(unit: number): boolean {
  return SENTENCE_END.has(unit);
}

function isClauseEnd(unit: number): boolean {
  return CLAUSE_END.has(unit);
}
