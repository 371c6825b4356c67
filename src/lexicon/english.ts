import { foldText } from '../text/fold.ts';
import { stem } from '../text/tokens.ts';
import { type Concept, membersOf, type Sense } from './concept.ts';
import type { Lexicon } from './lexicon.ts';
import type { LexiconRows } from './lexicon-rows.ts';

const WORD = /[a-z0-9]+/g;

/** An English phrase as it is looked up: its words stemmed, one space between them. */
export function englishKey(phrase: string): string {
  return (foldText(phrase).match(WORD) ?? []).map(stem).join(' ');
}

const HAN = /\p{Script=Han}/u;
/** In words: no phrase that is looked up is longer. */
const LONGEST = 4;

/**
 * Looks English up, in a question without Chinese characters: first what the lexicon's groups say, then a dictionary
 * whose rows are `key<TAB>word:weight …`. The dictionary is read when the first such question comes.
 */
export function createEnglishLexicon(rows: LexiconRows, dictionary: string): Lexicon {
  let table: ReadonlyMap<string, readonly Sense[]> | undefined;
  return {
    concepts(folded) {
      if (HAN.test(folded)) return [];
      table ??= readTable(rows, dictionary);
      const words = Array.from(folded.matchAll(WORD), (match) => ({
        start: match.index,
        end: match.index + match[0].length,
        word: stem(match[0]),
      }));
      const found: Concept[] = [];
      let at = 0;
      while (at < words.length) {
        let taken = 1;
        for (let count = Math.min(LONGEST, words.length - at); count > 0; count--) {
          const phrase = words.slice(at, at + count);
          const senses = table.get(phrase.map(({ word }) => word).join(' '));
          if (!senses) continue;
          const [first, last] = [phrase[0], phrase.at(-1)] as [(typeof words)[0], (typeof words)[0]];
          found.push({ start: first.start, end: last.end, members: membersOf(folded, senses) });
          taken = count;
          break;
        }
        at += taken;
      }
      return found;
    },
  };
}

function readTable(rows: LexiconRows, dictionary: string): ReadonlyMap<string, readonly Sense[]> {
  const table = new Map<string, Sense[]>();
  const put = (key: string, sense: Sense) => {
    const senses = table.get(key);
    if (senses) senses.push(sense);
    else table.set(key, [sense]);
  };
  for (let row = 0; row < rows.length; row++) {
    const { english, official } = rows.group(row);
    const words = official.map((word) => ({ word, weight: 1 }));
    for (const phrase of english) put(englishKey(phrase), { words, weight: 1 });
  }
  for (const row of dictionary.split('\n')) {
    const [key, cell] = row.split('\t');
    if (!key || !cell) continue;
    const words = cell.split(' ').map((one) => {
      const [word = '', weight = '1'] = one.split(':');
      return { word, weight: Number(weight) };
    });
    put(key, { words, weight: 1 });
  }
  return table;
}
