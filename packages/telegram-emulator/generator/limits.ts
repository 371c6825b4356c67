import type { Limit } from '../src/schema/model.ts';

/** The limits that a parameter's doc comment states, as in "1-4096 characters after entities parsing". */
export function readLimits(doc: string, isList: boolean, isNumber: boolean): readonly Limit[] {
  const limits: Limit[] = [];
  const sized = /(\d+) ?- ?(\d+) (characters|bytes)\b/i.exec(doc);
  // A list's own sentence may speak of its elements' total length instead.
  if (sized && !isList) limits.push({ of: unitOf(sized[3]), min: Number(sized[1]), max: Number(sized[2]) });
  const longest = /(?:can't exceed|up to) (\d+) (characters|bytes)\b/i.exec(doc);
  if (longest && !sized && !isList) limits.push({ of: unitOf(longest[2]), min: 0, max: Number(longest[1]) });
  if (isNumber) {
    const range = /(?:; |, |Values between )(\d+)-(\d+)(?: are accepted)?\./.exec(doc);
    if (range) limits.push({ of: 'value', min: Number(range[1]), max: Number(range[2]) });
  }
  if (isList) {
    const listed = /^A list of (\d+)-(\d+) |^List of (\d+)-(\d+) /i.exec(doc);
    if (listed) limits.push({ of: 'items', min: Number(listed[1] ?? listed[3]), max: Number(listed[2] ?? listed[4]) });
    const most = /At most (\d+) \w+(?: \w+){0,2} can be specified/.exec(doc);
    if (most) limits.push({ of: 'items', min: 0, max: Number(most[1]) });
  }
  const alphabet = alphabetOf(doc);
  if (alphabet) limits.push({ of: 'alphabet', pattern: alphabet });
  return limits;
}

function unitOf(word: string | undefined): 'characters' | 'bytes' {
  return word?.toLowerCase() === 'bytes' ? 'bytes' : 'characters';
}

function alphabetOf(doc: string): string | undefined {
  if (/only `?A-Z`?, `?a-z`?, `?0-9`?, `?_`? and `?-`? are allowed/i.test(doc)) return '^[A-Za-z0-9_-]*$';
  if (/only lowercase English letters, digits and underscores/i.test(doc)) return '^[a-z0-9_]*$';
  return undefined;
}
