const NEWLINE = 0x0a;
const TAB = 0x09;
const decoder = new TextDecoder();

/**
 * Looks rows of `key<TAB>cell` up in the bytes of a file, sorted by their ASCII keys: a table of which a question asks for a
 * few rows is never parsed as a whole.
 */
export function createSortedRows(bytes: Uint8Array): (key: string) => string | undefined {
  return (key) => {
    let low = 0;
    let high = bytes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const start = middle === 0 ? 0 : bytes.lastIndexOf(NEWLINE, middle - 1) + 1;
      const order = compare(bytes, start, key);
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline < 0 ? bytes.length : newline;
      if (order === 0) return decoder.decode(bytes.subarray(start + key.length + 1, end));
      if (order < 0) low = end + 1;
      else high = start;
    }
    return undefined;
  };
}

/** Below 0 where the row's key comes before, above 0 where it comes after. */
function compare(bytes: Uint8Array, start: number, key: string): number {
  for (let at = 0; at < key.length; at++) {
    const difference = (bytes[start + at] ?? 0) - key.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return (bytes[start + key.length] ?? 0) - TAB;
}

/** The words of a cell `word:weight …`, the weightiest first, down to a weight, that are wanted. */
export function weighedIn(
  cell: string,
  least = -Infinity,
  isWanted: (word: string) => boolean = () => true,
): readonly { readonly word: string; readonly weight: number }[] {
  const words: { readonly word: string; readonly weight: number }[] = [];
  for (let start = 0; start < cell.length; ) {
    const colon = cell.indexOf(':', start);
    const space = cell.indexOf(' ', colon);
    const end = space < 0 ? cell.length : space;
    const weight = Number(cell.slice(colon + 1, end));
    if (weight < least) break;
    const word = cell.slice(start, colon);
    if (isWanted(word)) words.push({ word, weight });
    start = end + 1;
  }
  return words;
}
