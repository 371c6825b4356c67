import type { Member } from './concept.ts';
import type { Occurs } from './lexicon.ts';
import { weighedIn } from './sorted-rows.ts';

/** Tells how a foreign name may be written in Chinese characters, the likeliest first. */
export type Transliterate = (name: string, occurs: Occurs) => readonly Member[];

interface Spelling {
  readonly text: string;
  /** Log of how likely it is. */
  readonly score: number;
}

/** Letters that may stand for one character. */
const LONGEST = 5;
/** Spellings followed up at each letter, and told. */
const BEAM = 20;
const TOLD = 4;
/** By letter of the name, log: what is less likely is chance. */
const LEAST = -4;
/** Twice the odds are worth this much of the weight. */
const SPREAD = 3;

/**
 * From rows of `letters<TAB>character:log …`: how likely a name has these letters there, for that character. A name has
 * thousands of spellings; of them those are told whose neighbouring characters are neighbours somewhere in the texts.
 */
export function createTransliterator(table: string): Transliterate {
  let sounds: ReadonlyMap<string, readonly Member[]> | undefined;
  return (name, occurs) => {
    sounds ??= readSounds(table);
    const upTo: Spelling[][] = Array.from({ length: name.length + 1 }, () => []);
    upTo[0]?.push({ text: '', score: 0 });
    for (let at = 0; at < name.length; at++) {
      const likely = (upTo[at] as Spelling[]).sort((a, b) => b.score - a.score).slice(0, BEAM);
      for (let end = at + 1; end <= Math.min(name.length, at + LONGEST); end++) {
        for (const { word: character, weight } of sounds.get(name.slice(at, end)) ?? []) {
          for (const { text, score } of likely)
            if (text === '' || occurs(text.slice(-1) + character))
              upTo[end]?.push({ text: text + character, score: score + weight });
        }
      }
    }
    const whole = (upTo[name.length] as Spelling[])
      .filter(({ text, score }) => text.length > 1 && score > LEAST * name.length)
      .sort((a, b) => b.score - a.score);
    const told = new Map<string, number>();
    for (const { text, score } of whole) if (told.size < TOLD && !told.has(text)) told.set(text, score);
    const best = whole[0]?.score ?? 0;
    return Array.from(told, ([word, score]) => ({ word, weight: Math.exp((score - best) / SPREAD) }));
  };
}

function readSounds(table: string): ReadonlyMap<string, readonly Member[]> {
  return new Map(
    table
      .split('\n')
      .filter((row) => row !== '' && !row.startsWith('#'))
      .map((row) => {
        const [letters = '', cell = ''] = row.split('\t');
        return [letters, weighedIn(cell)] as const;
      }),
  );
}
