import { Resvg } from '@resvg/resvg-js';
import { openSlices } from './font.ts';
import { LAYOUTS, type PosterWords } from './layouts.ts';
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

/** Draws one poster: some 0.1 s of computing, so not on the thread that answers people. */
export async function drawPoster({ words, maker, number }: PosterOrder): Promise<Drawn> {
  const slices = await openSlices();
  const headline = await slices.glyphsOf(words, HEADLINE);
  const small = await slices.glyphsOf(maker ?? '', SMALL);
  if (headline.missing + small.missing !== '') return { kind: 'missing', characters: headline.missing + small.missing };
  const type = { headline: headline.glyphs, small: small.glyphs };
  const palette = PALETTES[Math.floor(number / LAYOUTS.length) % PALETTES.length] ?? PALETTES[0];
  if (!palette) return { kind: 'too-long' };
  // From the chosen layout on, the first that the words suit.
  for (let i = 0; i < LAYOUTS.length; i++) {
    const svg = LAYOUTS[(number + i) % LAYOUTS.length]?.({ words, maker }, palette, type);
    if (svg === undefined) continue;
    return { kind: 'drawn', png: new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng() };
  }
  return { kind: 'too-long' };
}
