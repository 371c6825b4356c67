import { foldText } from '../text/fold.ts';
import { type Concept, type Member, membersOf, type Sense } from './concept.ts';

/** One idea: how texts name it, how people say it, and how it is said in English. */
export interface LexiconGroup {
  readonly official: readonly string[];
  readonly everyday: readonly Member[];
  /** Phrases as they are written. */
  readonly english: readonly string[];
}

export interface LexiconProblem {
  /** 1-based. */
  readonly line: number;
  readonly row: string;
}

/** Tells which words texts may use for what a question says. */
export interface Lexicon {
  /** Of a folded question, in order; what stands inside a longer one is left out. */
  concepts(folded: string): readonly Concept[];
}

const LOOSE = '~';
const LOOSE_WEIGHT = 0.5;

/**
 * Reads rows of `official | everyday | English`: words parted by spaces, English phrases by commas; `~` after a word
 * says that it only hints at it. Lines that begin with # are remarks.
 */
export function parseLexicon(text: string): { groups: readonly LexiconGroup[]; problems: readonly LexiconProblem[] } {
  const groups: LexiconGroup[] = [];
  const problems: LexiconProblem[] = [];
  for (const [at, row] of text.split(/\r?\n/).entries()) {
    if (row.trim() === '' || row.startsWith('#')) continue;
    const cells = row.split('|').map((cell) => cell.trim());
    const [official = '', everyday = '', english = ''] = cells;
    if (cells.length !== 3 || official === '' || everyday + english === '') problems.push({ line: at + 1, row });
    else {
      groups.push({
        official: wordsOf(official).map(({ word }) => word),
        everyday: wordsOf(everyday),
        english: english === '' ? [] : english.split(','),
      });
    }
  }
  return { groups, problems };
}

function wordsOf(cell: string): readonly Member[] {
  return cell
    .split(/\s+/)
    .filter((word) => word !== '' && word !== LOOSE)
    .map((word) => {
      const loose = word.endsWith(LOOSE);
      return { word: foldText(loose ? word.slice(0, -1) : word), weight: loose ? LOOSE_WEIGHT : 1 };
    });
}

/** A single character that is a word in everyday speech is part of other words as often. */
const SINGLE = 0.3;
/** What else people say for it, which a text may say, too; and other official words for one. See docs/retrieval.md. */
const FELLOW = 0.4;
const SYNONYM = 0.3;

export function createLexicon(groups: readonly LexiconGroup[]): Lexicon {
  // There are some 100,000 words, of which few are ever asked for: what one may mean is worked out when it is.
  const table = new Map<string, number | number[]>();
  for (const [number, { official, everyday }] of groups.entries()) {
    for (const { word } of everyday) add(table, word, number);
    if (official.length > 1) for (const word of official) if (word.length > 1) add(table, word, number);
  }

  const longest = longestByStart(table.keys());
  // As many as there are words: what was made of one is kept.
  const known = new Map<string, readonly Member[]>();

  return {
    concepts(folded) {
      const found: Concept[] = [];
      let covered = 0;
      for (let start = 0; start < folded.length; start++) {
        const most = longest.get(folded.slice(start, start + 2)) ?? 1;
        for (let length = Math.min(most, folded.length - start); length > 0; length--) {
          const end = start + length;
          if (end <= covered) break;
          const said = folded.slice(start, end);
          let members = known.get(said);
          if (!members) {
            const numbers = table.get(said);
            if (numbers === undefined) continue;
            const senses = [numbers].flat().flatMap((number) => sensesOf(said, groups[number] as LexiconGroup));
            if (senses.length === 0) continue;
            members = membersOf(said, senses);
            known.set(said, members);
          }
          found.push({ start, end, members });
          covered = end;
          break;
        }
      }
      return found;
    },
  };
}

function add(table: Map<string, number | number[]>, word: string, number: number): void {
  const known = table.get(word);
  if (known === undefined) table.set(word, number);
  else if (typeof known === 'object') known.push(number);
  else if (known !== number) table.set(word, [known, number]);
}

/** What a word means as one of a group. */
function sensesOf(said: string, { official, everyday }: LexiconGroup): readonly Sense[] {
  const words = [
    ...official.map((word) => ({ word, weight: 1 })),
    ...everyday.filter(({ word }) => word.length > 1).map(({ word, weight }) => ({ word, weight: FELLOW * weight })),
  ];
  if (official.includes(said)) {
    return official.length > 1 && said.length > 1 ? [{ words: words.slice(0, official.length), weight: SYNONYM }] : [];
  }
  return everyday
    .filter(({ word }) => word === said)
    .map(({ weight }) => ({ words, weight: said.length === 1 ? SINGLE * weight : weight }));
}

/** By the first two units: the length of the longest word that begins so. Most places of a question begin none. */
function longestByStart(words: Iterable<string>): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const word of words) {
    const start = word.slice(0, 2);
    longest.set(start, Math.max(longest.get(start) ?? 1, word.length));
  }
  return longest;
}
