import { LATIN, type Line, setInLines } from './lines.ts';

/** Room for a headline. Lengths in pixels, run along the lines and stack across them. */
export interface Room {
  readonly run: number;
  readonly stack: number;
  /** From one character to the next and from one line to the next, in em. */
  readonly pitch: number;
  readonly leading: number;
  /** Pixels of an em. */
  readonly largest: number;
}

export interface Fitted {
  readonly lines: readonly Line[];
  /** Pixels of an em. */
  readonly size: number;
}

/** Below this many pixels an em a headline is none any more; the words are better sent as text. */
const SMALLEST = 44;
const MOST_LINES = 12;
/** How much the cost of a setting weighs against the logarithm of its size. */
const COST_WEIGHT = 0.6;

/** The number of lines at which the words read best and largest; undefined when they are too many for the room. */
export function setToFit(words: string, room: Room): Fitted | undefined {
  // Not even at the smallest size: no need to try.
  if (words.length * LATIN * SMALLEST ** 2 > room.run * room.stack) return undefined;
  let best: (Fitted & { readonly score: number }) | undefined;
  for (let count = 1; count <= MOST_LINES; count++) {
    const setting = setInLines(words, count);
    if (!setting) continue;
    const longest = Math.max(...setting.lines.map(({ width }) => width));
    const size = Math.floor(
      Math.min(
        room.largest,
        room.run / (longest * room.pitch - (room.pitch - 1)),
        room.stack / (count * room.leading - (room.leading - 1)),
      ),
    );
    const score = Math.log(size) - COST_WEIGHT * setting.cost;
    if (size >= SMALLEST && score > (best?.score ?? Number.NEGATIVE_INFINITY)) {
      best = { lines: setting.lines, size, score };
    }
  }
  return best;
}
