import { englishKey } from '../../src/lexicon/english.ts';
import { foldText } from '../../src/text/fold.ts';

/** Traditional, simplified, pinyin, glosses. */
export type Entry = readonly [string, string, string, string | readonly string[]];

const STOP = new Set(
  'a an the to of in on at for with by or and be is are as from that this it its one sb sth somebody something etc not used do does'.split(
    ' ',
  ),
);
const NO_GLOSS =
  /^(?:surname |CL:|variant of|old variant|see |abbr\. for|Taiwan pr|also pr|used in|also written|archaic|name of)/;
/** Chinese words a key, characters a word, words a key. */
const MOST = 60;
const LONGEST_WORD = 8;
const LONGEST_KEY = 3;
/** A gloss counts by its place; a single word out of a longer gloss by its length, too. */
const PLACE = -0.3;
const PART = -0.7;
const SINGLE = 0.3;

export function glossesOf([, , , glosses]: Entry): readonly string[] {
  return [glosses].flat().flatMap((gloss) => gloss.split('/'));
}

/**
 * By English key of one to three stemmed words: the Chinese words that have it in a gloss, with weights, the weightiest
 * first and of those the most frequent.
 */
export function turnAround(entries: readonly Entry[], jieba: string): Map<string, (readonly [string, number])[]> {
  const frequency = new Map(jieba.split('\n').map((row) => row.split(' ') as [string, string]));
  const table = new Map<string, Map<string, number>>();
  const put = (key: string, word: string, weight: number) => {
    const words = table.get(key) ?? new Map<string, number>();
    table.set(key, words.set(word, Math.max(words.get(word) ?? 0, weight)));
  };
  for (const entry of entries) {
    const word = foldText(entry[1]);
    if (!/^\p{Script=Han}+$/u.test(word) || word.length > LONGEST_WORD || !frequency.has(word)) continue;
    for (const [place, gloss] of glossesOf(entry)
      .filter((one) => !NO_GLOSS.test(one))
      .entries()) {
      const plain = gloss.replace(/\([^)]*\)|\[[^\]]*\]|\p{Script=Han}+\|?/gu, ' ');
      for (const part of plain.split(/[;,]/)) {
        const words = englishKey(part)
          .split(' ')
          .filter((one) => one !== '' && !STOP.has(one));
        const weight = (place + 1) ** PLACE * (word.length === 1 ? SINGLE : 1);
        if (words.length > 0 && words.length <= LONGEST_KEY) put(words.join(' '), word, weight);
        if (words.length > 1) for (const one of words) put(one, word, weight * words.length ** PART);
      }
    }
  }
  const often = (word: string) => Number(frequency.get(word));
  return new Map(
    Array.from(table, ([key, words]) => [
      key,
      [...words].toSorted(([a, x], [b, y]) => y - x || often(b) - often(a) || (a < b ? -1 : 1)).slice(0, MOST),
    ]),
  );
}
