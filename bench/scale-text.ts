import { createRandom } from '../src/random.ts';
import type { Piece } from './systems/system.ts';

export interface ScaleText {
  /** Made as they are read, so that they take no memory of their own. */
  readonly passages: Iterable<Piece>;
  readonly questions: readonly { readonly question: string; readonly paragraph: number }[];
}

// A made-up language with the statistics of written Chinese that matter to an index: how common the commonest
// characters and words are (Zipf and Mandelbrot), how long words are, and how many different ones there are.
const WORDS = 300_000;
const WORD_SHIFT = 8;
const CHARACTER_SHIFT = 25;
const PASSAGE_UNITS = 100;
const WORDS_IN_QUESTION = 5;
const SEED = 20_260_101;

/** `size` passages of about 100 characters, and questions made of words that stand in one passage. Always the same. */
export function createText(size: number, questions: number): ScaleText {
  const words = createWords();
  const draw = zipf(WORDS, WORD_SHIFT);
  const passageOf = (number: number) => writePassage(words, draw, createRandom(SEED + number));
  const random = createRandom(SEED);
  return {
    passages: {
      *[Symbol.iterator]() {
        for (let number = 0; number < size; number++) yield { title: '', text: passageOf(number).join('') };
      },
    },
    questions: Array.from({ length: questions }, () => {
      const paragraph = Math.floor(random() * size);
      return { question: questionAbout(passageOf(paragraph), random), paragraph };
    }),
  };
}

function writePassage(
  words: readonly string[],
  draw: (random: () => number) => number,
  random: () => number,
): string[] {
  const parts: string[] = [];
  const least = PASSAGE_UNITS * (0.6 + 0.8 * random());
  let length = 0;
  let clause = 0;
  while (length < least) {
    const word = words[draw(random)] as string;
    parts.push(word);
    length += word.length;
    if (++clause > 4 && random() < 0.25) {
      parts.push(random() < 0.6 ? '，' : '。');
      length++;
      clause = 0;
    }
  }
  parts.push('。');
  return parts;
}

/** Two pieces of the passage, as a question mostly takes up what stands together. */
function questionAbout(passage: readonly string[], random: () => number): string {
  const piece = (count: number) => {
    const from = Math.floor(random() * Math.max(1, passage.length - count));
    return passage
      .slice(from, from + count)
      .join('')
      .replaceAll(/[，。]/g, '');
  };
  return `${piece(WORDS_IN_QUESTION)}的${piece(2)}是什么？`;
}

function createWords(): readonly string[] {
  const random = createRandom(SEED);
  const characters = Array.from({ length: 5000 }, (_, at) => String.fromCharCode(0x4e00 + ((at * 4) % 0x5200)));
  const draw = zipf(characters.length, CHARACTER_SHIFT);
  return Array.from({ length: WORDS }, (_, rank) => {
    const share = random();
    // Common words are short.
    const length = rank < 100 || share < 0.08 ? 1 : share < 0.75 ? 2 : share < 0.92 ? 3 : 4;
    return Array.from({ length }, () => characters[draw(random)]).join('');
  });
}

/** Draws ranks with a probability of 1 / (rank + shift), by the inverse of the cumulated logarithm. */
function zipf(size: number, shift: number): (random: () => number) => number {
  const span = Math.log((size + shift) / shift);
  return (random) => Math.min(size - 1, Math.floor(shift * Math.exp(span * random()) - shift));
}
