import { foldText } from '../text/fold.ts';
import { blankQuestionWords } from '../text/question-words.ts';
import { stem } from '../text/tokens.ts';
import { type Concept, membersOf, type Sense } from './concept.ts';
import type { Lexicon, Occurs } from './lexicon.ts';
import type { LexiconRows } from './lexicon-rows.ts';
import { createSortedRows, weighedIn } from './sorted-rows.ts';
import { createTransliterator } from './transliteration.ts';

/** The files by which English is looked up; each says itself what its rows are. */
export interface EnglishTables {
  /** `key<TAB>Chinese word:weight …`. */
  readonly dictionary: Uint8Array;
  /** `key<TAB>key of a word that is near in meaning:cosine …`. */
  readonly near: Uint8Array;
  /** See `createTransliterator`. */
  readonly names: string;
}

const WORD = /[a-z0-9]+/g;

/** An English phrase as it is looked up: its words stemmed, one space between them. */
export function englishKey(phrase: string): string {
  return (foldText(phrase).match(WORD) ?? []).map(stem).join(' ');
}

const HAN = /\p{Script=Han}/u;

/** Whether a question is looked up as English: it has no Chinese character. */
export function isEnglish(folded: string): boolean {
  return !HAN.test(folded);
}

/** In words: no phrase that is looked up is longer. */
const LONGEST = 4;
/** From here a word is near in meaning: below, its cosine says nothing. What is as near as can be counts NEAR. */
const NEAR_FROM = 0.45;
const NEAR = 0.8;
/** Of a word that no dictionary has. */
const ONLY_NEAR = 1;
/** Shorter ones are spelled in too many ways. */
const NAME = /^[a-z]{4,}$/;
/** Translations of a word: so many of those that occur, down to a weight. */
const MOST = 50;
const LEAST = 0.1;
const LATIN = /^[a-z0-9]+$/;

/**
 * Looks English up, in a question without Chinese characters: what the lexicon's groups say and a dictionary, the
 * longest phrase first; of a single word also what words near in meaning are in Chinese; and how a word that is in
 * neither may be spelled, as a name is.
 */
export function createEnglishLexicon(rows: LexiconRows, tables: EnglishTables): Lexicon {
  const dictionary = createSortedRows(tables.dictionary);
  const near = createSortedRows(tables.near);
  const transliterate = createTransliterator(tables.names);
  let groups: ReadonlyMap<string, readonly Found[]> | undefined;

  return {
    concepts(folded, occurs = () => true) {
      if (!isEnglish(folded)) return [];
      groups ??= groupsByKey(rows);
      const blanked = blankQuestionWords(folded);
      const words = Array.from(folded.matchAll(WORD), ({ index, 0: word }) => {
        return { start: index, end: index + word.length, key: stem(word) };
      });
      const found: Concept[] = [];
      for (let at = 0; at < words.length; ) {
        let count = Math.min(LONGEST, words.length - at);
        let senses: readonly Sense[] = [];
        for (; count > 0; count--) {
          const key = words.slice(at, at + count).map((word) => word.key);
          senses = sensesOf(key.join(' '), occurs);
          if (count === 1 || senses.some(({ words: translations }) => translations.length > 0)) break;
        }
        const [first, last] = [words[at], words[at + count - 1]] as [(typeof words)[0], (typeof words)[0]];
        at += count;
        if (count === 1) {
          // Alone, a question word says nothing of what is asked about.
          if (blanked[first.start] !== folded[first.start]) continue;
          const word = folded.slice(first.start, first.end);
          const known = senses.length > 0;
          senses = [...senses, ...nearSenses(first.key, occurs, known ? NEAR : ONLY_NEAR)];
          if (!known && NAME.test(word)) senses = [...senses, { words: transliterate(word, occurs), weight: 1 }];
        }
        const members = membersOf(folded, senses, LEAST, MOST);
        if (members.length > 0) found.push({ start: first.start, end: last.end, members });
      }
      return found;
    },
  };

  /** How a phrase is said in Chinese, if it counts as much as given. */
  function sensesOf(key: string, occurs: Occurs, counting = 1): readonly Sense[] {
    const said = (groups?.get(key) ?? []).map(({ row, weight }): Sense => {
      const words = rows.group(row).official.filter(occurs);
      return { words: words.map((word) => ({ word, weight: 1 })), weight: counting * weight };
    });
    const cell = dictionary(key);
    return cell === undefined
      ? said
      : [...said, { words: weighedIn(cell, LEAST / counting, occurs), weight: counting }];
  }

  function nearSenses(key: string, occurs: Occurs, most: number): readonly Sense[] {
    return weighedIn(near(key) ?? '', NEAR_FROM).flatMap(({ word, weight: cosine }) =>
      sensesOf(word, occurs, (most * (cosine - NEAR_FROM)) / (1 - NEAR_FROM)),
    );
  }
}

interface Found {
  readonly row: number;
  readonly weight: number;
}

/** Which groups are asked for by an English phrase, or by a Latin word that people say in Chinese, too. */
function groupsByKey(rows: LexiconRows): ReadonlyMap<string, readonly Found[]> {
  const groups = new Map<string, Found[]>();
  for (let row = 0; row < rows.length; row++) {
    const { english, everyday } = rows.group(row);
    const latin = everyday.filter(({ word }) => LATIN.test(word));
    for (const { word, weight } of [...english.map((phrase) => ({ word: phrase, weight: 1 })), ...latin]) {
      const key = englishKey(word);
      const known = groups.get(key);
      if (known) known.push({ row, weight });
      else groups.set(key, [{ row, weight }]);
    }
  }
  return groups;
}
