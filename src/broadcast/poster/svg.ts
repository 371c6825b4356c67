import { type Glyphs, UNITS } from './font.ts';

/** A poster's size in pixels: 4:5 fills a phone's width and is not cropped in a chat. */
export const WIDTH = 1080;
export const HEIGHT = 1350;

/** How words are drawn: their characters at a weight, and the colour. */
export interface Ink {
  readonly glyphs: Glyphs;
  readonly color: string;
}

/** One element of SVG. */
export function shape(
  type: 'path' | 'circle' | 'rect' | 'line',
  attributes: Readonly<Record<string, string | number>>,
): string {
  const pairs = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<${type}${pairs.join('')}/>`;
}

/** A text on one line: its left end and its baseline, and the size of an em and the space after each character, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly spacing?: number;
}

export function write(text: string, { glyphs, color }: Ink, { x, y, size, spacing = 0 }: Spot): readonly string[] {
  const scale = size / UNITS;
  let at = x;
  return [...text].flatMap((character) => {
    const glyph = glyphs.get(character);
    const place = `translate(${at} ${y}) scale(${scale} ${-scale})`;
    at += (glyph?.advance ?? 0) * scale + spacing;
    return glyph ? [shape('path', { d: glyph.outline, transform: place, fill: color })] : [];
  });
}

/** In pixels, with the space after each character. */
export function widthOf(text: string, { glyphs }: Ink, size: number, spacing = 0): number {
  return [...text].reduce((sum, one) => sum + ((glyphs.get(one)?.advance ?? 0) * size) / UNITS + spacing, 0);
}

/** The whole poster. */
export function sheet(background: string, parts: readonly string[]): string {
  const ground = shape('rect', { width: WIDTH, height: HEIGHT, fill: background });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${ground}${parts.join('')}</svg>`;
}
