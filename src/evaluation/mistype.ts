import { charactersOf, syllablesOf } from '../text/homophones.ts';

/** A text with one or two of its characters replaced by others that sound the same; which ones, the seed decides. */
export function mistype(text: string, seed: number): string {
  const points = Array.from(text);
  const han = [...points.keys()].filter((i) => /\p{Script=Han}/u.test(points[i] ?? ''));
  if (han.length < 4) return text;
  let state = seed * 2_654_435_761 + 1;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const times = 1 + (seed % 2);
  for (let time = 0; time < times; time++) {
    const at = han[Math.floor(random() * han.length)] ?? 0;
    const code = (points[at] ?? '').charCodeAt(0);
    const [syllable] = syllablesOf(code);
    // The common ones stand first, and are what an input method offers.
    const others =
      syllable === undefined ? [] : Array.from(charactersOf(syllable).slice(0, 8)).filter((other) => other !== code);
    const other = others[Math.floor(random() * others.length)];
    if (other !== undefined) points[at] = String.fromCharCode(other);
  }
  return points.join('');
}
