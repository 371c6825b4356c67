import { type Entry, glossesOf } from './glosses.ts';

/** A name in letters, the characters for it, and their pinyin. */
interface Name {
  readonly letters: string;
  readonly characters: readonly string[];
  readonly pinyin: readonly string[];
}

/** Letters that may stand for one character. */
const LONGEST = 5;
const ROUNDS = 12;
/** What is East Asian is no transliteration, whatever its capitals. */
const NATIVE =
  /China|Chinese|Taiwan|Hong Kong|[Pp]refecture|[Dd]ynasty|Province|Guangxi|Xinjiang|Tibet|Mongolia|Japan|Korea|Manchu/;

/** Letters that sound like each initial of pinyin; without one, a vowel. */
const SOUNDS: Readonly<Record<string, string>> = {
  ...{ b: 'bpv', p: 'pb', m: 'm', f: 'fvp', d: 'dt', t: 'td', n: 'nk', l: 'lr', g: 'gkcq', k: 'kcqgx', h: 'hgjkw' },
  ...{ j: 'jgckz', q: 'cqjkt', x: 'shcxz', zh: 'jzgc', ch: 'ct', sh: 'sxc', r: 'rjy', z: 'zscdj', c: 'czst' },
  ...{ s: 'szctx', y: 'aeiouyjh', w: 'wvouhaei', '': 'aeiouhy' },
};
/** How likely some letters stand for a character, before anything is known: by their number, and if they sound unlike it. */
const BY_LENGTH = [0, 0.5, 1, 0.8, 0.2, 0.1];
const UNLIKE = 0.01;
/** Later: how much what sounds unlike counts. */
const STILL_UNLIKE = 0.06;

/**
 * Learns from a dictionary's names which letters are spelled with which characters: expectation maximisation over all ways
 * of cutting a name into as many pieces as it has characters. What is no transliteration fits badly and counts ever less.
 * Tells the log of how likely a name has these letters, for this character, at any of its places.
 */
export function learnNames(entries: readonly Entry[]): Map<string, (readonly [string, number])[]> {
  const names = namesIn(entries);
  let likely = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const counts = new Map<string, number>();
    for (const name of names) {
      const pieces = piecesOf(name, (letters, at) => {
        const fits = soundsLike(letters, name.pinyin[at] as string);
        if (round === 0) return (fits ? 1 : UNLIKE) * (BY_LENGTH[letters.length] as number);
        const known = likely.get(`${letters} ${name.characters[at]}`) ?? 0;
        return (known + 1e-9 * 0.05 ** letters.length) * (fits ? 1 + STILL_UNLIKE : STILL_UNLIKE);
      });
      if (!pieces) continue;
      const fit = Math.log(pieces.likelihood) / name.characters.length;
      const trust = round === 0 ? Number(fit > -1.5) : 1 / (1 + Math.exp(-2 * (fit + (round < 5 ? 11 : 9.5))));
      for (const [piece, share] of pieces.shares) counts.set(piece, (counts.get(piece) ?? 0) + trust * share);
    }
    // What was seen hardly once is chance.
    const kept = Array.from(counts, ([piece, count]) => [piece, count - (round > 3 ? 0.3 : 0.05)] as const);
    const total = kept.reduce((sum, [, count]) => sum + Math.max(0, count), 0);
    likely = new Map(kept.filter(([, count]) => count > 0).map(([piece, count]) => [piece, count / total]));
  }
  return tableOf(likely);
}

/** Of pieces that are likely enough, and of their characters: at least so likely, such a share of the piece's, so many. */
const LEAST = { piece: 2e-5, character: 1.2e-5, share: 0.004 };
const MOST = 14;

