import type { LexiconRows } from './lexicon-rows.ts';

/** In which rows a word may stand, without a string kept for any word. */
export interface HashTable {
  /** In order; a row that does not have the word is among them once in four thousand million. */
  rows(text: string, start: number, end: number): readonly number[];
  /** At most so long is a word that begins there. */
  longest(text: string, start: number): number;
}

const NONE: readonly number[] = [];

export function createHashTable(rows: LexiconRows): HashTable {
  const hashesOfWords: number[] = [];
  const rowsOfWords: number[] = [];
  /** By a hash of the first two units. Most places of a question begin no word. */
  const lengths = new Uint8Array(0x10000);
  for (let row = 0; row < rows.length; row++) {
    rows.eachWord(row, (text, start, end) => {
      hashesOfWords.push(hashOf(text, start, end));
      rowsOfWords.push(row + 1);
      if (end - start < 2) return;
      const first = beginning(text, start);
      if ((lengths[first] as number) < end - start) lengths[first] = Math.min(0xff, end - start);
    });
  }
  const size = 2 ** Math.ceil(Math.log2(2 * hashesOfWords.length + 1));
  /** Linear probing: what has one hash stands in the order in which it came. 0: nothing. */
  const numbers = new Int32Array(size);
  const hashes = new Int32Array(size);
  for (let word = 0; word < hashesOfWords.length; word++) {
    const [hash, number] = [hashesOfWords[word] as number, rowsOfWords[word] as number];
    let at = hash & (size - 1);
    while (numbers[at] !== 0 && !(hashes[at] === hash && numbers[at] === number)) at = (at + 1) & (size - 1);
    numbers[at] = number;
    hashes[at] = hash;
  }
  return {
    rows(text, start, end) {
      const hash = hashOf(text, start, end);
      let found = NONE;
      for (let at = hash & (size - 1); numbers[at] !== 0; at = (at + 1) & (size - 1)) {
        if (hashes[at] === hash) found = [...found, (numbers[at] as number) - 1];
      }
      return found;
    },
    longest: (text, start) => (start + 1 < text.length ? Math.max(1, lengths[beginning(text, start)] as number) : 1),
  };
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

function beginning(text: string, start: number): number {
  return hashOf(text, start, start + 2) & 0xffff;
}
