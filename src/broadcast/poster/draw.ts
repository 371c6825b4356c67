import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';
import { openSlices } from './font.ts';
import { LAYOUTS, type PosterWords } from './layouts.ts';
import { HEIGHT, WIDTH } from './node.ts';
import { PALETTES } from './palette.ts';

/** What to draw; `number` chooses among layouts and colours. */
export interface PosterOrder extends PosterWords {
  readonly number: number;
}

export type Drawn =
  | { readonly kind: 'drawn'; readonly png: Uint8Array }
  /** The font lacks these characters. */
  | { readonly kind: 'missing'; readonly characters: string }
  /** Too many words for a poster. */
  | { readonly kind: 'too-long' };

const HEADLINE = 700;
const SMALL = 500;

/** Draws one poster: some 0.3 s of computing, so not on the thread that answers people. */
export async function drawPoster({ words, maker, number }: PosterOrder): Promise<Drawn> {
  const slices = await openSlices();
  const headline = await slices.partsFor(words, HEADLINE);
  const small = await slices.partsFor(maker ?? '', SMALL);
  if (headline.missing + small.missing !== '') return { kind: 'missing', characters: headline.missing + small.missing };
  const families = { headline: familyOf(headline.parts), small: familyOf(small.parts) };
  const palette = PALETTES[Math.floor(number / LAYOUTS.length) % PALETTES.length] ?? PALETTES[0];
  if (!palette) return { kind: 'too-long' };
  // From the chosen layout on, the first that the words suit.
  for (let i = 0; i < LAYOUTS.length; i++) {
    const node = LAYOUTS[(number + i) % LAYOUTS.length]?.({ words, maker }, palette, families);
    if (!node) continue;
    let missing = '';
    const svg = await satori(node as Parameters<typeof satori>[0], {
      width: WIDTH,
      height: HEIGHT,
      fonts: [...headline.parts, ...small.parts],
      // A range may promise a character that the slice doesn't hold; satori says so here.
      loadAdditionalAsset: async (_, segment) => {
        missing += segment;
        return [];
      },
    });
    if (missing !== '') return { kind: 'missing', characters: missing };
    return { kind: 'drawn', png: new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng() };
  }
  return { kind: 'too-long' };
}

function familyOf(parts: readonly { readonly name: string }[]): string {
  return parts.map(({ name }) => name).join(', ');
}
