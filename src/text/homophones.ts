import { pinyin } from 'pinyin-pro';

/** A syllable without its tone, as written in pinyin with v for ü: 'nv', 'zhuang'. */
export type Syllable = string;

/** All readings of a simplified character. */
export function syllablesOf(character: string): readonly Syllable[] {
  const known = readings.get(character);
  if (known) return known;
  const found = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true });
  const syllables = [...new Set(found)].filter((syllable) => /^[a-z]+$/.test(syllable) && syllable !== character);
  readings.set(character, syllables);
  return syllables;
}

const readings = new Map<string, readonly Syllable[]>();

/** Characters of GB 2312 with this reading, the common ones (level 1) first. */
export function charactersOf(syllable: Syllable): readonly string[] {
  inverse ??= group((reading) => reading);
  return inverse.get(syllable) ?? [];
}

/** The same for all syllables that are heard alike in many places: zh and z, n and l, an and ang … */
export function charactersLike(syllable: Syllable): readonly string[] {
  alike ??= group(blurred);
  return alike.get(blurred(syllable)) ?? [];
}

let inverse: ReadonlyMap<string, readonly string[]> | undefined;
let alike: ReadonlyMap<string, readonly string[]> | undefined;

export function isSyllable(letters: string): boolean {
  return charactersOf(letters).length > 0;
}

/** What remains of a syllable when zh, ch, sh are not told from z, c, s, nor n from l, nor -ng from -n. */
export function blurred(syllable: Syllable): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=.)/, 'l')
    .replace(/([aei])ng$/, '$1n');
}

function group(key: (syllable: Syllable) => string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const character of commonCharacters()) {
    for (const name of new Set(syllablesOf(character).map(key))) {
      const characters = groups.get(name);
      if (characters) characters.push(character);
      else groups.set(name, [character]);
    }
  }
  return groups;
}

/** The 6,763 characters of GB 2312: rows B0 to F7. */
function commonCharacters(): readonly string[] {
  const decoder = new TextDecoder('gb2312');
  const characters: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (/^\p{Script=Han}$/u.test(character)) characters.push(character);
    }
  }
  return characters;
}
