import { pinyin } from 'pinyin-pro';

/** A syllable without its tone, as written in pinyin with v for ü: 'nv', 'zhuang'. */
export type Syllable = string;

/** All readings of a simplified character, given by its code. */
export function syllablesOf(code: number): readonly Syllable[] {
  const known = readings.get(code);
  if (known) return known;
  const character = String.fromCharCode(code);
  const found = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true });
  const syllables = [...new Set(found)].filter((syllable) => /^[a-z]+$/.test(syllable) && syllable !== character);
  readings.set(code, syllables);
  return syllables;
}

const readings = new Map<number, readonly Syllable[]>();
const NONE = new Uint16Array(0);

/** Codes of the characters of GB 2312 with this reading, the common ones (level 1) first. */
export function charactersOf(syllable: Syllable): Uint16Array {
  inverse ??= group((reading) => reading);
  return inverse.get(syllable) ?? NONE;
}

/** The same for all syllables that are heard alike in many places: zh and z, n and l, an and ang … */
export function charactersLike(syllable: Syllable): Uint16Array {
  alike ??= group(blurred);
  return alike.get(blurred(syllable)) ?? NONE;
}

let inverse: ReadonlyMap<string, Uint16Array> | undefined;
let alike: ReadonlyMap<string, Uint16Array> | undefined;

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

function group(key: (syllable: Syllable) => string): ReadonlyMap<string, Uint16Array> {
  const groups = new Map<string, number[]>();
  for (const code of commonCharacters()) {
    for (const name of new Set(syllablesOf(code).map(key))) {
      const codes = groups.get(name);
      if (codes) codes.push(code);
      else groups.set(name, [code]);
    }
  }
  return new Map(Array.from(groups, ([name, codes]) => [name, Uint16Array.from(codes)]));
}

/** The 6,763 characters of GB 2312: rows B0 to F7. */
function commonCharacters(): readonly number[] {
  const decoder = new TextDecoder('gb2312');
  const codes: number[] = [];
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (/^\p{Script=Han}$/u.test(character)) codes.push(character.charCodeAt(0));
    }
  }
  return codes;
}
