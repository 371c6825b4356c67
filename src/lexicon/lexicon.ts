import { foldText } from '../text/fold.ts';
import { commencementsIn } from './commencement.ts';
import { type Concept, type Member, membersOf, type Sense } from './concept.ts';
import { createHashTable } from './hash-table.ts';
import type { LexiconGroup, LexiconRows } from './lexicon-rows.ts';

export interface LexiconProblem {
  /** 1-based. */
  readonly line: number;
  readonly row: string;
}

/** Tells which words texts may use for what a question says. */
export interface Lexicon {
  /** Of a folded question, in order; what stands inside a longer one is left out. Words that don't occur may be, too. */
  concepts(folded: string, occurs?: Occurs): readonly Concept[];
}

/** Whether a Chinese word may stand in the texts, as far as its characters side by side tell. */
export type Occurs = (word: string) => boolean;

const LOOSE = '~'.charCodeAt(0);
const LOOSE_WEIGHT = 0.5;

/**
 * Reads rows of `official | everyday | English`: words parted by spaces, English phrases by commas; `~` after a word
 * says that it only hints at it. Lines that begin with # are remarks.
 */
export function parseLexicon(text: string): { groups: readonly LexiconGroup[]; problems: readonly LexiconProblem[] } {
  const { rows, problems } = readLexicon([text]);
  return { groups: Array.from({ length: rows.length }, (_, row) => rows.group(row)), problems };
}

/** The same of several texts, each row read when it is asked for. */
export function readLexicon(texts: readonly string[]): {
  readonly rows: LexiconRows;
  readonly problems: readonly LexiconProblem[];
} {
  const cells: (readonly string[])[] = [];
  const problems: LexiconProblem[] = [];
  for (const text of texts) {
    for (let line = 1, start = 0; start < text.length; line++) {
      const next = text.indexOf('\n', start);
      const end = next < 0 ? text.length : next;
      const row = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
      start = end + 1;
      if (row.trim() === '' || row.startsWith('#')) continue;
      const first = row.indexOf('|');
      const second = row.indexOf('|', first + 1);
      const official = row.slice(0, first).trim();
      const everyday = row.slice(first + 1, second).trim();
      const english = row.slice(second + 1).trim();
      if (second <= first || row.includes('|', second + 1) || official === '' || everyday + english === '') {
        problems.push({ line, row });
      } else cells.push([foldText(official), foldText(everyday), english]);
    }
  }
  return {
    rows: {
      length: cells.length,
      eachWord(row, visit) {
        const [official = '', everyday = ''] = cells[row] as readonly string[];
        eachWordOf(everyday, visit);
        eachWordOf(official, visit);
      },
      group(row) {
        const [official = '', everyday = '', english = ''] = cells[row] as readonly string[];
        return {
          official: wordsOf(official).map(({ word }) => word),
          everyday: wordsOf(everyday),
          english: english === '' ? [] : english.split(','),
        };
      },
    },
    problems,
  };
}

/** The words of a folded cell, whose words are parted by spaces alone. */
function eachWordOf(cell: string, visit: (text: string, start: number, end: number) => void): void {
  for (let start = 0; start < cell.length; ) {
    const space = cell.indexOf(' ', start);
    const next = space < 0 ? cell.length : space;
    const end = cell.charCodeAt(next - 1) === LOOSE ? next - 1 : next;
    if (end > start) visit(cell, start, end);
    start = next + 1;
  }
}

function wordsOf(cell: string): readonly Member[] {
  const words: Member[] = [];
  eachWordOf(cell, (text, start, end) => {
    words.push({ word: text.slice(start, end), weight: text.charCodeAt(end) === LOOSE ? LOOSE_WEIGHT : 1 });
  });
  return words;
}

/** A single character that is a word in everyday speech is part of other words as often. */
const SINGLE = 0.3;
/** What else people say for it, which a text may say, too; and other official words for one. See docs/retrieval.md. */
const FELLOW = 0.4;
const SYNONYM = 0.3;

export function rowsOf(groups: readonly LexiconGroup[]): LexiconRows {
  return {
    length: groups.length,
    eachWord(row, visit) {
      const { official, everyday } = groups[row] as LexiconGroup;
      for (const { word } of everyday) visit(word, 0, word.length);
      for (const word of official) visit(word, 0, word.length);
    },
    group: (row) => groups[row] as LexiconGroup,
  };
}

export function createLexicon(groups: readonly LexiconGroup[] | LexiconRows): Lexicon {
  const rows = Array.isArray(groups) ? rowsOf(groups) : (groups as LexiconRows);
  // There are some 100,000 words, of which few are ever asked for: a table of hashes says in which rows one may stand,
  // and what it means is worked out when it is asked for.
  const table = createHashTable(rows);
  // As many as there are words: what was made of one is kept.
  const known = new Map<string, readonly Member[]>();

  return {
    concepts(folded) {
      const found: Concept[] = [];
      let covered = 0;
      const commencements = commencementsIn(folded);
      for (let start = 0; start < folded.length; start++) {
        const commencement = commencements.find((one) => one.start === start && start >= covered);
        if (commencement) {
          found.push(commencement);
          covered = commencement.end;
        }
        const most = table.longest(folded, start);
        for (let length = Math.min(most, folded.length - start); length > 0; length--) {
          const end = start + length;
          if (end <= covered) break;
          const numbers = table.rows(folded, start, end);
          if (numbers.length === 0) continue;
          const said = folded.slice(start, end);
          let members = known.get(said);
          if (!members) {
            const senses = numbers.flatMap((number) => sensesOf(said, rows.group(number)));
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
