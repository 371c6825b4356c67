import { polyphonic } from 'pinyin-pro';

/** A syllable without its tone, as written in pinyin with v for ü: 'nv', 'zhuang'. */
export type Syllable = string;

/** All readings of a simplified character, given by its code. */
export function syllablesOf(code: number): readonly Syllable[] {
  let known = readings.get(code);
  if (!known) {
    [known = []] = syllablesOfAll(String.fromCharCode(code));
    readings.set(code, known);
  }
  return known;
}

const readings = new Map<number, readonly Syllable[]>();

/** Of each character of a text: asked for together, they take a third of the time. */
function syllablesOfAll(text: string): readonly (readonly Syllable[])[] {
  return polyphonic(text, { toneType: 'none', type: 'array', v: true }).map((found, at) =>
    [...new Set(found)].filter((syllable) => /^[a-z]+$/.test(syllable) && syllable !== text[at]),
  );
}

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
  if (common === undefined) {
    common = commonCharacters();
    for (const [at, syllables] of syllablesOfAll(common).entries()) readings.set(common.charCodeAt(at), syllables);
  }
  const groups = new Map<string, number[]>();
  for (let at = 0; at < common.length; at++) {
    const code = common.charCodeAt(at);
    for (const name of new Set(syllablesOf(code).map(key))) {
      const codes = groups.get(name);
      if (codes) codes.push(code);
      else groups.set(name, [code]);
    }
  }
  return new Map(Array.from(groups, ([name, codes]) => [name, Uint16Array.from(codes)]));
}

let common: string | undefined;

/** The 6,763 characters of GB 2312: rows B0 to F7. */
function commonCharacters(): string {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell);
  }
  return new TextDecoder('gb2312').decode(Uint8Array.from(bytes)).replace(/\P{Script=Han}/gu, '');
}
