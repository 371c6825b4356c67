import type { Frequencies } from './corrector.ts';
import { charactersOf, isSyllable } from './homophones.ts';

// Letters, and letters that follow after a space or an apostrophe: dianxin, dian xin, xi'an.
const RUNS = /[a-z]+(?:[ '’][a-z]+)*/g;
const LONGEST_SYLLABLE = 6;
const BEAM = 40;
const NEVER = Math.log(0.01);
/** Of a text: nobody types more. Each may stand for a hundred characters, which the beam tries after forty beginnings. */
const MOST_SYLLABLES = 64;

/**
 * Writes pinyin in characters: of all spellings the one whose neighbours stand side by side most often in the texts.
 * Words that the texts themselves have, and letters that are no syllables, stay. `knows` tells of a folded Latin word.
 */
export function spellOut(folded: string, frequencies: Frequencies, knows: (word: string) => boolean): string {
  if (!/[a-z]/.test(folded)) return folded;
  let left = MOST_SYLLABLES;
  return folded.replace(RUNS, (run) => {
    const words = run.split(/[ '’]/);
    if (words.every((word) => knows(word))) return run;
    const cuts = words.map(intoSyllables);
    if (cuts.some((cut) => cut === undefined)) return run;
    const syllables = cuts.flatMap((cut) => cut ?? []);
    left -= syllables.length;
    return left < 0 ? run : (spell(syllables, frequencies) ?? run);
  });
}

/** Fewest syllables first, longer ones before shorter: xian is one, but dianxin two. */
function intoSyllables(letters: string): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end++) {
    for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
      const before = best[start];
      const syllable = letters.slice(start, end);
      if (!before || !isSyllable(syllable)) continue;
      if (!best[end] || before.length + 1 < (best[end] as readonly string[]).length) best[end] = [...before, syllable];
    }
  }
  return best[letters.length];
}

interface Path {
  readonly text: string;
  readonly last: number;
  readonly score: number;
}

function spell(syllables: readonly string[], frequencies: Frequencies): string | undefined {
  if (syllables.length < 2) return undefined;
  let paths: Path[] = [{ text: '', last: 0, score: 0 }];
  for (const syllable of syllables) {
    const longer: Path[] = [];
    for (const { text, last, score } of paths) {
      for (const code of charactersOf(syllable)) {
        const count = last === 0 ? frequencies.character(code) : frequencies.pair(last, code);
        const gain = last === 0 ? 0.1 * Math.log(count + 0.01) : count === 0 ? NEVER : Math.log(count);
        longer.push({ text: text + String.fromCharCode(code), last: code, score: score + gain });
      }
    }
    paths = longer.sort((a, b) => b.score - a.score).slice(0, BEAM);
  }
  const found = paths[0];
  if (!found) return undefined;
  const known = (at: number) => frequencies.pair(found.text.charCodeAt(at), found.text.charCodeAt(at + 1)) > 0;
  const covered = Array.from(found.text).filter((_, at) => known(at) || (at > 0 && known(at - 1)));
  // At least half must stand beside a neighbour that the texts have, or it was no pinyin.
  return 2 * covered.length >= syllables.length ? found.text : undefined;
}