function tableOf(likely: ReadonlyMap<string, number>): Map<string, (readonly [string, number])[]> {
  const pieces = Map.groupBy(likely, ([piece]) => piece.split(' ')[0] as string);
  const table = new Map<string, (readonly [string, number])[]>();
  for (const [letters, all] of pieces) {
    const whole = all.reduce((sum, [, share]) => sum + share, 0);
    const characters = all
      .filter(([, share]) => share > LEAST.character && share > LEAST.share * whole)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MOST)
      .map(([piece, share]) => [piece.split(' ')[1] as string, Math.log(share)] as const);
    if (whole >= LEAST.piece && characters.length > 0) table.set(letters, characters);
  }
  return table;
}

/** Pairs of a capitalised word of a first gloss and the characters; that they belong together is found out later. */
function namesIn(entries: readonly Entry[]): readonly Name[] {
  const names: Name[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const [, word, spoken] = entry;
    const glosses = glossesOf(entry);
    if (!/^\p{Script=Han}{2,8}$/u.test(word) || !/^[A-Z]/.test(spoken) || NATIVE.test(glosses.join('; '))) continue;
    const pinyin = spoken
      .toLowerCase()
      .split(' ')
      .map((one) => one.replace(/[0-9]/g, ''));
    for (const [capitalised] of glosses[0]?.matchAll(/\b[A-Z][a-z]{2,}\b/g) ?? []) {
      const letters = capitalised.toLowerCase();
      // Pinyin itself, as of Beijing.
      if (pinyin.join('').replaceAll('u:', '').includes(letters) || seen.has(letters + word)) continue;
      seen.add(letters + word);
      names.push({ letters, characters: [...word], pinyin });
    }
  }
  return names;
}

function soundsLike(letters: string, pinyin: string): boolean {
  const [initial = ''] = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?/.exec(pinyin) ?? [];
  return (SOUNDS[initial] as string).includes(letters.charAt(0));
}

/** How likely the name is, over all ways of cutting it, and what share of that each piece has with its character. */
function piecesOf(
  { letters, characters }: Name,
  scoreOf: (letters: string, at: number) => number,
): { likelihood: number; shares: readonly (readonly [string, number])[] } | undefined {
  const [length, count] = [letters.length, characters.length];
  if (length < count || length > count * LONGEST) return undefined;
  const each = (visit: (start: number, end: number, at: number) => void) => {
    for (let at = 0; at < count; at++)
      for (let start = 0; start < length; start++)
        for (let end = start + 1; end <= Math.min(length, start + LONGEST); end++) visit(start, end, at);
  };
  const scores = new Map<number, number>();
  const numberOf = (start: number, end: number, at: number) => (at * (length + 1) + start) * (length + 1) + end;
  const grid = () => Array.from({ length: count + 1 }, () => new Float64Array(length + 1));
  const [before, after] = [grid(), grid()];
  (before[0] as Float64Array)[0] = 1;
  (after[count] as Float64Array)[length] = 1;
  const value = (values: readonly Float64Array[], at: number, place: number) => values[at]?.[place] ?? 0;
  each((start, end, at) => {
    const score = scoreOf(letters.slice(start, end), at);
    scores.set(numberOf(start, end, at), score);
    const row = before[at + 1] as Float64Array;
    row[end] = value(before, at + 1, end) + value(before, at, start) * score;
  });
  const likelihood = value(before, count, length);
  if (!(likelihood > 0)) return undefined;
  for (let at = count - 1; at >= 0; at--) {
    const row = after[at] as Float64Array;
    for (let start = 0; start < length; start++)
      for (let end = start + 1; end <= Math.min(length, start + LONGEST); end++)
        row[start] =
          (row[start] as number) + value(after, at + 1, end) * (scores.get(numberOf(start, end, at)) as number);
  }
  const shares: (readonly [string, number])[] = [];
  each((start, end, at) => {
    const through = value(before, at, start) * (scores.get(numberOf(start, end, at)) as number);
    const share = (through * value(after, at + 1, end)) / likelihood;
    if (share > 1e-6) shares.push([`${letters.slice(start, end)} ${characters[at]}`, share]);
  });
  return { likelihood, shares };
}
