import { pinyin } from 'pinyin-pro';
import { createRandom } from '../random.ts';
import { foldText } from '../text/fold.ts';
import { lookalikesOf } from '../text/shapes.ts';

export const TYPOS = ['homophone1', 'homophone2', 'drop', 'swap', 'double', 'shape'] as const;
export type Typo = (typeof TYPOS)[number];

const HAN = /\p{Script=Han}/u;

/** The question with one kind of mistake in it, the same every time for the same question. */
export function mistype(question: string, typo: Typo): string {
  const random = createRandom(seedOf(question));
  if (typo === 'homophone1') return withOthers(question, 1, homophonesOf, random);
  if (typo === 'homophone2') return withOthers(question, 2, homophonesOf, random);
  if (typo === 'shape') return withOthers(question, 1, lookalikes, random);
  if (typo === 'swap') return withTwoSwapped(question, random);
  return withOneTimes(question, typo === 'drop' ? 0 : 2, random);
}

/** Puts, in `count` places, another character, any of those offered as likely. */
function withOthers(
  question: string,
  count: number,
  othersOf: (character: string) => readonly string[],
  random: () => number,
): string {
  const characters = Array.from(question);
  const places = characters.flatMap((character, at) => (othersOf(character).length > 0 ? [at] : []));
  for (let done = 0; done < count && places.length > 0; done++) {
    const at = places.splice(Math.floor(random() * places.length), 1)[0] as number;
    const others = othersOf(characters[at] as string);
    characters[at] = others[Math.floor(random() * others.length)] as string;
  }
  return characters.join('');
}

/** Drops a character, or doubles it. */
function withOneTimes(question: string, times: 0 | 2, random: () => number): string {
  const characters = Array.from(question);
  const places = characters.flatMap((character, at) => (HAN.test(character) ? [at] : []));
  if (places.length < 2) return question;
  const at = places[Math.floor(random() * places.length)] as number;
  const character = characters[at] as string;
  return characters.toSpliced(at, 1, ...new Array<string>(times).fill(character)).join('');
}

function withTwoSwapped(question: string, random: () => number): string {
  const characters = Array.from(question);
  const places = characters.flatMap((character, at) => {
    const next = characters[at + 1] ?? '';
    return HAN.test(character) && HAN.test(next) && character !== next ? [at] : [];
  });
  if (places.length === 0) return question;
  const at = places[Math.floor(random() * places.length)] as number;
  return characters.toSpliced(at, 2, characters[at + 1] as string, characters[at] as string).join('');
}

function lookalikes(character: string): readonly string[] {
  return Array.from(lookalikesOf(character.charCodeAt(0)), (code) => String.fromCharCode(code));
}

let bySyllable: Map<string, string[]> | undefined;

/** Common characters of the same toneless pinyin. */
function homophonesOf(character: string): readonly string[] {
  if (!HAN.test(character)) return [];
  bySyllable ??= commonBySyllable();
  const simple = foldText(character);
  return (bySyllable.get(syllableOf(simple)) ?? []).filter((other) => other !== simple);
}

function syllableOf(character: string): string {
  return pinyin(character, { toneType: 'none' });
}

/** The 3,755 common characters of GB 2312, level 1. */
function commonBySyllable(): Map<string, string[]> {
  const decoder = new TextDecoder('gb2312');
  const groups = new Map<string, string[]>();
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (!HAN.test(character)) continue;
      const syllable = syllableOf(character);
      const group = groups.get(syllable);
      if (group) group.push(character);
      else groups.set(syllable, [character]);
    }
  }
  return groups;
}

function seedOf(text: string): number {
  let seed = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) seed = Math.imul(seed ^ text.charCodeAt(at), 0x01000193);
  return seed >>> 0;
}
