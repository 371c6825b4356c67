import { pinyin } from 'pinyin-pro';
import { createRandom } from '../learning/random.ts';
import { foldText } from '../text/fold.ts';

export const TYPOS = ['homophone1', 'homophone2', 'drop', 'swap'] as const;
export type Typo = (typeof TYPOS)[number];

const HAN = /\p{Script=Han}/u;

/** The question with one kind of mistake in it, the same every time for the same question. */
export function mistype(question: string, typo: Typo): string {
  const random = createRandom(seedOf(question));
  if (typo === 'homophone1') return withHomophones(question, 1, random);
  if (typo === 'homophone2') return withHomophones(question, 2, random);
  return typo === 'drop' ? withoutOne(question, random) : withTwoSwapped(question, random);
}

/** Puts, in `count` places, another common character of the same toneless pinyin, any of them as likely. */
function withHomophones(question: string, count: number, random: () => number): string {
  const characters = Array.from(question);
  const places = characters.flatMap((character, at) => (homophonesOf(character).length > 0 ? [at] : []));
  for (let done = 0; done < count && places.length > 0; done++) {
    const at = places.splice(Math.floor(random() * places.length), 1)[0] as number;
    const homophones = homophonesOf(characters[at] as string);
    characters[at] = homophones[Math.floor(random() * homophones.length)] as string;
  }
  return characters.join('');
}

function withoutOne(question: string, random: () => number): string {
  const characters = Array.from(question);
  const places = characters.flatMap((character, at) => (HAN.test(character) ? [at] : []));
  if (places.length < 2) return question;
  return characters.toSpliced(places[Math.floor(random() * places.length)] as number, 1).join('');
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

let bySyllable: Map<string, string[]> | undefined;

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
